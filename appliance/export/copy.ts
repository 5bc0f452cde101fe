import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { isSystemError, writeFault } from '../record/fault.js';
import { syncFolder } from '../record/folder.js';
import { err, ok, type Result } from '../result.js';
import { mount } from '../stick/mount.js';
import type { Mounted } from '../stick/mounted.js';
import { isPluggedIn, findAgain, type Stick } from '../stick/sticks.js';
import { besideOf, freeName, partsOf, sumOf, unfinished } from './name.js';
import type { Beside, ExportFault, Label } from './protocol.js';

/** Reserve in bytes for what lies beside the copy and the file system itself. */
const reserve = 256 * 1024;

/** Sync after so many bytes. It makes the sender wait for a slow stick instead of filling memory. */
const syncEvery = 1024 * 1024;

/** Bytes read back from the stick between two reports of progress. */
const readSize = 1024 * 1024;

/** A copy of the records in progress on a stick. */
export class Copy {
  readonly #stick: Stick;
  readonly #name: string;
  readonly #bytes: number;
  readonly #hash = createHash('sha256');
  #mounted: Mounted | undefined;
  #handle: FileHandle | undefined;
  #written = 0;
  #synced = 0;

  private constructor(stick: Stick, mounted: Mounted, name: string, handle: FileHandle, bytes: number) {
    this.#stick = stick;
    this.#mounted = mounted;
    this.#name = name;
    this.#handle = handle;
    this.#bytes = bytes;
  }

  /** Mounts the stick and starts a copy of so many bytes. */
  static async begin(stick: Stick, label: Label, bytes: number): Promise<Result<Copy, ExportFault>> {
    if (stick.readOnly) return err('stick-read-only');
    const mounted = await mountForWriting(stick);
    if (!mounted.ok) return mounted;
    const { point } = mounted.value;
    try {
      const { bavail, bsize } = await statfs(point);
      if (bavail * bsize < bytes + reserve) {
        await mounted.value.unmount();
        return err('stick-full');
      }
      const name = await freeName(point, label);
      const handle = await openNew(unfinished(join(point, name)));
      return ok(new Copy(stick, mounted.value, name, handle, bytes));
    } catch (error) {
      await mounted.value.unmount();
      return err(await faultOf(error, stick));
    }
  }

