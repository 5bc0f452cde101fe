/** The exit codes of every command. 3: nothing failed, but there is no full answer either. */
export const exitCode = { done: 0, failed: 1, badUsage: 2, notComparable: 3, incomplete: 3 } as const;
