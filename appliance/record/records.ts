import { open, stat, type FileHandle } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import type { Clock } from '../clock/clock.js';
import { latestTime } from '../clock/plausible.js';
import type { Reading } from '../clock/trust.js';
import { err, ok, type Result } from '../result.js';
import { countBoot } from './boot.js';
import { entryLine, appendEntry, type Chain, openNumber } from './chain.js';
import {
  type AnyEntry,
  type BegunEntry,
  begunEntry,
  type InterruptedEntry,
  interruptedEntry,
  newEntry,
  type Entry,
  type VendorEntry,
  vendorEntry,
  type VendorReport,
  type VisitReport,
} from './entry.js';
import { writeFault, type WriteFault } from './fault.js';
import { makeFolder, syncFolder } from './folder.js';
import { localTime } from './local-time.js';
import { nextNumber, yearOf } from './number.js';
import type { InForce } from './in-force.js';
import { type Break, type ChainRead, readChainIfThere } from './read-chain.js';
import type { Seal } from './seal.js';
import { type Guards, type NotSealed, sealRecords } from './seal-records.js';
import type { Tampered } from './sealed-chain.js';
import { countTorn, moveTornAside } from './torn.js';
import type { TpmNote } from './tpm-note.js';

/** What an entry holds besides the visit: where it was made, and with which software. */
export type EntryContext = Pick<Entry, 'municipality' | 'counter' | 'software' | 'model' | 'debugImage'>;

export type NotOpened =
  | { readonly fault: WriteFault }
  /** The chain is broken, or differs from its seal. Nothing is repaired or appended: the file is evidence. */
  | { readonly fault: 'record-broken'; readonly at: Break | Tampered };

/**
 * Opens the record file for appending; makes it and its folder if needed. Checks the whole chain first, and moves a torn
 * last line aside.
 *
 * @param clock dates the entries, and judges whether its time is trusted
 * @param guards what guards them; without any the file is not sealed, as that of a program which only measures
 */
export async function openRecords(
  file: string,
  clock: Clock,
  guards?: Guards,
): Promise<Result<Records, NotOpened>> {
  const path = resolve(file);
  try {
    const opened = await (guards === undefined ? readUnsealed(path) : sealRecords(path, guards));
    if (!opened.ok) return err(notOpened(opened.error));
    const { read, seal } = opened.value;
    const boot = await countBoot(path, clock.bootId, bootOf(read.chain));
    const handle = await openForAppending(path);
    return ok(new Records(path, clock, boot, handle, read, seal, await countTorn(path)));
  } catch (error) {
    return err({ fault: writeFault(error) });
  }
}

const notOpened = (at: NotSealed): NotOpened =>
  at.why === 'key-silent' ? { fault: 'record-failed' } : { fault: 'record-broken', at };

async function readUnsealed(
  path: string,
): Promise<Result<{ readonly read: ChainRead; readonly seal: undefined }, Break>> {
  const read = await readChainIfThere(path);
  if (!read.ok) return read;
  if (read.value.torn) await moveTornAside(path, read.value.length);
  return ok({ read: read.value, seal: undefined });
}

