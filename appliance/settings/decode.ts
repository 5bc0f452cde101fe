import { isUtf8 } from 'node:buffer';

import { err, ok, type Result } from '../result.js';
import type { WholeProblem } from './problem.js';

/**
 * Decodes a settings file from UTF-8, and recognises the usual damage: another encoding chosen in Windows' Notepad, or
 * what a power cut leaves on a FAT partition.
 */
export function decode(bytes: Uint8Array): Result<string, WholeProblem> {
  if (isUtf16(bytes)) return err({ what: 'utf-16', line: 1 });
  const blank = bytes.indexOf(0);
  if (blank >= 0) return err({ what: 'blanked', line: lineOf(bytes, blank) });
  if (!isUtf8(bytes))
    return err({ what: isShiftJis(bytes) ? 'shift-jis' : 'not-utf8', line: firstBad(bytes) });
  const text = new TextDecoder().decode(bytes);
  return text.trim() === '' ? err({ what: 'empty', line: 1 }) : ok(text);
}

/** By its byte order mark, or because every other byte is zero, as in mostly ASCII text. */
export function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  const zeros = [0, 1].map((odd) => bytes.filter((byte, at) => byte === 0 && at % 2 === odd).length);
  const [fewer, more] = [Math.min(...zeros), Math.max(...zeros)];
  // A side of the pairs is half of all bytes; Japanese text in between has few zeros on either side.
  return bytes.length > 1 && more > bytes.length / 5 && fewer < more / 4;
}

export function isShiftJis(bytes: Uint8Array): boolean {
  try {
    return /[ぁ-んァ-ヶ一-龠]/.test(new TextDecoder('shift_jis', { fatal: true }).decode(bytes));
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** Neither UTF-8 nor Shift_JIS has a newline byte inside a character. */
function firstBad(bytes: Uint8Array): number {
  const lines = Buffer.from(bytes).toString('latin1').split('\n');
  return lines.findIndex((line) => !isUtf8(Buffer.from(line, 'latin1'))) + 1;
}

function lineOf(bytes: Uint8Array, at: number): number {
  return bytes.subarray(0, at).filter((byte) => byte === 0x0a).length + 1;
}
