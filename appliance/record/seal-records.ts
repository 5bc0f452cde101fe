import { open } from 'node:fs/promises';
import { dirname } from 'node:path';

import { err, ok, type Result } from '../result.js';
import type { Tpm } from '../tpm/tpm.js';
import { changeKey, finishChange } from './change-key.js';
import type { Counted } from './counted.js';
import { type DeviceKey, deviceKey, layPublicKey, type NoKey, publicKeyFile } from './device-key.js';
import { readIfThere } from './folder.js';
import { headOf } from './head.js';
import { LineCounter } from './line-counter.js';
import type { Break } from './read-chain.js';
import { Seal } from './seal.js';
import { readSealedChain, type SealedChain, type Tampered } from './sealed-chain.js';
import { moveTornAside } from './torn.js';
import type { TpmNote } from './tpm-note.js';

/** The chain as it is after the start, and the seal that guards its next lines. */
export type Sealed = { readonly read: SealedChain; readonly seal: Seal };

/** What guards the records besides their own hashes: the folder of the witness, and a TPM where there is one. */
export type Guards = { readonly witness: string; readonly tpm?: Tpm | undefined };

/** What differs; or the TPM that holds the key does not answer, and may later. */
export type NotSealed = Break | Tampered | { readonly why: 'key-silent' };

/**
 * Checks the records against their seal, heals the one difference that a power cut leaves, and makes the seal where a file
 * has none yet: once, for a new box or one from before heads were signed. Throws system errors.
 */
export async function sealRecords(file: string, guards: Guards): Promise<Result<Sealed, NotSealed>> {
  await finishChange(file, guards.witness);
  const read = await readSealedChain(file, guards);
  if (!read.ok) return read;
  if (read.value.torn) await moveTornAside(file, read.value.length);
  if (read.value.state === 'behind') {
    await appendLine(file, read.value.head?.last ?? '');
    return sealRecords(file, guards);
  }
  const key = await deviceKey(dirname(file), guards.tpm);
  if (!key.ok) return goOnWithoutKey(key.error, file, guards, read.value);
  const seal = await sealOf(file, guards, key.value, read.value);
  return seal.ok ? ok({ read: { ...read.value, torn: false }, seal: seal.value }) : seal;
}

/** Signs with a new key where the TPM does not give out the old one any more, so that visits go on, and say so. */
async function goOnWithoutKey(
  why: NoKey,
  file: string,
  guards: Guards,
  { chain, head }: SealedChain,
): Promise<Result<Sealed, NotSealed>> {
  if (why === 'key-silent') return err({ why });
  // No signed head knows of a TPM: somebody took the key away.
  if (head?.counter === undefined) return err({ why: 'key-changed' });
  await changeKey(file, guards.witness, chain, head);
  return sealRecords(file, guards);
}

async function sealOf(
  file: string,
  { witness, tpm }: Guards,
  key: DeviceKey,
  { chain, head, counted }: SealedChain,
): Promise<Result<Seal, Tampered>> {
  const folder = dirname(file);
  if (head && head.key !== key.name) return err({ why: 'key-changed' });
  const base = { boot: 0, unsigned: chain.lines, key: key.name };
  const seal = new Seal(
    { file, witness, key },
    head ?? headOf(chain, '', base, { counter: undefined, notes: [] }),
  );
  if (tpm) seal.countWith(await startCounting(seal, tpm, counted));
  const isLaid = head !== undefined && (await readIfThere(publicKeyFile(folder))) !== undefined;
  if (!isLaid) {
    await seal.lay();
    await layPublicKey(folder, key.name);
  }
  return ok(seal);
}

/** Takes the TPM's counter as it stands, or makes one. What nobody can explain is noted for the next visit's record. */
async function startCounting(seal: Seal, tpm: Tpm, counted: Counted): Promise<LineCounter> {
  const { counter, notes } = seal.told;
  switch (counted.is) {
    case 'none':
    case 'silent':
      return new LineCounter(tpm, undefined);
    case 'right':
      return new LineCounter(tpm, counter);
    case 'behind':
      return LineCounter.caughtUp(tpm, counter);
    case 'other': {
      const note = counter === undefined ? 'counted-before' : 'cleared';
      await seal.lay({ counter: counted.count, notes: withNote(notes, note) });
      return new LineCounter(tpm, counted.count);
    }
    case 'absent':
      return new LineCounter(tpm, await countAnew(seal, tpm));
  }
}

/** Makes a counter, and resolves to what it stands at; undefined where the TPM makes none. */
async function countAnew(seal: Seal, tpm: Tpm): Promise<number | undefined> {
  const { counter, notes } = seal.told;
  const noted = counter === undefined ? notes : withNote(notes, 'cleared');
  // The old count goes first: with it a new counter, which may stand higher, would tell of records set back.
  if (counter !== undefined) await seal.lay({ counter: undefined, notes: noted });
  const made = await tpm.makeCounter();
  if (!made.ok) return undefined;
  await seal.lay({ counter: made.value, notes: noted });
  return made.value;
}

const withNote = (notes: readonly TpmNote[], note: TpmNote): TpmNote[] => [...new Set([...notes, note])];

async function appendLine(file: string, line: string): Promise<void> {
  const handle = await open(file, 'a', 0o600);
  try {
    await handle.writeFile(`${line}\n`);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
