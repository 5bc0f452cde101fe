import { execFileSync, type ExecFileSyncOptions, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { until } from '../../hardware-tests/counter/until.js';

export const quiet: ExecFileSyncOptions = { stdio: ['ignore', 'pipe', 'pipe'] };

/** Whether loop devices can be mounted here: not every container allows it. */
function mayMount(): boolean {
  return process.getuid?.() === 0 && spawnSync('losetup', ['--find']).status === 0;
}

/**
 * For tests that mount sticks: skips them where that is not allowed, and runs them while no other test file on this
 * machine does, since all sticks are mounted in one folder. The lock is an abstract socket, which its process cannot leave behind.
 */
export function mountAlone(): void {
  const lock = createServer();
  before(async function () {
    if (!mayMount()) this.skip();
    this.timeout(300_000);
    const isOurs = async () => {
      const listening = once(lock.listen('\0terashi-test-sticks'), 'listening');
      return listening.then(
        () => true,
        () => false,
      );
    };
    await until('the end of other tests with sticks', isOurs, { timeoutMs: 290_000, intervalMs: 100 });
  });
  after(() => void lock.close());
}

/**
 * mount(8) for a stick that says it is FAT: not every kernel that runs tests has FAT, so the file system there is ext4, which is
 * told to write no more than FAT does. The emulated box mounts FAT itself (hardware-tests/guest/stick.ts).
 */
const mountStick = `
[ "$1 $2 $3" = "-t vfat -o" ] || exit 1
case $4 in ro,*) more=,noload ;; esac
exec /usr/bin/mount -t ext4 -o "$(echo "$4" | sed 's/,umask=0077//; s/,flush//; s/,uid=[^,]*//')$more" "$5" "$6"`;

/** A device without properties. */
const bare = { tran: null, fstype: null, parttype: null, ro: false, mountpoints: [null] };

/** Where sticks are mounted. */
const folderOfSticks = '/run/terashi-sticks';

/** The present mount points of sticks, and any that were left behind. */
export function stickPoints(): string[] {
  return existsSync(folderOfSticks)
    ? readdirSync(folderOfSticks).map((name) => join(folderOfSticks, name))
    : [];
}

/** A stick: a loop device, which lsblk shows as if it were at a USB socket. */
export class StickBench {
  readonly folder = mkdtempSync(join(tmpdir(), 'terashi-stick-test-'));
  readonly #before: Record<string, string | undefined> = {};
  #loop: string | undefined;
  #pluggedIn = false;

  constructor() {
    mkdirSync(this.path('bin'));
    this.program('lsblk', `cat '${this.path('lsblk')}'`);
    this.script('mount-stick', mountStick);
    this.program('mount', `exec ${this.mounter} "$@"`);
    this.show();
    this.setEnvironment({ PATH: `${this.path('bin')}${delimiter}${process.env.PATH ?? ''}` });
  }

  /** Mounts a stick as `mount` does; for a program that replaces it. */
  get mounter(): string {
    return `'${this.path('mount-stick')}'`;
  }

  path(...names: string[]): string {
    return join(this.folder, ...names);
  }

  close(): void {
    // What one test left must not fail the next.
    for (const point of this.#pluggedIn ? stickPoints() : []) {
      spawnSync('umount', ['--lazy', point]);
      rmSync(point, { recursive: true, force: true });
    }
    this.unplug();
    for (const [name, value] of Object.entries(this.#before)) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    rmSync(this.folder, { recursive: true });
  }

  /** Plugs in a stick with these files in its top folder. */
  plugIn(...files: string[]): void {
    this.unplug();
    this.#pluggedIn = true;
    const image = this.path('stick.img');
    rmSync(image, { force: true });
    const top = mkdtempSync(this.path('top-'));
    for (const file of files) copyFileSync(file, join(top, file.slice(file.lastIndexOf('/') + 1)));
    execFileSync('mke2fs', ['-q', '-t', 'ext4', '-d', top, image, '24M'], quiet);
    this.#loop = execFileSync('losetup', ['--find', '--show', image], { encoding: 'utf8' }).trim();
    this.show(this.stick());
  }

  /** Pulls it out. */
  unplug(): void {
    this.show();
    if (this.#loop !== undefined) spawnSync('losetup', ['--detach', this.#loop]);
    this.#loop = undefined;
  }

  /** Reads or changes the files of the stick, as another computer does. */
  onStick<T>(work: (folder: string) => T): T {
    const point = mkdtempSync(this.path('mounted-'));
    execFileSync('/usr/bin/mount', [this.#loop!, point], quiet);
    try {
      return work(point);
    } finally {
      execFileSync('umount', [point], quiet);
    }
  }

  /** The stick as lsblk shows it, with these properties changed. */
  stick(otherwise: Partial<Shown> = {}): Shown {
    return { ...bare, path: this.#loop!, fstype: 'vfat', ...otherwise };
  }

  /** Makes lsblk show these sticks at USB sockets of a box that starts from a card (util-linux 2.38). */
  show(...sticks: Shown[]): void {
    const system = { ...bare, path: '/dev/mmcblk0p1', fstype: 'vfat', mountpoints: ['/boot/firmware'] };
    const card = { ...bare, path: '/dev/mmcblk0', children: [system] };
    const plugged = sticks.map((stick) => ({ ...bare, path: '/dev/sda', tran: 'usb', children: [stick] }));
    writeFileSync(this.path('lsblk'), JSON.stringify({ blockdevices: [card, ...plugged] }, null, 3));
  }

  read(name: string): string {
    try {
      return readFileSync(this.path(name), 'utf8');
    } catch {
      return '';
    }
  }

  script(name: string, text: string): void {
    writeFileSync(this.path(name), `#!/bin/sh\n${text}\n`);
    chmodSync(this.path(name), 0o755);
  }

  /** Replaces the system's program of this name. */
  program(name: string, text: string): void {
    this.script(join('bin', name), text);
  }

  protected setEnvironment(set: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(set)) {
      this.#before[name] = process.env[name];
      process.env[name] = value;
    }
  }
}

/** What lsblk shows of a partition. */
type Shown = {
  readonly path: string;
  readonly tran: string | null;
  readonly fstype: string | null;
  readonly parttype: string | null;
  readonly ro: boolean;
  readonly mountpoints: readonly (string | null)[];
};
