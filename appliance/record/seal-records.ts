import { open } from 'node:fs/promises';
import { dirname } from 'node:path';

import { err, ok, type Result } from '../result.js';
import type { Break } from './read-chain.js';
import { deviceKey, layPublicKey, publicKeyFile, readIfThere } from './device-key.js';
import { headOf } from './head.js';
import { Seal } from './seal.js';
import { readSealedChain, type SealedChain, type Tampered } from './sealed-chain.js';
import { moveTornAside } from './torn.js';

/** The chain as it is after the start, and the seal that guards its next lines. */
export type Sealed = { readonly read: SealedChain; readonly seal: Seal };

/**
 * Checks the records against their seal, heals the one difference that a power cut leaves, and makes the seal where a file
 * has none yet: once, for a new box or one from before heads were signed. Throws system errors.
 *
 * @param witness the folder of the witness
 */
export async function sealRecords(file: string, witness: string): Promise<Result<Sealed, Break | Tampered>> {
  const read = await readSealedChain(file, { witness });
  if (!read.ok) return read;
  if (read.value.torn) await moveTornAside(file, read.value.length);
  if (read.value.state === 'behind') {
    await appendLine(file, read.value.head?.last ?? '');
    return sealRecords(file, witness);
  }
  const seal = await sealOf(file, witness, read.value);
  return seal.ok ? ok({ read: { ...read.value, torn: false }, seal: seal.value }) : seal;
}

async function sealOf(
  file: string,
  witness: string,
  { chain, head }: SealedChain,
): Promise<Result<Seal, Tampered>> {
  const folder = dirname(file);
  const key = await deviceKey(folder);
  if (head && head.key !== key.name) return err({ why: 'key-changed' });
  const unsigned = head?.unsigned ?? chain.lines;
  const seal = new Seal({ file, witness, key, unsigned }, head ?? headOf(chain, '', 0, unsigned, key.name));
  const isLaid = head !== undefined && (await readIfThere(publicKeyFile(folder))) !== undefined;
  if (!isLaid) {
    await seal.lay();
    await layPublicKey(folder, key.name);
  }
  return ok(seal);
}

async function appendLine(file: string, line: string): Promise<void> {
  const handle = await open(file, 'a', 0o600);
  try {
    await handle.writeFile(`${line}\n`);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
