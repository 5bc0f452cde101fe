import { readFile } from 'node:fs/promises';

import { linesAt } from '../panel/words/bilingual.js';
import { keyNamed } from '../record/device-key.js';
import { err, ok, type Result } from '../result.js';
import { exitCode } from './exit-code.js';
import { print } from './print.js';

/** The public key of a box that `--key` names: in a word, or in a file such as `device.pub`. None where nothing is given. */
export async function boxKey(given: string | undefined): Promise<Result<string | undefined, 'not-a-key'>> {
  if (given === undefined) return ok(undefined);
  const word = given.startsWith('ed25519:') ? given : await readFile(given, 'utf8').catch(() => '');
  return keyNamed(word.trim()) ? ok(word.trim()) : err('not-a-key');
}

/** Prints that `--key` names no key. @param failed what the command did not do, as its JSON says it */
export function badKey(given: string | undefined, failed: object, json: boolean): number {
  const words = {
    ja: '装置の公開鍵ではありません。ed25519: で始まる鍵か、device.pub の場所を書いてください。',
    en: 'This is no public key of a box. Write a key that begins with ed25519:, or the path of a device.pub.',
  };
  print(json, { ...failed, why: 'not-a-key', ...words }, () => linesAt(given ?? '', words), process.stderr);
  return exitCode.badUsage;
}
