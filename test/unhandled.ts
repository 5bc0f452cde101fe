import { setImmediate } from 'node:timers/promises';

/** Mocha ignores rejections that nobody handles. Here they fail the test that they come in, or the run. */
const rejections: Error[] = [];
function note(reason: unknown): void {
  rejections.push(reason instanceof Error ? reason : new Error(String(reason)));
}

function failIfAny(): void {
  const [reason] = rejections.splice(0) as [Error?];
  if (reason) throw reason;
}

process.on('unhandledRejection', note);
process.on('exit', failIfAny);

export const mochaHooks = {
  beforeAll(): void {
    // A parallel worker drops all such listeners after each file.
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
