import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

// Mocha ignores unhandled rejections. Here they fail the test in which they occur, or the run.

const variable = 'TERASHI_TEST_REJECTIONS';
const isWorker = process.env[variable] !== undefined;
/** All workers write here: a worker that mocha ends after its last file can no longer fail the run itself. */
const log = (process.env[variable] ??= join(import.meta.dirname, `rejections-${process.pid}.log`));

const rejections: Error[] = [];
function note(reason: unknown): void {
  const error = reason instanceof Error ? reason : new Error(String(reason));
  rejections.push(error);
  appendFileSync(log, `${error.stack ?? error.message}\n`);
}

function failIfAny(): void {
  const [reason] = rejections.splice(0) as [Error?];
  if (reason) throw reason;
}

function failIfReported(): void {
  if (!existsSync(log)) return;
  const reported = readFileSync(log, 'utf8');
  rmSync(log);
  throw new Error(`rejections that nobody handled:\n${reported}`);
}

process.on('unhandledRejection', note);
// Mocha removes the listener above after each file of a worker.
process.on('uncaughtExceptionMonitor', (error, origin) => {
  if (origin === 'unhandledRejection') note(error);
});
// Mocha sets the exit status in its own listener; an error thrown here overrides it.
process.on('exit', isWorker ? failIfAny : failIfReported);

export const mochaHooks = {
  beforeAll(): void {
    if (!process.listeners('unhandledRejection').includes(note)) process.on('unhandledRejection', note);
  },
  afterEach: failIfAny,
  async afterAll(): Promise<void> {
    await setImmediate();
    failIfAny();
  },
};

/** A parallel run whose worker crashes between two files would end with status 0 before its summary. */
export function mochaGlobalSetup(): void {
  process.exitCode = 1;
}

export function mochaGlobalTeardown(): void {
  process.exitCode = undefined;
}
