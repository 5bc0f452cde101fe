/** The exit code of a shell for a program ended by Ctrl-C (128 + SIGINT). */
const cancelled = 130;

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs work that Ctrl-C cancels. Work must not write any result before it is done. */
export async function cancellable(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  for (const signal of signals) process.once(signal, abort);
  try {
    return await work(controller.signal);
  } catch (error) {
    if (error !== controller.signal.reason) throw error;
    process.stderr.write('取りやめました。何も書いていません。/ Cancelled: nothing was written.\n');
    return cancelled;
  } finally {
    for (const signal of signals) process.off(signal, abort);
  }
}
