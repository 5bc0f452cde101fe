import { open, stat, type FileHandle } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import { err, ok, type Result } from '../result.js';
import { emptyChain, entryLine, link, type Chain } from './chain.js';
import { entry, type Entry, type VisitReport } from './entry.js';
import { isSystemError, writeFault, type WriteFault } from './fault.js';
import { makeFolder, syncFolder } from './folder.js';
import { localTime } from './local-time.js';
import { numberAfter } from './number.js';
import { countTorn, setTornAside } from './torn.js';
import { walk, type Break, type Walk } from './walk.js';

/** What an entry says beside the visit itself: where it was made, and with what. */
export type Surroundings = Pick<Entry, 'municipality' | 'counter' | 'software' | 'model'>;

export type NotOpened =
  | { readonly fault: WriteFault }
  /** The chain does not hold. Nothing is repaired and nothing appended: the file is evidence. */
  | { readonly fault: 'record-broken'; readonly at: Break };

/**
 * Opens the record file for appending, and makes it, and its folder, where there is none. The whole chain is
 * checked first; what a power cut left of a last line is set aside beside the file.
 *
 * @param now the clock that dates and numbers the entries
 */
export async function openRecords(
  file: string,
  now: () => Date = () => new Date(),
): Promise<Result<Records, NotOpened>> {
  const path = resolve(file);
  try {
    const walked = await walkIfThere(path);
    if (!walked.ok) return err({ fault: 'record-broken', at: walked.error });
    const { chain, length, torn } = walked.value;
    if (torn !== undefined) await setTornAside(path, torn, length);
    const handle = await openForAppending(path);
    return ok(new Records(path, now, handle, chain, length, await countTorn(path)));
  } catch (error) {
    return err({ fault: writeFault(error) });
  }
}

async function walkIfThere(file: string): Promise<Result<Walk, Break>> {
  try {
    return await walk(file);
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'ENOENT') throw error;
    return ok({ chain: emptyChain, length: 0, torn: undefined });
  }
}

async function openForAppending(file: string): Promise<FileHandle> {
  const folder = dirname(file);
  await makeFolder(folder);
  const handle = await open(file, 'a', 0o600);
  try {
    await handle.sync();
    await syncFolder(folder);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** The open record file. It expects to be the only one that writes to it. */
export class Records {
  /** Pieces of records that a power cut tore and that lie beside the file, from this start or an earlier one. */
  readonly torn: number;

  readonly #file: string;
  readonly #now: () => Date;
  readonly #handle: FileHandle;
  #chain: Chain;
  #length: number;
  /** A write was begun and not ended well, so that bytes beyond `#length` may be there. */
  #overhang = false;
  #queue: Promise<unknown> = Promise.resolve();

  /** Made by `openRecords`. */
  constructor(file: string, now: () => Date, handle: FileHandle, chain: Chain, length: number, torn: number) {
    this.#file = file;
    this.#now = now;
    this.#handle = handle;
    this.#chain = chain;
    this.#length = length;
    this.torn = torn;
  }

  /**
   * Adds the entry of a visit that ends now; once this resolves it survives a power cut. After a failure the
   * file is as it was before, and the same report can be handed in again.
   */
  async append(report: VisitReport, surroundings: Surroundings): Promise<Result<Entry, WriteFault>> {
    const endedAt = localTime(this.#now());
    const appended = this.#queue.then(() => this.#append(report, surroundings, endedAt));
    this.#queue = appended.catch(() => undefined);
    return appended;
  }

  /** Waits for what is being appended, then closes the file. */
  async close(): Promise<void> {
    await this.#queue;
    await this.#handle.close();
  }

  async #append(report: VisitReport, surroundings: Surroundings, endedAt: string) {
    const added = entry.parse({
      ...report,
      ...surroundings,
      version: 1,
      number: numberAfter(this.#chain.last?.number, endedAt),
      endedAt,
      previous: this.#chain.hash,
    });
    const line = entryLine(added);
    const written = await this.#write(Buffer.concat([line, Buffer.from('\n')]));
    if (!written.ok) return written;
    this.#chain = link(this.#chain, added, line);
    return ok(added);
  }

  async #write(bytes: Uint8Array): Promise<Result<undefined, WriteFault>> {
    try {
      await this.#cutOverhang();
      if (!(await this.#isUntouched())) return err('record-failed');
      this.#overhang = true;
      const { bytesWritten } = await this.#handle.write(bytes);
      // A regular file takes less than it is given for one reason only: there is no room for more.
      if (bytesWritten < bytes.length) return await this.#takeBack('record-disk-full');
      await this.#handle.datasync();
      this.#overhang = false;
      this.#length += bytes.length;
      return ok();
    } catch (error) {
      return this.#takeBack(writeFault(error));
    }
  }

  /** Undoes a failed write. Where that fails too, it is tried again before the next. */
  async #takeBack(fault: WriteFault) {
    await this.#cutOverhang().catch(writeFault);
    return err(fault);
  }

  async #cutOverhang(): Promise<void> {
    if (!this.#overhang) return;
    await this.#handle.truncate(this.#length);
    await this.#handle.datasync();
    this.#overhang = false;
  }

  /** Whether the file is still the one that was opened, in its place, and as long as this left it. */
  async #isUntouched(): Promise<boolean> {
    const held = await this.#handle.stat();
    const named = await stat(this.#file);
    return held.size === this.#length && named.ino === held.ino && named.dev === held.dev;
  }
}
