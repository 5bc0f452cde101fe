import type { Readable } from 'node:stream';

import type { Key } from '../../protocol/key.js';

/** The keys by the bytes that terminals send: xterm's cursor keys in both modes, and the keypad's Enter. */
const keys: Readonly<Partial<Record<string, Key>>> = {
  '\x1b[D': 'left',
  '\x1bOD': 'left',
  '\x1b[C': 'right',
  '\x1bOC': 'right',
  '\r': 'enter',
  '\n': 'enter',
  '\x1bOM': 'enter',
  '\x7f': 'back',
  '\b': 'back',
  '\x1b': 'cancel',
  l: 'language',
  L: 'language',
};

// An escape sequence (ECMA-48 CSI, or SS3), or else one character.

const press = /\x1b\[[0-?]*[ -/]*[@-~]|\x1bO[^\x1b]|[^]/g;

const unfinished = /\x1b(?:\[[0-?]*[ -/]*|O)?$/;

/** What was typed: a key of a panel, or `text`, which stands for anything else. */
export type Typed = Key | 'text';

/** Parses a terminal's input into what was typed and `rest`, an escape sequence that may be incomplete. */
export function readKeys(sent: string): { typed: Typed[]; rest: string } {
  const rest = unfinished.exec(sent)?.[0] ?? '';
  const whole = sent.slice(0, sent.length - rest.length);
  return { typed: (whole.match(press) ?? []).map((sequence) => keys[sequence] ?? 'text'), rest };
}

/**
 * Esc is also the first byte of an arrow key. A terminal sends a sequence at once, so a lone byte is Esc after this
 * time: it feels immediate, and an arrow in two chunks does not cancel a visit.
 */
const escapeDelayMs = 40;

/** Calls `heard` for everything that is typed. */
export function listenToKeys(input: Readable, heard: (typed: Typed) => void): void {
  let held = '';
  let timer: NodeJS.Timeout | undefined;
  const release = () => {
    const typed = keys[held] ?? 'text';
    held = '';
    heard(typed);
  };
  input.on('data', (chunk: Buffer) => {
    clearTimeout(timer);
    const read = readKeys(held + chunk.toString('latin1'));
    held = read.rest;
    if (held) timer = setTimeout(release, escapeDelayMs);
    read.typed.forEach(heard);
  });
}