function bootOf({ last }: Chain): number {
  return last === undefined || last.version === 1 ? 0 : last.boot;
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

/** The open record file. Expects to be its only writer. */
export class Records {
  /** Number of torn pieces beside the file, from this start or earlier ones. */
  readonly torn: number;

  /** Which boot this is, counted from 1. */
  readonly boot: number;

  readonly #file: string;
  readonly #clock: Clock;
  readonly #handle: FileHandle;
  readonly #seal: Seal | undefined;
  #chain: Chain;
  #length: number;
  /** A write failed or is running: there may be bytes beyond `#length`. */
  #overhang = false;
  #queue: Promise<unknown> = Promise.resolve();

  /** Made by `openRecords`. */
  constructor(
    file: string,
    clock: Clock,
    boot: number,
    handle: FileHandle,
    { chain, length }: ChainRead,
    seal: Seal | undefined,
    torn: number,
  ) {
    this.#file = file;
    this.#clock = clock;
    this.boot = boot;
    this.#handle = handle;
    this.#seal = seal;
    this.#chain = chain;
    this.#length = length;
    this.torn = torn;
  }

  /**
   * Appends that a visit begins. It is durable when this resolves, with the number that the visit's end will have.
   *
   * @param inForce under which rules it is made
   */
  async begin(
    inForce: InForce,
    practice: boolean,
    context: Omit<EntryContext, 'model'>,
  ): Promise<Result<BegunEntry, WriteFault>> {
    return this.#appendNext((moment) =>
      begunEntry.parse({
        version: 4,
        kind: 'begun',
        ...moment,
        ...context,
        practice,
        inForce,
        ...this.#unsignedBefore,
        ...this.#ofTpm,
        previous: this.#chain.hash,
      }),
    );
  }

  /**
   * Appends the entry of a visit that ends now, with the number under which it began. It is durable when this resolves.
   * After a failure the file is unchanged, and the same report can be appended again.
   */
  async append(report: VisitReport, context: EntryContext): Promise<Result<Entry, WriteFault>> {
    return this.#appendNext((moment) => {
      const number = openNumber(this.#chain);
      const numbered = number === undefined ? moment : { ...moment, number };
      return newEntry.parse({ ...report, ...context, version: 2, ...numbered, previous: this.#chain.hash });
    });
  }

  /** Closes a visit that began and never ended, if there is one: at the start, before the next begins. */
  async closeInterrupted(
    context: Omit<EntryContext, 'model'>,
  ): Promise<Result<InterruptedEntry | undefined, WriteFault>> {
    const number = openNumber(this.#chain);
    if (number === undefined) return ok(undefined);
    return this.#appendNext((moment) =>
      interruptedEntry.parse({
        version: 4,
        kind: 'interrupted',
        ...moment,
        number,
        ...context,
        previous: this.#chain.hash,
      }),
    );
  }

  /** Appends what a vendor did just now, as durable as a visit. */
  async appendVendor(
    report: VendorReport,
    context: Omit<EntryContext, 'model'>,
  ): Promise<Result<VendorEntry, WriteFault>> {
    return this.#appendNext((moment) =>
      vendorEntry.parse({ ...report, ...context, version: 3, ...moment, previous: this.#chain.hash }),
    );
  }

  /** Time of the last record with a trusted time, in milliseconds since 1970. */
  get trustedAt(): number | undefined {
    return this.#chain.trustedAt;
  }

  /** Time of the last record, trusted or not, in milliseconds since 1970. */
  get lastAt(): number | undefined {
    const { last } = this.#chain;
    return last && Date.parse(last.endedAt);
  }

  /** The number of the last visit, if it was interrupted. */
  get interrupted(): string | undefined {
    const { visit, begun } = this.#chain;
    return visit === 'interrupted' ? begun?.number : undefined;
  }

  /** Whether a TPM counts the lines; `silent` where it should and does not. */
  get tpm(): 'counts' | 'silent' | 'none' {
    return this.#seal?.tpm ?? 'none';
  }

  /** Closes the file after pending appends. */
  async close(): Promise<void> {
    await this.#queue;
    await this.#handle.close();
  }

  /** @param make makes the entry of its number and time, once all before it are written */
  async #appendNext<Added extends AnyEntry>(
    make: (moment: object) => Added,
  ): Promise<Result<Added, WriteFault>> {
    const ended = this.#clock.read();
    const appended = this.#queue.then(() => this.#append(make(this.#moment(ended))));
    this.#queue = appended.catch(() => undefined);
    return appended;
  }

  /** What dates and numbers the next entry. */
  #moment(ended: Reading): object {
    const { doubt: _, ...trust } = this.#clock.judge(ended, this.trustedAt);
    const endedAt = localTime(new Date(ended.wall));
    const year = trust.timeTrusted ? yearOf(endedAt) : this.#currentYear;
    const number = nextNumber(this.#chain.serials, year);
    return { number, endedAt, boot: this.boot, tick: this.#tick(ended), ...trust };
  }

  async #append<Added extends AnyEntry>(added: Added): Promise<Result<Added, WriteFault>> {
    const line = entryLine(added);
    const chain = appendEntry(this.#chain, added, line);
    const written = await this.#write(line, chain);
    if (!written.ok) return written;
    this.#chain = chain;
    return ok(added);
  }

  /** Said once, in the first line that tells of a head of this key. */
  get #unsignedBefore(): { unsignedBefore?: number } {
    const unsigned = this.#seal?.unsigned ?? 0;
    return unsigned > 0 && this.#chain.begunAt <= unsigned ? { unsignedBefore: unsigned } : {};
  }

  get #ofTpm(): { tpm?: TpmNote[] } {
    const notes = this.#seal?.notes ?? [];
    return notes.length > 0 ? { tpm: [...notes] } : {};
  }

  /** The year in which numbers go on while the clock is not trusted: the last one, unless no box lives to see it. */
  get #currentYear(): string {
    const { builtAt } = this.#clock;
    const [built, latest] = [builtAt, latestTime(builtAt)].map((time) => yearOf(localTime(new Date(time))));
    const last = this.#chain.last && yearOf(this.#chain.last.number);
    return last !== undefined && last <= latest ? last : built;
  }

  /** Two visits may end within one step of the counter, which is ten milliseconds. */
  #tick({ sinceBoot }: Reading): number {
    const { last } = this.#chain;
    const isOfThisBoot = last !== undefined && last.version !== 1 && last.boot === this.boot;
    return isOfThisBoot ? Math.max(sinceBoot, last.tick + 1) : sinceBoot;
  }

  async #write(line: Uint8Array, chain: Chain): Promise<Result<undefined, WriteFault>> {
    const bytes = Buffer.concat([line, Buffer.from('\n')]);
    try {
      await this.#undo();
      if (!(await this.#isUnchanged())) return err('record-failed');
      this.#overhang = true;
      await this.#seal?.announce(chain, line, this.boot);
      const { bytesWritten } = await this.#handle.write(bytes);
      // A short write to a regular file means that the disk is full.
      if (bytesWritten < bytes.length) return await this.#rollBack('record-disk-full');
      await this.#handle.datasync();
      this.#overhang = false;
      this.#length += bytes.length;
      await this.#seal?.settle();
      return ok();
    } catch (error) {
      return this.#rollBack(writeFault(error));
    }
  }

  /** Undoes a failed write. If that fails too, the next write tries it again. */
  async #rollBack(fault: WriteFault) {
    await this.#undo().catch(writeFault);
    return err(fault);
  }

  /** The line goes before its announcement: a piece of a line that no head announced would be somebody else's. */
  async #undo(): Promise<void> {
    await this.#truncateOverhang();
    await this.#seal?.retract();
  }

  async #truncateOverhang(): Promise<void> {
    if (!this.#overhang) return;
    await this.#handle.truncate(this.#length);
    await this.#handle.datasync();
    this.#overhang = false;
  }

  /** Whether the path still names the opened file, with the length that this class left. */
  async #isUnchanged(): Promise<boolean> {
    const opened = await this.#handle.stat();
    const named = await stat(this.#file);
    return opened.size === this.#length && named.ino === opened.ino && named.dev === opened.dev;
  }
}
