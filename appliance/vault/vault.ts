import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';

import type { FaultCode } from '../findings.js';
import { readLines, toLine } from '../lines.js';
import { err, ok, type Result } from '../result.js';
import { eraseGroup } from './erasure.js';
import { hungAfter, longestLine, message, type Message, type Request, warmWithin } from './protocol.js';

/** How a task ended: with what it was asked for, or because it was told to stop. */
export type TaskEnd = Extract<Message, { is: 'taken' | 'quality' | 'compared' | 'devices' | 'cancelled' }>;
/** What a task tells on its way. */
export type TaskNews = Extract<Message, { is: 'progress' | 'guidance' }>;
export type Task = Exclude<Request, { do: 'cancel' }>;

/** The model that the vault compares with, as its manifest describes it. */
export type Recogniser = Omit<Extract<Message, { is: 'ready' }>, 'is'>;

/** The core's hold on one vault process. */
export type Vault = {
  readonly pid: number;
  readonly recogniser: Recogniser;
  /** Runs one task; a task that is asked for while another is ending waits for it. */
  run(task: Task, news?: (news: TaskNews) => void, signal?: AbortSignal): Promise<Result<TaskEnd, FaultCode>>;
  /** Resolves when the vault dies, hangs or talks nonsense; never when it is erased. */
  readonly lost: Promise<FaultCode>;
  /** Kills the vault and all it started; resolves once they are seen to be gone. */
  erase(): Promise<Result<undefined, 'erasure-unproven'>>;
};

/** What a test may put in place of the real thing. */
export type VaultProgram = {
  readonly file: string;
  readonly args?: readonly string[];
  readonly hungAfter: number;
};

/** What stands in the place of the built-in recogniser: a model pack's folder, a calibration's file. */
export type OwnModel = { readonly pack?: string | undefined; readonly calibration?: string | undefined };

/** The vault's program, which compares with the municipality's own model or calibration if there is one. */
export function vaultProgram(own: OwnModel = {}): VaultProgram {
  const args = (['pack', 'calibration'] as const).flatMap((name) => {
    const path = own[name];
    return path === undefined ? [] : [`--${name}=${path}`];
  });
  return { file: join(import.meta.dirname, 'main.js'), args, hungAfter };
}

/** Starts a vault in a process group of its own and waits until its models are loaded. */
export async function startVault(program = vaultProgram()): Promise<Result<Vault, FaultCode>> {
  const child = spawn(process.execPath, [program.file, ...(program.args ?? [])], {
    detached: true,
    cwd: '/',
    env: vaultEnvironment(),
    // Whatever a driver prints goes nowhere: nobody can say that it holds nothing of a picture.
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  child.on('error', () => undefined);
  if (child.pid === undefined) return err('vault-died');
  return new Hold(child, child.pid, child.stdio[3] as Duplex, program.hungAfter).whenReady();
}

/** The vault inherits what finds its libraries and devices, and no home to leave anything in. */
function vaultEnvironment(): NodeJS.ProcessEnv {
  const passed = Object.entries(process.env).filter(([name]) =>
    /^(PATH|LD_LIBRARY_PATH|SANE_.*|GST_.*|LIBCAMERA_.*)$/.test(name),
  );
  return {
    ...Object.fromEntries(passed),
    HOME: '/nonexistent',
    LANG: 'C.UTF-8',
    // glibc keeps freed memory in an arena for each thread; a single one keeps the vault small.
    MALLOC_ARENA_MAX: '1',
  };
}

class Hold implements Vault {
  recogniser!: Recogniser;
  readonly lost: Promise<FaultCode>;
  #lose!: (fault: FaultCode) => void;
  #fault: FaultCode | undefined;
  #erasure: Promise<Result<undefined, 'erasure-unproven'>> | undefined;
  #patience = warmWithin;
  #listener: ((message: Message) => void) | undefined;
  #underWay: Promise<unknown> = Promise.resolve();
  #heardAt = Date.now();
  readonly #exit: Promise<unknown>;

  constructor(
    readonly child: ChildProcess,
    readonly pid: number,
    readonly door: Duplex,
    readonly hungAfter: number,
  ) {
    this.lost = new Promise((resolve) => (this.#lose = resolve));
    this.#exit = once(child, 'exit');
    child.once('exit', () => this.#loseOnce('vault-died'));
    door.on('error', () => this.#loseOnce('vault-died'));
    void this.#listen();
    this.#watch();
  }

  whenReady(): Promise<Result<Vault, FaultCode>> {
    return new Promise((resolve) => {
      this.#listener = (message) => {
        if (message.is === 'ready') {
          this.#patience = this.hungAfter;
          const { is: _, ...recogniser } = message;
          this.recogniser = recogniser;
          resolve(ok(this));
        } else if (message.is === 'failed') {
          void this.erase().then(() => resolve(err(message.fault)));
        }
      };
      void this.lost.then(async (fault) => {
        await this.erase();
        resolve(err(fault));
      });
    });
  }

  async run(
    task: Task,
    news?: (news: TaskNews) => void,
    signal?: AbortSignal,
  ): Promise<Result<TaskEnd, FaultCode>> {
    const before = this.#underWay;
    const running = before.then(() => this.#runNow(task, news, signal));
    this.#underWay = running;
    return running;
  }

  erase(): Promise<Result<undefined, 'erasure-unproven'>> {
    this.#erasure ??= this.#eraseNow();
    return this.#erasure;
  }

  async #eraseNow(): Promise<Result<undefined, 'erasure-unproven'>> {
    const gone = await eraseGroup(this.pid);
    if (gone.ok) await this.#exit;
    this.door.destroy();
    return gone;
  }

  #runNow(
    task: Task,
    news?: (news: TaskNews) => void,
    signal?: AbortSignal,
  ): Promise<Result<TaskEnd, FaultCode>> {
    if (this.#fault !== undefined) return Promise.resolve(err(this.#fault));
    if (signal?.aborted) return Promise.resolve(ok({ is: 'cancelled' }));
    return new Promise((resolve) => {
      const cancel = () => this.#say({ do: 'cancel' });
      const end = (result: Result<TaskEnd, FaultCode>) => {
        signal?.removeEventListener('abort', cancel);
        this.#listener = undefined;
        resolve(result);
      };
      this.#listener = (message) => {
        if (message.is === 'progress' || message.is === 'guidance') news?.(message);
        else if (message.is === 'failed') end(err(message.fault));
        else if (message.is !== 'alive' && message.is !== 'ready') end(ok(message));
      };
      signal?.addEventListener('abort', cancel, { once: true });
      void this.lost.then((fault) => end(err(fault)));
      this.#say(task);
    });
  }

  #say(request: Request): void {
    if (this.door.writable) this.door.write(toLine(request));
  }

  async #listen(): Promise<void> {
    try {
      for await (const line of readLines(this.door, message, longestLine)) {
        if (!line.ok) {
          this.#loseOnce('vault-nonsense');
          return;
        }
        this.#heardAt = Date.now();
        this.#listener?.(line.value);
      }
      this.#loseOnce('vault-died');
    } catch {
      this.#loseOnce('vault-died');
    }
  }

  #watch(): void {
    const timer = setInterval(() => {
      if (this.#erasure) clearInterval(timer);
      else if (Date.now() - this.#heardAt > this.#patience) this.#loseOnce('vault-hung');
    }, 500);
    timer.unref();
  }

  #loseOnce(fault: FaultCode): void {
    if (this.#erasure || this.#fault !== undefined) return;
    this.#fault = fault;
    this.#lose(fault);
  }
}
