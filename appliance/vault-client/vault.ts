import type { FaultCode } from '../findings.js';
import { readLines, toLine } from '../json-lines.js';
import { err, ok, type Result } from '../result.js';
import { startChild, type VaultProgram, vaultProgram } from './child.js';
import type { VaultHost } from './vault-host.js';
import {
  hungAfter,
  longestLine,
  message,
  type Message,
  type OwnModel,
  type Request,
  warmWithin,
} from '../protocol/vault.js';
import { reachUnit } from './unit.js';

/** How a task ended: with what it was asked for, or because it was told to stop. */
export type TaskEnd = Exclude<Message, { is: 'ready' | 'alive' | 'progress' | 'guidance' | 'failed' }>;
/** What a task tells on its way. */
export type TaskNews = Extract<Message, { is: 'progress' | 'guidance' }>;
export type Task = Exclude<Request, { do: 'cancel' | 'load' }>;

/** The model that the vault compares with, as its manifest describes it. */
export type Recogniser = Omit<Extract<Message, { is: 'ready' }>, 'is' | 'unit'>;

/** The core's hold on one vault process. */
export type Vault = {
  /** Where it is this process's child. */
  readonly pid?: number;
  readonly recogniser: Recogniser;
  /** Runs one task; a task that is asked for while another is ending waits for it. */
  run(task: Task, news?: (news: TaskNews) => void, signal?: AbortSignal): Promise<Result<TaskEnd, FaultCode>>;
  /** Resolves when the vault dies, hangs or talks nonsense; never when it is erased. */
  readonly lost: Promise<FaultCode>;
  /** Kills the vault and all it started; resolves once they are seen to be gone. */
  erase(): Promise<Result<undefined, 'erasure-unproven'>>;
};

export type Start = {
  /** A test's, in the place of the real one. */
  readonly program?: VaultProgram;
  /** Ends the vault while it loads. */
  readonly signal?: AbortSignal;
};

/**
 * Starts a vault and waits until its models are loaded: on a box systemd starts it, as an instance of its own unit
 * (TERASHI_VAULT_SOCKET names the socket); elsewhere, and for a `program` of a test's, it is this process's child.
 *
 * @param own what stands in the place of the built-in recogniser
 */
export async function startVault(
  own: OwnModel = {},
  { program, signal }: Start = {},
): Promise<Result<Vault, FaultCode>> {
  const vault = await reach(warmWithin, program);
  if (!vault.ok) return vault;
  const giveUp = () => vault.value.giveUp();
  signal?.addEventListener('abort', giveUp);
  if (signal?.aborted) giveUp();
  const ready = await vault.value.whenReady(own);
  signal?.removeEventListener('abort', giveUp);
  return ready;
}

/** A vault that was told to load no models: it can look for devices, and nothing else. */
export type VaultWithoutModels = Pick<Vault, 'run' | 'erase'>;

export function startWithoutModels(program?: VaultProgram): Promise<Result<VaultWithoutModels, FaultCode>> {
  return reach(hungAfter, program);
}

/** `patience`: how long the vault may be silent before it is ready, in milliseconds. */
async function reach(patience: number, program?: VaultProgram): Promise<Result<VaultClient, FaultCode>> {
  const socket = process.env.TERASHI_VAULT_SOCKET;
  const place =
    program === undefined && socket !== undefined
      ? await reachUnit(socket)
      : startChild(program ?? vaultProgram);
  return place ? ok(new VaultClient(place, program?.hungAfter ?? hungAfter, patience)) : err('vault-died');
}

const held = new Set<VaultClient>();

/** In milliseconds: how long it may take until a vault that fell silent is gone: its place's own limit, and a margin. */
const riddance = 25_000;

/** Whether every vault of this process answers, or was told to go not long ago. */
export function vaultsAnswer(within = riddance): boolean {
  return [...held].every((vault) => vault.silence <= within);
}

class VaultClient implements Vault {
  readonly pid?: number;
  recogniser!: Recogniser;
  readonly lost: Promise<FaultCode>;
  #lose!: (fault: FaultCode) => void;
  /** Ends the task under way when the vault is erased, since nobody will answer. */
  #cancel = (): void => undefined;
  #fault: FaultCode | undefined;
  #erasure: Promise<Result<undefined, 'erasure-unproven'>> | undefined;
  #patience: number;
  #listener: ((message: Message) => void) | undefined;
  #underWay: Promise<unknown> = Promise.resolve();
  #heardAt = performance.now();
  /** What the vault said of its place, once it was ready. */
  #ready: { readonly unit: string | undefined } | undefined;

  constructor(
    readonly place: VaultHost,
    readonly hungAfter: number,
    patience: number,
  ) {
    this.#patience = patience;
    held.add(this);
    this.lost = new Promise((resolve) => (this.#lose = resolve));
    if (place.pid !== undefined) this.pid = place.pid;
    void place.ended.then(() => this.#loseOnce('vault-died'));
    place.door.on('error', () => this.#loseOnce('vault-died'));
    void this.#listen();
    this.#watch();
  }

  /** Nobody waits for it any more. */
  giveUp(): void {
    this.#loseOnce('vault-died');
  }

  whenReady(own: OwnModel): Promise<Result<Vault, FaultCode>> {
    this.#say({ do: 'load', ...own });
    return new Promise((resolve) => {
      this.#listener = (message) => {
        if (message.is === 'ready') {
          this.#patience = this.hungAfter;
          const { is: _, unit, ...recogniser } = message;
          this.recogniser = recogniser;
          this.#ready = { unit };
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
    this.#erasure ??= this.place.erase(this.#ready).finally(() => {
      held.delete(this);
      this.#cancel();
    });
    return this.#erasure;
  }

  /** In milliseconds: how much longer than it may this vault has been silent; negative while it may. */
  get silence(): number {
    return performance.now() - this.#heardAt - this.#patience;
  }

  #runNow(
    task: Task,
    news?: (news: TaskNews) => void,
    signal?: AbortSignal,
  ): Promise<Result<TaskEnd, FaultCode>> {
    if (this.#fault !== undefined) return Promise.resolve(err(this.#fault));
    if (signal?.aborted || this.#erasure) return Promise.resolve(ok({ is: 'cancelled' }));
    return new Promise((resolve) => {
      const cancel = () => this.#say({ do: 'cancel' });
      const end = (result: Result<TaskEnd, FaultCode>) => {
        signal?.removeEventListener('abort', cancel);
        this.#listener = undefined;
        this.#cancel = () => undefined;
        resolve(result);
      };
      this.#listener = (message) => {
        if (message.is === 'progress' || message.is === 'guidance') news?.(message);
        else if (message.is === 'failed') end(err(message.fault));
        else if (message.is !== 'alive' && message.is !== 'ready') end(ok(message));
      };
      this.#cancel = () => end(ok({ is: 'cancelled' }));
      signal?.addEventListener('abort', cancel, { once: true });
      void this.lost.then((fault) => end(err(fault)));
      this.#say(task);
    });
  }

  #say(request: Request): void {
    if (this.place.door.writable) this.place.door.write(toLine(request));
  }

  async #listen(): Promise<void> {
    try {
      for await (const line of readLines(this.place.door, message, longestLine)) {
        if (!line.ok) {
          this.#loseOnce('vault-nonsense');
          return;
        }
        this.#heardAt = performance.now();
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
      else if (this.silence > 0) this.#loseOnce('vault-hung');
    }, 500);
    timer.unref();
  }

  #loseOnce(fault: FaultCode): void {
    if (this.#erasure || this.#fault !== undefined) return;
    this.#fault = fault;
    this.#lose(fault);
  }
}
