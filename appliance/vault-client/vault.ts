import type { FaultCode } from '../findings.js';
import type { Message, Request } from '../protocol/vault.js';
import type { Result } from '../result.js';

export type Task = Exclude<Request, { do: 'cancel' | 'load' }>;
export type TaskProgress = Extract<Message, { is: 'progress' | 'waiting' | 'guidance' }>;
/** How a task ended: with its result, or cancelled. */
export type TaskEnd = Exclude<
  Message,
  { is: 'ready' | 'alive' | 'progress' | 'waiting' | 'guidance' | 'failed' }
>;

/** The model that the vault compares with, as its manifest describes it. */
export type Recogniser = Omit<Extract<Message, { is: 'ready' }>, 'is'>;

/** A vault process with loaded models. */
export type Vault = {
  /** Undefined unless the vault is a child of this process. */
  readonly pid?: number;
  readonly recogniser: Recogniser;
  /** Runs one task, after the tasks before it have ended. */
  run(
    task: Task,
    report?: (progress: TaskProgress) => void,
    signal?: AbortSignal,
  ): Promise<Result<TaskEnd, FaultCode>>;
  /** Resolves when the vault dies, hangs or violates the protocol; never when it is erased. */
  readonly lost: Promise<FaultCode>;
  /** Kills the vault and everything it started; resolves once the kernel no longer lists them. */
  erase(): Promise<Result<undefined, 'erasure-unproven'>>;
};

/** A vault without models: it can find devices, and nothing else. */
export type DeviceFinder = Pick<Vault, 'run' | 'erase'>;
