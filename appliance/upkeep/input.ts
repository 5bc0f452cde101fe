/** What every procedure between two visits starts with. */
export type UpkeepInput = {
  /** In milliseconds: how long a question waits for a key. */
  readonly key: number;
};
