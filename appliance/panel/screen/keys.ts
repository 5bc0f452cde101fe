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

/** Parses a terminal's input into keys and `rest`, an escape sequence that may be incomplete. */
export function readKeys(sent: string): { keys: Key[]; rest: string } {
  const rest = unfinished.exec(sent)?.[0] ?? '';
  const whole = sent.slice(0, sent.length - rest.length);
  return { keys: (whole.match(press) ?? []).flatMap((sequence) => keys[sequence] ?? []), rest };
}

/**
 * Esc is also the first byte of an arrow key. A terminal sends a sequence at once, so a lone byte is Esc after this
 * time: it feels immediate, and an arrow in two chunks does not cancel a visit.
 */
const escapeDelayMs = 40;

/** Calls `onKey` for every key of a panel in the input, and ignores the rest. */
export function listenToKeys(input: Readable, onKey: (key: Key) => void): void {
  let held = '';
  let timer: NodeJS.Timeout | undefined;
  const release = () => {
    const key = keys[held];
    held = '';
    if (key) onKey(key);
  };
  input.on('data', (chunk: Buffer) => {
    clearTimeout(timer);
    const read = readKeys(held + chunk.toString('latin1'));
    held = read.rest;
    if (held) timer = setTimeout(release, escapeDelayMs);
    read.keys.forEach(onKey);
  });
}
