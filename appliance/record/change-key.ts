import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import * as z from 'zod';

import { parseLine } from '../json-lines.js';
import { textOf } from '../signature/municipal-key.js';
import type { Chain } from './chain.js';
import { layPublicKey, writeDeviceKey } from './device-key.js';
import { makeFolder, readIfThere, syncFolder } from './folder.js';
import { type Head, headFile, headOf, ofTpm, signedText, witnessFile } from './head.js';
import { writeAtomically } from './write-atomically.js';

const change = z.strictObject({ key: z.string(), head: z.string() });

/** The change in progress: it is made again from here, whenever a power cut ended it. */
const changeFile = (folder: string): string => join(folder, 'device.next');

/**
 * Goes on with a new key where the TPM does not give out the old one any more. The old head was verified; the new one says
 * that it covers none of the lines before, and the next visit's record says so as well.
 */
export async function changeKey(file: string, witness: string, chain: Chain, old: Head): Promise<void> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const base = { boot: old.boot, unsigned: chain.lines, key: textOf(privateKey) };
  const { counter, notes } = ofTpm(old);
  const head = headOf(chain, old.last, base, {
    counter,
    notes: [...new Set([...notes, 'key-lost' as const])],
  });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  const text = signedText(head, { secret: privateKey, name: head.key });
  await writeAtomically(changeFile(dirname(file)), `${JSON.stringify({ key, head: text })}\n`, 0o600);
  await finishChange(file, witness);
}

/** Finishes a change of the key that began, if there is one. */
export async function finishChange(file: string, witness: string): Promise<void> {
  const folder = dirname(file);
  const text = await readIfThere(changeFile(folder));
  const begun = text === undefined ? undefined : parseLine(text, change);
  if (!begun?.ok) return;
  const key = createPrivateKey(begun.value.key);
  await writeDeviceKey(folder, key);
  await writeAtomically(headFile(file), begun.value.head, 0o600);
  await makeFolder(witness);
  await writeAtomically(witnessFile(file, witness), begun.value.head, 0o600);
  await layPublicKey(folder, textOf(key));
  await unlink(changeFile(folder));
  await syncFolder(folder);
}
