import { execFileSync } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Card } from '../card.js';

/** In bytes: enough for the kernel and the initrd of one slot. */
const diskSize = 256 * 2 ** 20;

/**
 * Plays a Raspberry Pi's firmware, which no emulator has. It reads config.txt, or tryboot.txt for one requested start
 * ("Fail-safe OS updates" in Raspberry Pi's documentation), and copies the kernel, initrd and command line that it names
 * to a disk from which the emulated computer's own firmware starts.
 */
export class Firmware {
  readonly disk: string;
  readonly #card: Card;
  readonly #folder: string;
  readonly #console: string;

  /** @param folder for its own files @param console a serial port that the kernel prints to as well */
  constructor(card: Card, folder: string, console: string) {
    this.#card = card;
    this.#folder = folder;
    this.#console = console;
    this.disk = join(folder, 'firmware.img');
    mkdirSync(folder, { recursive: true });
    writeFileSync(this.disk, '');
    truncateSync(this.disk, diskSize);
  }

  /** @param argument of the reboot system call that preceded this start */
  prepareStart(argument: string | undefined): void {
    const read = (name: string) => this.#card.readBootFile(name);
    const config = (argument?.includes('tryboot') ? read('tryboot.txt') : undefined) ?? read('config.txt')!;
    const setting = (line: RegExp) => line.exec(config)?.[1] ?? '';
    const prefix = setting(/^os_prefix=(.*)$/m);
    // An absolute path bypasses the prefix (`os_prefix` in the documentation).
    const prefixed = (name: string) => (name.startsWith('/') ? name : `${prefix}${name}`);
    const options = read(prefixed('cmdline.txt'))!.trim();
    const files = {
      'EFI/BOOT/BOOTAA64.EFI': 'start4.elf',
      linux: prefixed(setting(/^kernel=(.*)$/m)),
      initrd: prefixed(setting(/^initramfs (\S+)/m)),
    };
    // QEMU has this file open, so it is overwritten and not replaced.
    execFileSync('mkdosfs', ['-F', '32', this.disk], { stdio: 'ignore' });
    execFileSync('mmd', ['-i', this.disk, '::EFI', '::EFI/BOOT', '::loader', '::loader/entries']);
    for (const [name, from] of Object.entries(files)) {
      const taken = join(this.#folder, 'taken');
      this.#card.extractBoot(from, taken);
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
