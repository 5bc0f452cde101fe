import { access, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { err, ok, type Result } from '../result.js';
import type { Tpm } from '../tpm/tpm.js';
import type { Chain } from './chain.js';
import { compareWithCounter, type Counted, type SetBack } from './counted.js';
import { expectedKey, keyNamed, publicKeyFile } from './device-key.js';
import type { AnyEntry } from './entry.js';
import { readIfThere } from './folder.js';
import { isSystemError } from './fault.js';
import { type Head, headFile, headIn, witnessFile } from './head.js';
import { type Break, type ChainRead, readChainIfThere } from './read-chain.js';
import { compareWithHead, compareWithWitness, nameTampering, type Tampering } from './tampering.js';

/** What a chain is compared with, besides its own hashes. */
export type Companions = {
  /** The public key that must have signed the head, as `ed25519:BASE64`; by default that beside the file. */
  readonly key?: string | undefined;
  /** The folder of the witness, where there should be one. */
  readonly witness?: string | undefined;
  /** The TPM that counts the lines; undefined where none is asked. */
  readonly tpm?: Tpm | undefined;
};

/** A chain that its companions agree with; without a head it is from before heads were signed. */
export type SealedChain = ChainRead & {
  readonly head: Head | undefined;
  /** `behind`: the head's last line is to be appended still. */
  readonly state: 'whole' | 'behind' | 'unsigned';
  readonly isWitnessed: boolean;
  readonly counted: Counted;
};

/** What is wrong with the file or a companion, and in which line where that is known. */
export type Tampered = {
  readonly why: Tampering;
  readonly line?: number;
  /** How many lines more the TPM counted. */
  readonly more?: number;
};

/**
 * Reads a record file, and compares it with its head, the box's key and the witness. Throws system errors; a missing file
 * is an empty chain.
 */
export async function readSealedChain(
  file: string,
  { key, witness, tpm }: Companions,
  visit: (entry: AnyEntry) => void = () => undefined,
): Promise<Result<SealedChain, Break | Tampered>> {
  const head = await headIn(headFile(file));
  if (!head.ok) return err({ why: 'head-changed' });
  const witnessed = witness === undefined ? ok(undefined) : await headIn(witnessFile(file, witness));
  if (!witnessed.ok) return err({ why: 'witness-changed' });
  const named = new Map<number, string>();
  const read = await readChainIfThere(file, (entry, { lines, hash }) => {
    if (lines === head.value?.lines) named.set(lines, hash);
    visit(entry);
  });
  const counted = await compareWithCounter(head.value, tpm);
  if (!head.value) return unsigned(file, read, witnessed.value, counted);
  const fault = await keyFault(file, head.value, key);
  if (fault) return err({ why: fault });
  if (key === undefined && (await lacksPublicKey(file, read))) return err({ why: 'key-missing' });
  if (!read.ok) return err({ ...read.error, why: nameTampering(await allLines(file), head.value) });
  if (await isDeleted(file, head.value)) return err({ why: 'deleted' });
  const { chain, torn } = read.value;
  const state = compareWithHead(chain, head.value, (line) => named.get(line), torn);
  if (!state.ok) return err({ why: state.error, line: Math.min(chain.lines, head.value.lines) });
  if (witness !== undefined && (witnessed.value ?? (await isLaid(file, chain)))) {
    const agreed = agreeing(head.value, witnessed.value, state.value);
    if (!agreed.ok) return err({ why: agreed.error });
  }
  if (!counted.ok) return counted;
  return ok({
    ...read.value,
    head: head.value,
    state: state.value,
    isWitnessed: witness !== undefined,
    counted: counted.value,
  });
}

/** A file without a head is one from before they were signed, unless anything tells that there was a head. */
async function unsigned(
  file: string,
  read: Result<ChainRead, Break>,
  witness: Head | undefined,
  counted: Result<Counted, SetBack>,
): Promise<Result<SealedChain, Break | Tampered>> {
  const hadHead =
    witness !== undefined ||
    (read.ok && read.value.chain.begun !== undefined) ||
    (await readIfThere(publicKeyFile(dirname(file)))) !== undefined;
  if (hadHead) return err({ why: 'head-missing' });
  if (!read.ok) return read;
  if (!counted.ok) return counted;
  return ok({
    ...read.value,
    head: undefined,
    state: 'unsigned',
    isWitnessed: false,
    counted: counted.value,
  });
}

/** The public key is laid before the first visit begins, and never removed by the box. */
async function lacksPublicKey(file: string, read: Result<ChainRead, Break>): Promise<boolean> {
  const isBegun = !read.ok || read.value.chain.begun !== undefined;
  return isBegun && (await readIfThere(publicKeyFile(dirname(file)))) === undefined;
}

async function keyFault(
  file: string,
  head: Head,
  pinned: string | undefined,
): Promise<Tampering | undefined> {
  const expected = pinned ?? (await expectedKey(dirname(file)));
  if (expected === undefined) return 'key-missing';
  return expected === head.key && keyNamed(expected) ? undefined : 'key-changed';
}

async function isDeleted(file: string, head: Head): Promise<boolean> {
  if (head.lines === 0) return false;
  try {
    await access(file);
    return false;
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return true;
    throw error;
  }
}

/** Whether the seal was made to its end: the public key comes last, and no visit begins before. */
async function isLaid(file: string, { begun }: Chain): Promise<boolean> {
  return begun !== undefined || (await readIfThere(publicKeyFile(dirname(file)))) !== undefined;
}

function agreeing(
  head: Head,
  witness: Head | undefined,
  state: 'whole' | 'behind',
): Result<undefined, Tampering> {
  return witness ? compareWithWitness(head, witness, state) : err('witness-missing');
}

/** The file's lines without their newlines, for the rare file that is no chain. */
async function allLines(file: string): Promise<Buffer[]> {
  const bytes = await readFile(file);
  const lines: Buffer[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(0x0a, start);
    lines.push(bytes.subarray(start, end < 0 ? bytes.length : end));
    start = end < 0 ? bytes.length : end + 1;
  }
  return lines;
}
