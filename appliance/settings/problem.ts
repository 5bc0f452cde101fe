import type { Path } from './key-lines.js';
import type { SettingKey, TableName } from './settings.js';

/** One thing to mend in a settings file. */
export type Problem = FileProblem | WholeProblem | LineProblem;

/** There are no bytes to look at. `misnamed`: Windows hid that the file's name ends with `.txt`. */
export type FileProblem = { readonly what: 'missing' | 'misnamed' | 'unreadable' | 'too-large' };

/** There are, but nothing of them can be used; the first line that shows it, counted from 1. */
export type WholeProblem = {
  readonly what: 'empty' | 'utf-16' | 'shift-jis' | 'not-utf8' | 'blanked' | 'not-toml' | 'cut-short';
  readonly line: number;
};

/** What is wrong in a line, or begins in it; what the other lines say is used. */
export type LineProblem = { readonly line: number } & (
  | { readonly what: 'not-a-table'; readonly table: TableName }
  | { readonly what: 'wrong-value'; readonly key: SettingKey }
  | SamePin
  | Unknown
);

/** Two functions on one line of the GPIO chip. */
export type SamePin = {
  readonly what: 'same-pin';
  readonly key: SettingKey;
  readonly also: SettingKey;
  /** Where the other one stands; undefined where it has the pin by not being written. */
  readonly alsoLine: number | undefined;
};

export type Unknown = {
  readonly what: 'unknown';
  /** Made by `nameToShow`. */
  readonly name: string;
  /** What it is likely to be a slip for. */
  readonly meant?: SettingKey | TableName;
};

const longestName = 60;

/** A name out of a file, made safe for a terminal: quoted, escaped and shortened unless it is a plain one. */
export function nameToShow(path: Path): string {
  const name = path.map((part) => (/^[\w-]+$/.test(part) ? part : quoted(part))).join('.');
  return name.length > longestName ? `${name.slice(0, longestName)}…` : name;
}

function quoted(part: string): string {
  return JSON.stringify(part).replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, '?');
}
