import { open, stat, type FileHandle } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import type { Clock } from '../clock/clock.js';
import type { Reading } from '../clock/trust.js';
import { err, ok, type Result } from '../result.js';
import { countBoot } from './boot.js';
import { entryLine, link, type Chain } from './chain.js';
import { newEntry, type Entry, type VisitReport } from './entry.js';
import { writeFault, type WriteFault } from './fault.js';
import { makeFolder, syncFolder } from './folder.js';
import { localTime } from './local-time.js';
import { numberAfter } from './number.js';
import { countTorn, setTornAside } from './torn.js';
import { walkIfThere, type Break } from './walk.js';

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
 * @param clock it dates the entries, and knows how far it can be trusted
 */
export async function openRecords(file: string, clock: Clock): Promise<Result<Records, NotOpened>> {
  const path = resolve(file);
  try {
    const walked = await walkIfThere(path);
    if (!walked.ok) return err({ fault: 'record-broken', at: walked.error });
    const { chain, length, torn } = walked.value;
    if (torn !== undefined) await setTornAside(path, torn, length);
    const boot = await countBoot(path, clock.bootId, bootOf(chain));
    const handle = await openForAppending(path);
    return ok(new Records(path, clock, boot, handle, chain, length, await countTorn(path)));
  } catch (error) {
    return err({ fault: writeFault(error) });
  }
}

function bootOf({ last }: Chain): number {
  return last?.version === 2 ? last.boot : 0;
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

  /** Which boot this is, counted from 1. */
  readonly boot: number;

  readonly #file: string;
  readonly #clock: Clock;
  readonly #handle: FileHandle;
  #chain: Chain;
  #length: number;
  /** A write was begun and not ended well, so that bytes beyond `#length` may be there. */
  #overhang = false;
  #queue: Promise<unknown> = Promise.resolve();

  /** Made by `openRecords`. */
  constructor(
    file: string,
    clock: Clock,
    boot: number,
    handle: FileHandle,
    chain: Chain,
    length: number,
    torn: number,
  ) {
    this.#file = file;
    this.#clock = clock;
    this.boot = boot;
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
    const ended = this.#clock.read();
    const appended = this.#queue.then(() => this.#append(report, surroundings, ended));
    this.#queue = appended.catch(() => undefined);
    return appended;
  }

  /** When the last record with a trusted time was written, in milliseconds since 1970. */
  get trustedAt(): number | undefined {
    return this.#chain.trustedAt;
  }

  /** When the last record says that it was written, trusted or not, in milliseconds since 1970. */
  get lastAt(): number | undefined {
    const { last } = this.#chain;
    return last && Date.parse(last.endedAt);
  }

  /** Waits for what is being appended, then closes the file. */
  async close(): Promise<void> {
    await this.#queue;
    await this.#handle.close();
  }

  async #append(report: VisitReport, surroundings: Surroundings, ended: Reading) {
    const { doubt: _, ...trust } = this.#clock.judge(ended, this.trustedAt);
    const endedAt = localTime(new Date(ended.wall));
    const added = newEntry.parse({
      ...report,
      ...surroundings,
      version: 2,
      number: this.#number(trust.timeTrusted, endedAt),
      endedAt,
      boot: this.boot,
      tick: this.#tick(ended),
      ...trust,
      previous: this.#chain.hash,
    });
    const line = entryLine(added);
    const written = await this.#write(Buffer.concat([line, Buffer.from('\n')]));
    if (!written.ok) return written;
    this.#chain = link(this.#chain, added, line);
    return ok(added);
  }

  /** A clock that may be wrong begins no year: one that stood in 2036 for a day would number ten years. */
  #number(timeTrusted: boolean, endedAt: string): string {
    const last = this.#chain.last?.number;
    return numberAfter(last, timeTrusted ? endedAt : (last ?? localTime(new Date(this.#clock.builtAt))));
  }

  /** Two visits may end within the ten milliseconds that the counter takes for one. */
  #tick({ sinceBoot }: Reading): number {
    const { last } = this.#chain;
    return last?.version === 2 && last.boot === this.boot ? Math.max(sinceBoot, last.tick + 1) : sinceBoot;
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
