const signals = [
  ['SIGHUP', 1],
  ['SIGINT', 2],
  ['SIGTERM', 15],
] as const;

/** Ends this process at whatever asks it to, with the exit code that a shell gives for the signal: 128 and its number. */
export function endBySignals(): void {
  for (const [signal, number] of signals) process.once(signal, () => process.exit(128 + number));
}
