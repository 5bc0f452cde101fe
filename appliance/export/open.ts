import { createHash, type Hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type FileHandle, mkdtemp, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { createTarDecoder } from 'modern-tar';

import { isSystemError, writeFault } from '../record/fault.js';
import { makeFolder, syncFolder } from '../record/folder.js';
import { err, ok, type Result } from '../result.js';
import { longestSignature, recordsSignerOf } from '../signature/signature.js';

export type OpenFault =
  /** The system refuses to read the copy. */
  | 'unreadable'
  /** Not encrypted by age, or not even its beginning is whole. */
  | 'not-age'
  /** None of the identities can open it. */
  | 'wrong-identity'
  /** A byte of it is not what was written, or it was cut short. */
  | 'changed'
  /** Decrypted, it is no archive of records. */
  | 'not-records'
  /** There is no signature beside it, and a key was named that must have signed. */
  | 'unsigned'
  /** The file of the signature is damaged. */
  | 'signature-torn'
  /** The signature is of another file. */
  | 'other-file'
  /** Signed by another box's key than the one that was named, or than the one in it. */
  | 'other-key'
  /** There is something under the folder's name. */
  | 'exists'
  | 'disk-full'
  | 'write-failed';

/** What came out of a copy: the names of the files, and the key that signed it; undefined without a signature. */
export type Opened = { readonly files: readonly string[]; readonly signer: string | undefined };

/** What a copy may hold, and at most how many bytes of it; the records of ten years are some 50 MB. */
const longest: ReadonlyMap<string, number> = new Map([
  ['records.jsonl', 1024 ** 3],
  ['records.head', 16 * 1024],
  ['device.pub', 256],
]);

/** A header of age with one recipient has some two hundred bytes. */
const longestHeader = 64 * 1024;

/**
 * Decrypts a copy of the records, checks its signature, and lays what is in it into a new folder. Nothing is there under
 * the folder's name before all of it was checked.
 *
 * @param identities of age
 * @param key that must have signed it, as `ed25519:BASE64`; without one any box's key may have
 */
export async function openCopy(
  file: string,
  identities: readonly string[],
  key: string | undefined,
  folder: string,
): Promise<Result<Opened, OpenFault>> {
  if (existsSync(folder)) return err('exists');
  const source = await sourceOf(file);
  if (!source.ok) return source;
  const { handle, signature } = source.value;
  let unfinished: string | undefined;
  try {
    if (signature === undefined && key !== undefined) return err('unsigned');
    if (!(await beginsAsAge(handle))) return err('not-age');
    await makeFolder(dirname(folder));
    unfinished = await mkdtemp(`${folder}.part-`);
    const read = await decryptInto(unfinished, handle, identities);
    if (!read.ok) return read;
    const { files, sha256, pub } = read.value;
    const signer = signature === undefined ? ok(undefined) : recordsSignerOf(sha256, signature);
    if (!signer.ok) return err(signer.error === 'torn' ? 'signature-torn' : signer.error);
    const others = [key, pub].filter((other) => other !== undefined && other !== signer.value);
    if (signer.value !== undefined && others.length > 0) return err('other-key');
    await syncFolder(unfinished);
    await rename(unfinished, folder);
    return ok({ files, signer: signer.value });
  } catch (error) {
    if (isSystemError(error) && error.syscall === 'read') return err('unreadable');
    return err(writeFault(error) === 'record-disk-full' ? 'disk-full' : 'write-failed');
  } finally {
    await handle.close();
    if (unfinished !== undefined) await rm(unfinished, { recursive: true, force: true });
  }
}

type Source = { readonly handle: FileHandle; readonly signature: string | undefined };

async function sourceOf(file: string): Promise<Result<Source, 'unreadable' | 'signature-torn'>> {
  try {
    const signature = await signatureBeside(file);
    if (!signature.ok) return signature;
    const handle = await open(file, 'r');
    if ((await handle.stat()).isFile()) return ok({ handle, signature: signature.value });
    await handle.close();
    return err('unreadable');
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return err('unreadable');
  }
}

async function signatureBeside(file: string): Promise<Result<string | undefined, 'signature-torn'>> {
  try {
    const text = await readFile(`${file}.sig`, 'latin1');
    return text.length > longestSignature ? err('signature-torn') : ok(text);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return ok(undefined);
    throw error;
  }
}

/** The header must end within reason: the library would read one of any length into memory. */
async function beginsAsAge(handle: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(longestHeader), 0, longestHeader, 0);
  const start = buffer.subarray(0, bytesRead).toString('latin1');
  return start.startsWith('age-encryption.org/v1\n') && start.includes('\n--- ');
}

type Decrypted = { readonly files: string[]; readonly sha256: string; readonly pub: string | undefined };

async function decryptInto(
  folder: string,
  handle: FileHandle,
  identities: readonly string[],
): Promise<Result<Decrypted, OpenFault>> {
  const hash = createHash('sha256');
  const bytes = ReadableStream.from(hashed(handle, hash));
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  try {
    for (const identity of identities) decrypter.addIdentity(identity);
    const plain = await decrypter.decrypt(bytes);
    const files = await unpackInto(folder, plain);
    if (!files.ok) return files;
    const pub = files.value.get('device.pub')?.trimEnd();
    return ok({ files: [...files.value.keys()], sha256: hash.digest('hex'), pub });
  } catch (error) {
    if (isSystemError(error)) throw error;
    return err(isNoMatch(error) ? 'wrong-identity' : 'changed');
  }
}

/** The whole file, which is hashed as it is read. */
async function* hashed(handle: FileHandle, hash: Hash): AsyncGenerator<Uint8Array> {
  const bytes = handle.createReadStream({ start: 0, autoClose: false, highWaterMark: 256 * 1024 });
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    hash.update(chunk);
    yield chunk;
  }
}

/** The library has no codes for its errors. */
const isNoMatch = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('no identity matched');

/** Lays the archive's files into a folder. Resolves to their names, with the content of the short ones. */
async function unpackInto(
  folder: string,
  archive: ReadableStream<Uint8Array>,
): Promise<Result<Map<string, string>, 'not-records'>> {
  const found = new Map<string, string>();
  const entries = archive.pipeThrough(createTarDecoder({ strict: true }));
  for await (const { header, body } of entries as AsyncIterable<TarFile>) {
    const most = longest.get(header.name);
    const wanted = most !== undefined && header.type === 'file' && header.size <= most;
    if (!wanted || found.has(header.name)) return err('not-records');
    found.set(header.name, await write(join(folder, header.name), body));
  }
  return found.has('records.jsonl') ? ok(found) : err('not-records');
}

type TarFile = {
  readonly header: { readonly name: string; readonly type?: string; readonly size: number };
  readonly body: ReadableStream<Uint8Array>;
};

/** Writes a new file. Resolves to its first bytes, as text. */
async function write(path: string, content: ReadableStream<Uint8Array>): Promise<string> {
  const handle = await open(path, 'wx', 0o600);
  let start = '';
  try {
    for await (const chunk of content as AsyncIterable<Uint8Array>) {
      if (start.length < 256) start += Buffer.from(chunk).toString('latin1', 0, 256);
      await handle.writeFile(chunk);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return start;
}
