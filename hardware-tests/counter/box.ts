import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import sharp from 'sharp';

import { installation } from '../../appliance/installation.js';
import type { DeviceKind } from '../../appliance/protocol/vault.js';
import { compilePluggableDriver, type Driver } from './scanners/drivers.js';
import { Counter, stateFolder } from './counter.js';

const program = join(import.meta.dirname, 'with-udev.js');

/** How a device is plugged in. */
export type Plug = {
  /** The scanner's name in SANE: udev tells of it by a node where it holds one, as it does if left out. */
  readonly name?: string;
  /** What goes wrong with the scanner (scanners/pluggable.c), or with the camera: it `lists` or is `deaf`. */
  readonly trouble?: string;
};

/**
 * A scanner and a camera that can be unplugged, and a udev that tells of it. The scanner's driver is one of the
 * test's, in the place of a real one. The camera is a stand-in for Raspberry Pi's programs, and `udevadm` says what
 * is written into a FIFO.
 */
export class Box {
  readonly folder = mkdtempSync(join(tmpdir(), 'terashi-box-'));
  readonly #driver: Driver;
  readonly #events: number;
  #scanners = 0;
  #scanner = '';

  /** Undefined where there is no C compiler. */
  static async make(): Promise<Box | undefined> {
    const driver = compilePluggableDriver('epjitsu');
    if (!driver) return undefined;
    const box = new Box(driver);
    await box.mend();
    return box;
  }

  private constructor(driver: Driver) {
    this.#driver = driver;
    mkdirSync(join(this.folder, 'bin'));
    for (const [name, script] of Object.entries(this.#programs())) {
      writeFileSync(join(this.folder, 'bin', name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(this.folder, 'bin', name), 0o755);
    }
    spawnSync('mkfifo', [this.#at('events')]);
    // Open at both ends, so that neither waits for the other, nor ends with it.
    this.#events = openSync(this.#at('events'), 'r+');
    writeFileSync(this.#at('control'), '');
  }

  /** An appliance that is started on this box; `scanner` is the settings' name for one. */
  start(scanner?: string): Promise<Counter> {
    const state = stateFolder();
    const named = scanner === undefined ? [] : [scanner];
    return Counter.at([program, state, this.#at('control'), ...named], state, this.env);
  }

  /** The environment of a program that runs on this box. */
  get env(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      PATH: `${join(this.folder, 'bin')}${delimiter}${process.env.PATH}`,
      LD_LIBRARY_PATH: this.#driver.folder,
      SANE_PLUGGABLE: this.#at('scanner'),
      SANE_PLUGGABLE_PAGE: this.#at('page.ppm'),
    };
  }

  /** Lays a picture on the scanner's glass. */
  async layPage(picture: string | Uint8Array): Promise<void> {
    const { data, info } = await sharp(picture)
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    writeFileSync(
      this.#at('page.ppm'),
      Buffer.concat([Buffer.from(`P6 ${info.width} ${info.height} 255\n`), data]),
    );
  }

  /** Puts an empty picture in the place of the card, or of the visitor. */
  async spoil(side: 'document' | 'probe'): Promise<void> {
    const empty = sharp({ create: { width: 640, height: 480, channels: 3, background: 'silver' } });
    if (side === 'probe') this.#film(await empty.jpeg().toBuffer());
    else await this.layPage(await empty.png().toBuffer());
  }

  /** The practice card lies on the glass again, and its holder stands before the camera. */
  async mend(): Promise<void> {
    await this.layPage(join(installation.practice, 'card.png'));
    const folder = join(installation.practice, 'camera');
    this.#film(
      ...readdirSync(folder)
        .filter((name) => name.endsWith('.jpg'))
        .map((name) => readFileSync(join(folder, name))),
    );
  }

  #film(...frames: readonly Uint8Array[]): void {
    rmSync(this.#at('frames'), { recursive: true, force: true });
    mkdirSync(this.#at('frames'));
    for (const [index, frame] of frames.entries())
      writeFileSync(join(this.#at('frames'), `${String(index).padStart(2, '0')}.jpg`), frame);
  }

  plug(kind: DeviceKind, { name, trouble = '' }: Plug = {}): void {
    if (kind === 'camera') {
      writeFileSync(this.#at('camera'), trouble);
      this.tell('add', 'video4linux', '/dev/video0');
      this.tell('add', 'media', '/dev/media0');
      return;
    }
    this.#scanners += 1;
    this.#scanner = name ?? `libusb:001:${String(this.#scanners).padStart(3, '0')}`;
    this.#describeScanner(trouble);
    this.tell('add', 'usb', this.#node);
  }

  /** Opens or closes the lid of the scanner that is plugged in. */
  set lidOpen(open: boolean) {
    this.#describeScanner(open ? 'lid-open' : '');
  }

  /** At once, since an empty file says that the scanner is unplugged. */
  #describeScanner(trouble: string): void {
    writeFileSync(this.#at('scanner.new'), `${this.#scanner}\n${trouble}\n`);
    renameSync(this.#at('scanner.new'), this.#at('scanner'));
  }

  unplug(kind: DeviceKind): void {
    rmSync(this.#at(kind), { force: true });
    if (kind === 'scanner') {
      this.tell('remove', 'usb', this.#node);
    } else {
      this.tell('remove', 'media', '/dev/media0');
      this.tell('remove', 'video4linux', '/dev/video0');
    }
  }

  /** Says what udev says of a device that came or went. */
  tell(action: string, subsystem: string, node: string): void {
    const path = `/devices/pci0000:00/0000:00:14.0/usb1/1-1`;
    const type = subsystem === 'usb' ? 'DEVTYPE=usb_device\n' : '';
    writeSync(
      this.#events,
      `UDEV  [1.234567] ${action.padEnd(8)} ${path} (${subsystem})\n` +
        `ACTION=${action}\nDEVPATH=${path}\nSUBSYSTEM=${subsystem}\nDEVNAME=${node}\n${type}SEQNUM=815\n\n`,
    );
  }

  remove(): void {
    closeSync(this.#events);
    rmSync(this.folder, { recursive: true });
    this.#driver.remove();
  }

  get #node(): string {
    return this.#scanner.replace(/^libusb:(\d+):(\d+)$/, '/dev/bus/usb/$1/$2');
  }

  #at(name: string): string {
    return join(this.folder, name);
  }

  #programs(): Record<string, string> {
    const camera = this.#at('camera');
    return {
      udevadm: `echo 'UDEV - the event which udev sends out after rule processing'\nexec cat '${this.#at('events')}'`,
      'libcamera-hello': [
        `[ -e '${camera}' ] || exit`,
        `[ "$(cat '${camera}')" = lists ] && while :; do :; done`,
        `echo '0 : imx708 [4608x2592] (/base/soc/i2c0mux/i2c@1/imx708@1a)'`,
      ].join('\n'),
      'libcamera-vid': [
        'while [ $# -gt 0 ]; do [ "$1" = --output ] && output=$2; shift; done',
        'exec > "$output"',
        `[ "$(cat '${camera}')" = deaf ] && trap '' INT TERM && while :; do :; done`,
        `while :; do for frame in '${this.#at('frames')}'/*.jpg; do`,
        `  [ -e '${camera}' ] || { echo 'ERROR: *** no cameras available ***' >&2; exit 255; }`,
        '  cat "$frame"; sleep 0.06',
        'done; done',
      ].join('\n'),
    };
  }
}
