/** Aborts on Ctrl-C, a request to terminate, or the end of the terminal. */
export function abortOnSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => controller.abort());
  return controller.signal;
}

/** Prints progress on standard error, each percent once. Takes fractions of 1. */
export function percentPrinter(): (fraction: number) => void {
  let printed = -1;
  return (fraction) => {
    const percent = Math.floor(fraction * 100);
    if (percent > printed) process.stderr.write(`${(printed = percent)} %\n`);
  };
}
