const signals = [
  ['SIGHUP', 1],
  ['SIGINT', 2],
  ['SIGTERM', 15],
] as const;

/** Exits on a termination signal with the shell's exit code for it: 128 plus its number. */
export function endBySignals(): void {
  for (const [signal, number] of signals) process.once(signal, () => process.exit(128 + number));
}
