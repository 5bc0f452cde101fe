/** Aborts where whoever started the command wants it to stop, by Ctrl-C, or is gone with the terminal. */
export function stopBySignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  return stop.signal;
}

/** Says on the error stream how far something has come, of 1, each percent once. */
export function percentSaid(): (fraction: number) => void {
  let said = -1;
  return (fraction) => {
    const percent = Math.floor(fraction * 100);
    if (percent > said) process.stderr.write(`${(said = percent)} %\n`);
  };
}
