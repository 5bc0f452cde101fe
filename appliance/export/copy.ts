import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { isSystemError, writeFault } from '../record/fault.js';
import { syncFolder } from '../record/folder.js';
import { err, ok, type Result } from '../result.js';
import { mount, type Mounted } from '../stick/mount.js';
import { isThere, lookAgain, type Stick } from '../stick/sticks.js';
import { freeName, sumOf, unfinished } from './name.js';
import type { ExportFault, Label } from './protocol.js';

/** In bytes: for the file of the sha256, and for what a file system needs besides. */
const spareRoom = 256 * 1024;

/** In bytes: so much at most waits in memory to be written, so that a slow stick holds up whoever hands it over. */
const unwritten = 1024 * 1024;

/** In bytes: read back from the stick between two signs of life. */
const readAtATime = 1024 * 1024;

/** A copy of the records that is being written to a stick. */
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

  /** Mounts the stick and begins a copy of so many bytes. */
  static async begin(stick: Stick, label: Label, bytes: number): Promise<Result<Copy, ExportFault>> {
    if (stick.readOnly) return err('stick-read-only');
    const mounted = await take(stick);
    if (!mounted.ok) return mounted;
    const { point } = mounted.value;
    try {
      const { bavail, bsize } = await statfs(point);
      if (bavail * bsize < bytes + spareRoom) {
        await mounted.value.unmount();
        return err('stick-full');
      }
      const name = await freeName(point, label);
      const handle = await openNew(unfinished(join(point, name)));
      return ok(new Copy(stick, mounted.value, name, handle, bytes));
    } catch (error) {
      await mounted.value.unmount();
      return err(await whyNot(error, stick));
    }
  }

  /** Adds to it. After a failure the copy is given up. */
  async add(piece: Uint8Array): Promise<Result<undefined, ExportFault>> {
    return this.#orGiveUp(async () => {
      await this.#handle!.writeFile(piece);
      this.#hash.update(piece);
      this.#written += piece.length;
      if (this.#written - this.#synced < unwritten) return ok();
      await this.#handle!.datasync();
      this.#synced = this.#written;
      return ok();
    });
  }

  /**
   * Gives it its name once all of it was read back from the stick, lets go of the stick, and tells the name.
   *
   * @param tell how much of it was read back, 0 to 1
   */
  async finish(sha256: string, tell: (fraction: number) => void): Promise<Result<string, ExportFault>> {
    if (this.#written !== this.#bytes || this.#hash.digest('hex') !== sha256) {
      await this.giveUp();
      return err('records-unreadable');
    }
    return this.#orGiveUp(async () => {
      await this.#handle!.sync();
      await this.#close();
      await this.#writeSum(sha256);
      tell(0);
      const read = await this.#readBack(sha256, tell);
      if (!read.ok) return read;
      const { point } = this.#mounted!;
      const path = join(point, this.#name);
      // Where the copy is, its sum is too.
      await rename(unfinished(sumOf(path)), sumOf(path));
      await rename(unfinished(path), path);
      await syncFolder(point);
      return (await this.#unmount()) ? ok(this.#name) : err(await this.#lostOr('write-failed'));
    });
  }

  /** Takes away what was written, and lets go of the stick. */
  async giveUp(): Promise<void> {
    await this.#close().catch(() => undefined);
    if (!this.#mounted) return;
    const path = join(this.#mounted.point, this.#name);
    for (const left of [path, sumOf(path)])
      await rm(unfinished(left), { force: true }).catch(() => undefined);
    await this.#unmount();
  }

  async #writeSum(sha256: string): Promise<void> {
    const sum = await openNew(unfinished(sumOf(join(this.#mounted!.point, this.#name))));
    try {
      // As sha256sum(1) writes it, and checks it with --check.
      await sum.writeFile(`${sha256}  ${this.#name}\n`);
      await sum.sync();
    } finally {
      await sum.close();
    }
  }

  /** Mounted anew, it is read from the stick and not from memory. */
  async #readBack(sha256: string, tell: (fraction: number) => void): Promise<Result<undefined, ExportFault>> {
    if (!(await this.#unmount())) return err(await this.#lostOr('write-failed'));
    const again = await take(this.#stick);
    if (!again.ok) return err(await this.#lostOr(again.error));
    this.#mounted = again.value;
    tell(0);
    const file = unfinished(join(again.value.point, this.#name));
    const read = await sumOfFile(file, (bytes) => tell(Math.min(bytes / this.#bytes, 1)));
    return read === sha256 ? ok() : err('not-the-same');
  }

  async #orGiveUp<T>(work: () => Promise<Result<T, ExportFault>>): Promise<Result<T, ExportFault>> {
    let done: Result<T, ExportFault> | undefined;
    try {
      done = await work();
    } catch (error) {
      done = err(await whyNot(error, this.#stick));
    } finally {
      if (!done?.ok) await this.giveUp();
    }
    return done;
  }

  async #lostOr(why: ExportFault): Promise<ExportFault> {
    return (await isThere(this.#stick)) ? why : 'stick-lost';
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

/** Mounts a stick to write to it, unless another program of ours did so in the same moment. */
async function take(stick: Stick): Promise<Result<Mounted, ExportFault>> {
  const mounted = await mount(stick, 'write');
  if (!mounted.ok) return mounted;
  const now = await lookAgain(stick);
  if (!now || now.taken <= 1) return mounted;
  await mounted.value.unmount();
  return err('busy');
}

/** A new file under this name, never one that a link on the stick leads to. What an interruption left is removed. */
async function openNew(path: string): Promise<FileHandle> {
  await rm(path, { force: true });
  return open(path, 'wx');
}

/** The sha256 of a file on the stick; undefined where there is now something else that bears its name. */
async function sumOfFile(path: string, tell: (bytes: number) => void): Promise<string | undefined> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  // Whatever it is, it is not waited for.
  const handle = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    if (!(await handle.stat()).isFile()) return undefined;
    const hash = createHash('sha256');
    const stream = handle.createReadStream({ highWaterMark: readAtATime, autoClose: false });
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      hash.update(chunk);
      tell(stream.bytesRead);
    }
    return hash.digest('hex');
  } finally {
    await handle.close();
  }
}

const mayNot = ['EROFS', 'EACCES', 'EPERM'];

/** What a stick answers from the moment on in which it is pulled out; udev tells so a little later, in milliseconds. */
const maybeGone = ['ENODEV', 'ENXIO', 'EIO'];
const aLittleLater = 1000;

async function whyNot(error: unknown, stick: Stick): Promise<ExportFault> {
  if (!isSystemError(error)) throw error;
  if (maybeGone.includes(error.code) && (await isThere(stick))) await wait(aLittleLater);
  if (!(await isThere(stick))) return 'stick-lost';
  if (mayNot.includes(error.code)) return 'stick-read-only';
  return writeFault(error) === 'record-disk-full' ? 'stick-full' : 'write-failed';
}
