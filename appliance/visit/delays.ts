/** How long each step may take, in milliseconds, before the visit moves on by itself. */
export const delays = {
  /** No key was pressed. The screen's words for it name the two minutes. */
  key: 120_000,
  /** A superior was asked, and comes from another floor or is on the telephone. */
  superior: 900_000,
  /** A vault is taken; a warm one takes no time, a cold one may load its models for `warmWithin`. */
  vault: 70_000,
  scan: 60_000,
  /** The visitor was guided for so long and never stood well enough. */
  photograph: 90_000,
  compare: 30_000,
  /** The vault's processes are still there after so long: their end can no longer be taken for granted. */
  erase: 10_000,
  /** The record is still being written; the screen says that something is wrong, and the writing goes on. */
  record: 10_000,
  /** A record that could not be written is tried again this often. */
  recordAgain: 15_000,
  /** The clock is set; the program that sets it is given up after ten seconds. */
  setClock: 15_000,
  /** An update is written to the other slot; two gigabytes take a slow card ten minutes. */
  update: 3_600_000,
  /** The box ends everything that runs before it starts again. */
  restart: 120_000,
  /** The records are copied to a stick: those of ten years take a slow one some minutes. */
  copy: 1_800_000,
  /** How long the notice of erasure stands. */
  erased: 10_000,
};

export type Delays = Readonly<typeof delays>;
export type Delay = keyof Delays;