  /** Appends a chunk. A failure aborts the copy. */
  async add(chunk: Uint8Array): Promise<Result<undefined, ExportFault>> {
    return this.#orAbort(async () => {
      await this.#handle!.writeFile(chunk);
      this.#hash.update(chunk);
      this.#written += chunk.length;
      if (this.#written - this.#synced < syncEvery) return ok();
      await this.#handle!.datasync();
      this.#synced = this.#written;
      return ok();
    });
  }

  /**
   * Reads the copy back from the stick, gives it its final name, and unmounts the stick. Resolves to the name.
   *
   * @param beside what lies beside it, besides its checksum
   * @param report receives the fraction read back, 0 to 1
   */
  async finish(
    sha256: string,
    beside: Beside,
    report: (fraction: number) => void,
  ): Promise<Result<string, ExportFault>> {
    if (this.#written !== this.#bytes || this.#hash.digest('hex') !== sha256) {
      await this.abort();
      return err('records-unreadable');
    }
    return this.#orAbort(async () => {
      await this.#handle!.sync();
      await this.#close();
      const path = () => join(this.#mounted!.point, this.#name);
      // The format of sha256sum(1), for its --check.
      const companions = [
        { file: sumOf, content: Buffer.from(`${sha256}  ${this.#name}\n`) },
        ...besideFiles(beside),
      ];
      for (const { file, content } of companions) await writeNew(unfinished(file(path())), content);
      report(0);
      const read = await this.#readBack(sha256, report);
      if (!read.ok) return read;
      // The copy comes last: one with its final name has all that belongs beside it.
      for (const final of [...companions.map(({ file }) => file(path())), path()])
        await rename(unfinished(final), final);
      await syncFolder(this.#mounted!.point);
      return (await this.#unmount()) ? ok(this.#name) : err(await this.#lostOr('write-failed'));
    });
  }

  /** Deletes what was written, and unmounts the stick. */
  async abort(): Promise<void> {
    await this.#close().catch(() => undefined);
    if (!this.#mounted) return;
    for (const file of partsOf(join(this.#mounted.point, this.#name)))
      await rm(unfinished(file), { force: true }).catch(() => undefined);
    await this.#unmount();
  }

  /** Mounts the stick anew first, so that it reads from the stick and not from the page cache. */
  async #readBack(
    sha256: string,
    report: (fraction: number) => void,
  ): Promise<Result<undefined, ExportFault>> {
    if (!(await this.#unmount())) return err(await this.#lostOr('write-failed'));
    const again = await mountForWriting(this.#stick);
    if (!again.ok) return err(await this.#lostOr(again.error));
    this.#mounted = again.value;
    report(0);
    const file = unfinished(join(again.value.point, this.#name));
    const read = await sumOfFile(file, (bytes) => report(Math.min(bytes / this.#bytes, 1)));
    return read === sha256 ? ok() : err('not-the-same');
  }

  async #orAbort<T>(work: () => Promise<Result<T, ExportFault>>): Promise<Result<T, ExportFault>> {
    let done: Result<T, ExportFault> | undefined;
    try {
      done = await work();
    } catch (error) {
      done = err(await faultOf(error, this.#stick));
    } finally {
      if (!done?.ok) await this.abort();
    }
    return done;
  }

  async #lostOr(why: ExportFault): Promise<ExportFault> {
    return (await isPluggedIn(this.#stick)) ? why : 'stick-lost';
  }

  async #close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close();
  }

  async #unmount(): Promise<boolean> {
    const mounted = this.#mounted;
    this.#mounted = undefined;
    return (await mounted?.unmount()) ?? true;
  }
}

/** Mounts a stick, unless another of our programs has mounted it at the same moment. */
async function mountForWriting(stick: Stick): Promise<Result<Mounted, ExportFault>> {
  const mounted = await mount(stick, 'write');
  if (!mounted.ok) return mounted;
  const now = await findAgain(stick);
  if (!now || now.mounts <= 1) return mounted;
  await mounted.value.unmount();
  return err('busy');
}

function besideFiles(beside: Beside) {
  return (['sig', 'head', 'pub'] as const).flatMap((kind) => {
    const base64 = beside[kind];
    const file = (path: string) => besideOf(path, kind);
    return base64 === undefined ? [] : [{ file, content: Buffer.from(base64, 'base64') }];
  });
}

async function writeNew(path: string, content: Buffer): Promise<void> {
  const handle = await openNew(path);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Creates a file, never through a link on the stick. Removes the leftover of an interrupted copy. */
async function openNew(path: string): Promise<FileHandle> {
  await rm(path, { force: true });
  return open(path, 'wx');
}

/** The sha256 of a file on the stick; undefined if the name is no longer that of a regular file. */
async function sumOfFile(path: string, report: (bytes: number) => void): Promise<string | undefined> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  // O_NONBLOCK: do not hang if it is a FIFO by now.
  const handle = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    if (!(await handle.stat()).isFile()) return undefined;
    const hash = createHash('sha256');
    const stream = handle.createReadStream({ highWaterMark: readSize, autoClose: false });
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      hash.update(chunk);
      report(stream.bytesRead);
    }
    return hash.digest('hex');
  } finally {
    await handle.close();
  }
}

const writeProtected = ['EROFS', 'EACCES', 'EPERM'];

/** Errors of a stick that was pulled out. udev reports that a little later. */
const maybeGone = ['ENODEV', 'ENXIO', 'EIO'];
const udevDelayMs = 1000;

async function faultOf(error: unknown, stick: Stick): Promise<ExportFault> {
  if (!isSystemError(error)) throw error;
  if (maybeGone.includes(error.code) && (await isPluggedIn(stick))) await wait(udevDelayMs);
  if (!(await isPluggedIn(stick))) return 'stick-lost';
  if (writeProtected.includes(error.code)) return 'stick-read-only';
  return writeFault(error) === 'record-disk-full' ? 'stick-full' : 'write-failed';
}
