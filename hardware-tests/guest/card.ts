import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

import type { Board } from '../../image/os/board.js';
import { type SlotName, slotNames } from '../../image/os/options.js';
import type { Slot } from '../../image/os/slot.js';
import { unifiedKernelFile } from '../../image/os/uefi/unified-kernel.js';
import { extractSection } from './unified-kernel.js';

const mebibyte = 2 ** 20;

/** Where the FAT partitions and the slots begin, in MiB, as image/os/card.ts has genimage lay them out. */
const [bootPartition, settingsPartition] = [1, 513];
const slotStarts: Readonly<Record<SlotName, number>> = { a: 577, b: 1601 };
/** In MiB, of each slot. */
const slotSize = slotStarts.b - slotStarts.a;

/** In MiB. More than the image, so that the records' partition can grow at the first start. */
const cardSize = 3072;

/** An SD card with a box's image, read and changed while the box is off. */
export class Card {
  readonly file: string;

  private constructor(file: string) {
    this.file = file;
  }

  /** Writes an image to a new card. */
  static flash(image: string, file: string): Card {
    const card = new Card(image).copy(file);
    truncateSync(file, cardSize * mebibyte);
    return card;
  }

  copy(file: string): Card {
    execFileSync('cp', ['--sparse=always', '--reflink=auto', this.file, file]);
    return new Card(file);
  }

  /** Writes a file to the settings partition, as a PC does. */
  writeSettingsFile(file: string, name: string): void {
    execFileSync('mcopy', ['-o', '-i', this.#partition(settingsPartition), file, `::${name}`]);
  }

  /** Copies a file or a folder off the boot partition. */
  extractBoot(name: string, into: string): void {
    execFileSync('mcopy', ['-s', '-n', '-i', this.#partition(bootPartition), `::${name}`, into]);
  }

  /** The text of a file on the boot partition, whose name may contain `*`; undefined where there is none. */
  readBootFile(name: string): string | undefined {
    const { status, stdout } = spawnSync('mcopy', ['-i', this.#partition(bootPartition), `::${name}`, '-'], {
      encoding: 'utf8',
    });
    return status === 0 ? stdout : undefined;
  }

  /** Copies the first bytes of a slot to a file. */
  extractSlot(slot: SlotName, bytes: number, into: string): void {
    const count = Math.ceil(bytes / mebibyte);
    const from = [`if=${this.file}`, `of=${into}`, 'bs=1M', `skip=${slotStarts[slot]}`, `count=${count}`];
    execFileSync('dd', [...from, 'conv=sparse', 'status=none']);
    truncateSync(into, bytes);
  }

  /** Writes a file to the boot partition, as whoever has the card in a PC can. */
  writeBootFile(file: string, name: string): void {
    execFileSync('mcopy', ['-o', '-i', this.#partition(bootPartition), file, `::${name}`]);
  }

  /** Copies slot a's kernel and initrd to a folder, as `linux` and `initrd`, and what a Raspberry Pi has beside them. */
  extractKernel(board: Pick<Board, 'platform' | 'start'>, folder: string): void {
    if (board.start.kind === 'raspberry-pi') {
      this.extractBoot('slot-a', folder);
      return;
    }
    mkdirSync(folder);
    const image = join(folder, unifiedKernelFile);
    this.extractBoot(`slot-a/${unifiedKernelFile}`, image);
    for (const name of ['linux', 'initrd'] as const)
      extractSection(board, image, `.${name}`, join(folder, name));
    rmSync(image);
  }

  /** The root hash and the hash tree's offset on a slot's kernel command line; undefined for an empty slot. */
  verityOf(
    board: Pick<Board, 'platform' | 'start'>,
    slot: SlotName,
  ): Pick<Slot, 'hash' | 'tree'> | undefined {
    const found = /terashi\.hash=([0-9a-f]{64}) terashi\.tree=(\d+)/.exec(
      this.#commandLineOf(board, slot) ?? '',
    );
    return found ? { hash: found[1], tree: Number(found[2]) } : undefined;
  }

  #commandLineOf(board: Pick<Board, 'platform' | 'start'>, slot: SlotName): string | undefined {
    if (board.start.kind === 'raspberry-pi') return this.readBootFile(`slot-${slot}/cmdline.txt`);
    if (this.readBootFile(`loader/entries/slot-${slot}+*.conf`) === undefined) return undefined;
    const [image, section] = [`${this.file}.efi`, `${this.file}.cmdline`];
    this.extractBoot(`slot-${slot}/${unifiedKernelFile}`, image);
    extractSection(board, image, '.cmdline', section);
    const text = readFileSync(section, 'utf8');
    for (const file of [image, section]) rmSync(file);
    return text;
  }

  /** The slots whose every byte passes verity. */
  intactSlots(board: Pick<Board, 'platform' | 'start'>): SlotName[] {
    return slotNames.filter((slot) => {
      const verity = this.verityOf(board, slot);
      if (!verity) return false;
      const file = `${this.file}.slot`;
      this.extractSlot(slot, slotSize * mebibyte, file);
      const args = ['verify', `--hash-offset=${verity.tree}`, file, file, verity.hash];
      const { status } = spawnSync('veritysetup', args, { stdio: 'ignore' });
      rmSync(file);
      return status === 0;
    });
  }

  /** Inverts one byte of a slot. */
  flipByte(slot: SlotName, offset: number): void {
    const card = openSync(this.file, 'r+');
    const byte = Buffer.alloc(1);
    const position = slotStarts[slot] * mebibyte + offset;
    readSync(card, byte, 0, 1, position);
    writeSync(card, Buffer.of(byte[0] ^ 0xff), 0, 1, position);
    closeSync(card);
  }

  /** Overwrites the head of the settings partition, so that nothing can mount it. */
  loseSettings(): void {
    const card = openSync(this.file, 'r+');
    writeSync(card, Buffer.alloc(mebibyte), 0, mebibyte, settingsPartition * mebibyte);
    closeSync(card);
  }

  /** Empties the card from where the records' partition begins, as one is that was pulled while it was written. */
  cutShort(): void {
    truncateSync(this.file, (slotStarts.b + slotSize) * mebibyte);
    truncateSync(this.file, cardSize * mebibyte);
  }

  /** A partition as mtools names it, which begins at so many MiB. */
  #partition(start: number): string {
    return `${this.file}@@${start}M`;
  }
}
