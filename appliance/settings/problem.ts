import type { Path } from './key-lines.js';
import type { SettingKey, Settings } from './settings.js';

/** One thing to mend in a settings file. */
export type Problem = FileProblem | LineProblem;

/** Nothing of the file could be used: every setting has its default. */
export type FileProblem = { readonly what: 'missing' | 'unreadable' | 'too-large' };

/** Lines are counted from 1. */
export type LineProblem = { readonly line: number } & (
  | { /** As `FileProblem`: nothing could be used. */ readonly what: 'not-utf8' | 'not-toml' }
  | { readonly what: 'not-a-table'; readonly table: keyof Settings }
  | { readonly what: 'wrong-value'; readonly key: SettingKey }
  | SamePin
  | { readonly what: 'unknown'; /** Made by `nameToShow`. */ readonly name: string }
);

/** Two functions on one line of the GPIO chip. */
export type SamePin = {
  readonly what: 'same-pin';
  readonly key: SettingKey;
  readonly also: SettingKey;
  /** Where the other one stands; undefined where it has the line by not being written. */
  readonly alsoLine: number | undefined;
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
