import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, openSync, readSync, rmSync, truncateSync, writeSync } from 'node:fs';

import type { Board } from '../../image/os/board.js';
import { type SlotName, slotNames } from '../../image/os/options.js';
import type { Slot } from '../../image/os/slot.js';

const mebibyte = 2 ** 20;

/** Where image/os/card.ts has genimage begin the boot partition and the slots, in MiB. */
const bootPartition = 1;
const slots: Readonly<Record<SlotName, number>> = { a: 513, b: 1537 };
/** In MiB: that of each slot. */
const room = slots.b - slots.a;

/** In MiB: the records' partition has room to grow when the box first starts. */
const size = 3072;

/** A card that was flashed with an image, out of its box. */
export class Card {
  readonly file: string;

  private constructor(file: string) {
    this.file = file;
  }

  /** Writes an image to a new card. */
  static flash(image: string, file: string): Card {
    const card = new Card(image).copy(file);
    truncateSync(file, size * mebibyte);
    return card;
  }

  /** Makes a second card with what lies on this one. */
  copy(file: string): Card {
    execFileSync('cp', ['--sparse=always', '--reflink=auto', this.file, file]);
    return new Card(file);
  }

  /** Lays a file on the partition that a PC can read. */
  put(file: string, name: string): void {
    execFileSync('mcopy', ['-o', '-i', this.#boot, file, `::${name}`]);
  }

  /** Takes a file or a folder off that partition. */
  take(name: string, into: string): void {
    execFileSync('mcopy', ['-s', '-n', '-i', this.#boot, `::${name}`, into]);
  }

  /** What a file on that partition says, whose name may have a `*` in it; undefined where there is none. */
  read(name: string): string | undefined {
    const { status, stdout } = spawnSync('mcopy', ['-i', this.#boot, `::${name}`, '-'], { encoding: 'utf8' });
    return status === 0 ? stdout : undefined;
  }

  /** Copies what lies in a slot to a file: so many bytes of it. */
  takeSlot(slot: SlotName, bytes: number, into: string): void {
    const count = Math.ceil(bytes / mebibyte);
    const from = [`if=${this.file}`, `of=${into}`, 'bs=1M', `skip=${slots[slot]}`, `count=${count}`];
    execFileSync('dd', [...from, 'conv=sparse', 'status=none']);
    truncateSync(into, bytes);
  }

  /** What the words that a slot's kernel gets say of its root; undefined where nothing starts from that slot. */
  seal({ start }: Pick<Board, 'start'>, slot: SlotName): Pick<Slot, 'hash' | 'tree'> | undefined {
    const file = start.kind === 'uefi' ? `loader/entries/slot-${slot}+*.conf` : `slot-${slot}/cmdline.txt`;
    const found = /terashi\.hash=([0-9a-f]{64}) terashi\.tree=(\d+)/.exec(this.read(file) ?? '');
    return found ? { hash: found[1], tree: Number(found[2]) } : undefined;
  }

  /** Those slots each byte of which is as verity will ask for. */
  wholeSlots(board: Pick<Board, 'start'>): SlotName[] {
    return slotNames.filter((slot) => {
      const seal = this.seal(board, slot);
      if (!seal) return false;
      const file = `${this.file}.slot`;
      this.takeSlot(slot, room * mebibyte, file);
      const asked = ['verify', `--hash-offset=${seal.tree}`, file, file, seal.hash];
      const { status } = spawnSync('veritysetup', asked, { stdio: 'ignore' });
      rmSync(file);
      return status === 0;
    });
  }

  /** Turns all bits of one byte of a slot. */
  spoil(slot: SlotName, offset: number): void {
    const card = openSync(this.file, 'r+');
    const byte = Buffer.alloc(1);
    const place = slots[slot] * mebibyte + offset;
    readSync(card, byte, 0, 1, place);
    writeSync(card, Buffer.of(byte[0] ^ 0xff), 0, 1, place);
    closeSync(card);
  }

  get #boot(): string {
    return `${this.file}@@${bootPartition}M`;
  }
}
