import { dirname, join, parse } from 'node:path';

import { type DeviceKey, deviceKey } from '../record/device-key.js';
import { isSystemError } from '../record/fault.js';
import { readIfThere } from '../record/folder.js';
import { type RecordsSnapshot, snapshotRecords } from '../record/snapshot.js';
import { err, ok, type Result } from '../result.js';
import type { Tpm } from '../tpm/tpm.js';
import { recordsSignatureOf } from '../signature/signature.js';
import { piecesOf, type Outgoing } from './exporter.js';
import type { Beside, ExportFault } from './protocol.js';
import type { Packed } from './tar.js';

/** What an archive of records may hold. */
export const archived = ['records.jsonl', 'records.head', 'device.pub'] as const;

type Companions = { readonly head: string | undefined; readonly pub: string };

/** The state folder, and the TPM that holds the machine's own key where there is one. */
export type KeyPlace = { readonly folder: string; readonly tpm: Tpm | undefined };

/** The records at one moment, and as what they leave the box. */
export type RecordsToGo = { readonly records: RecordsSnapshot; readonly outgoing: Outgoing };

/**
 * Prepares the records to leave this machine, signed with its own key: encrypted, as an archive with the head of their
 * chain and the public key; or readable, with both beside them. It is encrypted here, so that the program that writes to
 * the stick never sees what it writes.
 *
 * @param file of the records
 * @param place of the machine's own key, which is made where there is none
 * @param recipient of age to whom they are encrypted; undefined: anybody can read them
 */
export async function recordsToGo(
  file: string,
  { folder, tpm }: KeyPlace,
  recipient: string | undefined,
): Promise<Result<RecordsToGo, ExportFault>> {
  const records = await snapshotRecords(file);
  if (!records.ok) return records;
  try {
    const found = await deviceKey(folder, tpm);
    if (!found.ok) return err('records-unreadable');
    const key = found.value;
    const head = await readIfThere(join(dirname(file), `${parse(file).name}.head`));
    const companions = { head, pub: `${key.name}\n` };
    const outgoing =
      recipient === undefined
        ? ok(readable(records.value, companions, key))
        : await encrypted(records.value, companions, key, recipient);
    return outgoing.ok ? ok({ records: records.value, outgoing: outgoing.value }) : outgoing;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return err('records-unreadable');
  }
}

function readable(
  { label, bytes, chunks }: RecordsSnapshot,
  companions: Companions,
  key: DeviceKey,
): Outgoing {
  const beside = (sha256: string): Beside => ({
    sig: base64(recordsSignatureOf(sha256, key.secret)),
    pub: base64(companions.pub),
    ...(companions.head !== undefined && { head: base64(companions.head) }),
  });
  return { label: { ...label, as: 'jsonl' }, bytes, chunks, beside };
}

async function encrypted(
  { label, bytes, chunks }: RecordsSnapshot,
  companions: Companions,
  key: DeviceKey,
  recipient: string,
): Promise<Result<Outgoing, 'key-unusable'>> {
  const files = [
    { name: 'records.jsonl', bytes, content: chunks(64 * 1024) },
    ...(companions.head === undefined ? [] : [text('records.head', companions.head)]),
    text('device.pub', companions.pub),
  ] satisfies (Packed & { name: (typeof archived)[number] })[];
  // Loaded when it is needed: a box starts sooner.
  const [{ Encrypter }, { tarBytes, tarOf }] = await Promise.all([
    import('age-encryption'),
    import('./tar.js'),
  ]);
  const encrypter = new Encrypter();
  try {
    encrypter.addRecipient(recipient);
    const stream = await encrypter.encrypt(tarOf(files));
    return ok({
      label: { ...label, as: 'age' },
      bytes: stream.size(tarBytes(files)),
      chunks: (longest) => inPieces(stream, longest),
      beside: (sha256) => ({ sig: base64(recordsSignatureOf(sha256, key.secret)) }),
    });
  } catch (error) {
    if (isSystemError(error)) throw error;
    // A recipient that passed the settings may still be a point of low order, which age refuses.
    return err('key-unusable');
  }
}

async function* inPieces(stream: ReadableStream<Uint8Array>, longest: number): AsyncGenerator<Buffer> {
  for await (const chunk of stream as AsyncIterable<Uint8Array>)
    yield* piecesOf(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length), longest);
}

function text(name: 'records.head' | 'device.pub', content: string): Packed & { name: typeof name } {
  const bytes = Buffer.from(content);
  return { name, bytes: bytes.length, content: [bytes] };
}

const base64 = (content: string): string => Buffer.from(content).toString('base64');
