import type { Path } from './key-lines.js';
import type { SettingKey, TableName } from './settings.js';
import type { Unseen } from './unseen.js';

/** A problem of a settings file. */
export type Problem = FileProblem | WholeProblem | LineProblem;

/** The file cannot be read. `misnamed`: its name ends with `.txt`, which Windows hides. */
export type FileProblem = { readonly what: 'missing' | 'misnamed' | 'unreadable' | 'too-large' };

/** Nothing of the file is usable; `line` is the first line that shows it, from 1. */
export type WholeProblem = {
  readonly what: 'empty' | 'utf-16' | 'shift-jis' | 'not-utf8' | 'blanked' | 'not-toml' | 'cut-short';
  readonly line: number;
  /** What makes that line no TOML, if it is a character that no editor shows. */
  readonly unseen?: Unseen;
};

/** A problem of a line; the other lines are used. */
export type LineProblem = { readonly line: number } & (
  | { readonly what: 'not-a-table'; readonly table: TableName }
  | { readonly what: 'wrong-value'; readonly key: SettingKey }
  /** Without its unseen characters the value would be right. */
  | { readonly what: 'unseen-character'; readonly key: SettingKey; readonly unseen: Unseen }
  | SamePin
  | Unknown
);

/** Two settings with the same line of the GPIO chip. */
export type SamePin = {
  readonly what: 'same-pin';
  readonly key: SettingKey;
  readonly also: SettingKey;
  /** Line of the other one; undefined if it has the pin by default. */
  readonly alsoLine: number | undefined;
};

export type Unknown = {
  readonly what: 'unknown';
  /** From `nameToShow`. */
  readonly name: string;
  /** What it is probably a typo of. */
  readonly meant?: SettingKey | TableName;
};

const longestName = 60;

/** Makes a name from a file safe for a terminal: quoted, escaped and shortened if necessary. */
export function nameToShow(path: Path): string {
  const name = path.map((part) => (/^[\w-]+$/.test(part) ? part : quoted(part))).join('.');
  return name.length > longestName ? `${name.slice(0, longestName)}…` : name;
}

function quoted(part: string): string {
  return JSON.stringify(part).replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, '?');
}
