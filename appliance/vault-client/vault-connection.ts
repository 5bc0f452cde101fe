import type { FaultCode } from '../findings.js';
import { readLines, toLine } from '../json-lines.js';
import { type CustomModel, maxLineBytes, message, type Message, type Request } from '../protocol/vault.js';
import { err, ok, type Result } from '../result.js';
import { TaskMessages } from './task-messages.js';
import type { Recogniser, Task, TaskEnd, TaskProgress, Vault } from './vault.js';
import type { VaultHost } from './vault-host.js';

/** The vaults of this process that are not erased. */
const connections = new Set<VaultConnection>();

/** A silent vault is gone after its host's own limit, 22 s at most, and a margin. */
const goneWithinMs = 25_000;

/** Whether every vault of this process responds, or fell silent so recently that its erasure may be under way. */
export function vaultsResponsive(withinMs = goneWithinMs): boolean {
  return [...connections].every((vault) => vault.overdueMs <= withinMs);
}

export class VaultConnection implements Vault {
  readonly pid?: number;
  recogniser!: Recogniser;
  readonly lost: Promise<FaultCode>;
  readonly #host: VaultHost;
  readonly #hungAfterMs: number;
  #resolveLost!: (fault: FaultCode) => void;
  #fault: FaultCode | undefined;
  #erasure: Promise<Result<undefined, 'erasure-unproven'>> | undefined;
  #silenceTimeoutMs: number;
  #lastMessageAt = performance.now();
  #handleMessage: ((message: Message) => void) | undefined;
  #lastTask: Promise<unknown> = Promise.resolve();
  /** Ends the current task when the vault is erased, since no reply will come. */
  #endTask = (): void => undefined;
  #ready = false;

  /**
   * @param hungAfterMs how long a vault that is ready may be silent
   * @param loadTimeoutMs how long it may be silent before
   */
  constructor(host: VaultHost, hungAfterMs: number, loadTimeoutMs: number) {
    this.#host = host;
    this.#hungAfterMs = hungAfterMs;
    this.#silenceTimeoutMs = loadTimeoutMs;
    connections.add(this);
    this.lost = new Promise((resolve) => (this.#resolveLost = resolve));
    if (host.pid !== undefined) this.pid = host.pid;
    void host.ended.then(() => this.#lose('vault-died'));
    host.connection.on('error', () => this.#lose('vault-died'));
    void this.#readMessages();
    this.#watchSilence();
  }

  /** Loads the models. A vault that fails to is erased. */
  load(model: CustomModel): Promise<Result<Vault, FaultCode>> {
    this.#send({ do: 'load', ...model });
    return new Promise((resolve) => {
      this.#handleMessage = (message) => {
        if (message.is === 'ready') {
          const { is: _, ...recogniser } = message;
          this.#silenceTimeoutMs = this.#hungAfterMs;
          this.recogniser = recogniser;
          this.#ready = true;
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

  /** Ends the vault while it loads. */
  abort(): void {
    this.#lose('vault-died');
  }

  async run(
    task: Task,
    report?: (progress: TaskProgress) => void,
    signal?: AbortSignal,
  ): Promise<Result<TaskEnd, FaultCode>> {
    const running = this.#lastTask.then(() => this.#runNow(task, report, signal));
    this.#lastTask = running;
    return running;
  }

  erase(): Promise<Result<undefined, 'erasure-unproven'>> {
    this.#erasure ??= this.#host.erase(this.#ready).finally(() => {
      connections.delete(this);
      this.#endTask();
    });
    return this.#erasure;
  }

  /** How much longer than allowed this vault has been silent; negative while it is in time. */
  get overdueMs(): number {
    return performance.now() - this.#lastMessageAt - this.#silenceTimeoutMs;
  }

  #runNow(
    task: Task,
    report?: (progress: TaskProgress) => void,
    signal?: AbortSignal,
  ): Promise<Result<TaskEnd, FaultCode>> {
    if (this.#fault !== undefined) return Promise.resolve(err(this.#fault));
    if (signal?.aborted || this.#erasure) return Promise.resolve(ok({ is: 'cancelled' }));
    return new Promise((resolve) => {
      const cancel = () => this.#send({ do: 'cancel' });
      const end = (result: Result<TaskEnd, FaultCode>) => {
        signal?.removeEventListener('abort', cancel);
        this.#handleMessage = undefined;
        this.#endTask = () => undefined;
        resolve(result);
      };
      const messages = new TaskMessages(task);
      this.#handleMessage = (message) => {
        if (!messages.allows(message)) this.#lose('vault-nonsense');
        else if (message.is === 'progress' || message.is === 'waiting' || message.is === 'guidance')
          report?.(message);
        else if (message.is === 'failed') end(err(message.fault));
        else if (message.is !== 'alive' && message.is !== 'ready') end(ok(message));
      };
      this.#endTask = () => end(ok({ is: 'cancelled' }));
      signal?.addEventListener('abort', cancel, { once: true });
      void this.lost.then((fault) => end(err(fault)));
      this.#send(task);
    });
  }

  #send(request: Request): void {
    const { connection } = this.#host;
    if (connection.writable) connection.write(toLine(request));
  }

  async #readMessages(): Promise<void> {
    try {
      for await (const line of readLines(this.#host.connection, message, maxLineBytes)) {
        if (!line.ok) {
          this.#lose('vault-nonsense');
          return;
        }
        this.#lastMessageAt = performance.now();
        this.#handleMessage?.(line.value);
      }
      this.#lose('vault-died');
    } catch {
      this.#lose('vault-died');
    }
  }

  #watchSilence(): void {
    const timer = setInterval(() => {
      if (this.#erasure) clearInterval(timer);
      else if (this.overdueMs > 0) this.#lose('vault-hung');
    }, 500);
    timer.unref();
  }

  /** Only the first fault counts, and none after an erasure has begun. */
  #lose(fault: FaultCode): void {
    if (this.#erasure || this.#fault !== undefined) return;
    this.#fault = fault;
    this.#resolveLost(fault);
  }
}
