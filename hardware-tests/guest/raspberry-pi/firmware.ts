import { execFileSync } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Card } from '../card.js';

/** In bytes: room for the kernel and the initrd of one slot. */
const size = 256 * 2 ** 20;

/**
 * Does what a Raspberry Pi's firmware does, which no emulator has: reads config.txt, or tryboot.txt at the one start that
 * was asked to ("Fail-safe OS updates" in Raspberry Pi's documentation), and takes from the folder that it names a kernel,
 * an initrd and a command line. It lays them on a disk from which the emulated computer's own firmware starts.
 */
export class Firmware {
  readonly disk: string;
  readonly #card: Card;
  readonly #folder: string;
  readonly #console: string;

  /** @param folder what it has to itself @param console where the kernel is to write as well */
  constructor(card: Card, folder: string, console: string) {
    this.#card = card;
    this.#folder = folder;
    this.#console = console;
    this.disk = join(folder, 'firmware.img');
    mkdirSync(folder, { recursive: true });
    writeFileSync(this.disk, '');
    truncateSync(this.disk, size);
  }

  /** @param asked what the system before told the kernel when it restarted */
  lay(asked: string | undefined): void {
    const read = (name: string) => this.#card.read(name);
    const config = (asked?.includes('tryboot') ? read('tryboot.txt') : undefined) ?? read('config.txt')!;
    const said = (line: RegExp) => line.exec(config)?.[1] ?? '';
    const prefix = said(/^os_prefix=(.*)$/m);
    const options = read(`${prefix}cmdline.txt`)!.trim();
    const files = {
      'EFI/BOOT/BOOTAA64.EFI': 'start4.elf',
      linux: `${prefix}${said(/^kernel=(.*)$/m)}`,
      initrd: `${prefix}${said(/^initramfs (\S+)/m)}`,
    };
    // The emulator has it open: it is written anew, not replaced.
    execFileSync('mkdosfs', ['-F', '32', this.disk], { stdio: 'ignore' });
    execFileSync('mmd', ['-i', this.disk, '::EFI', '::EFI/BOOT', '::loader', '::loader/entries']);
    for (const [name, from] of Object.entries(files)) {
      const taken = join(this.#folder, 'taken');
      this.#card.take(from, taken);
      this.#put(taken, name);
    }
    const entry = ['linux /linux', 'initrd /initrd', `options ${options} console=${this.#console}`, ''];
    const written = join(this.#folder, 'entry.conf');
    writeFileSync(written, entry.join('\n'));
    this.#put(written, 'loader/entries/card.conf');
  }

  #put(file: string, name: string): void {
    execFileSync('mcopy', ['-o', '-i', this.disk, file, `::${name}`]);
  }
}
