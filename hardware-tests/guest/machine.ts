import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { installation } from '../../appliance/installation.js';
import type { Card } from './card.js';
import { type Emulation, firmwareOf, pace } from './emulation.js';
import { port } from './commands.js';
import { Monitor } from './qmp.js';
import { Firmware } from './raspberry-pi/firmware.js';
import { UsbPort } from './usb/port.js';

/** Ticks of a processor in a second, as /proc counts them (sysconf(_SC_CLK_TCK)). */
const ticks = 100;

const units = join(installation.root, 'hardware-tests', 'guest', 'units');

/** What a machine starts with, and how. */
export type Boot = {
  readonly emulation: Emulation;
  readonly processors: number;
  readonly card: Card;
  /** The disk with what the test brings. */
  readonly extras: string;
  /** Units of the test that are started beside the box's own, and of its own those that are not. */
  readonly wanted: readonly string[];
  readonly masked?: readonly string[];
  /** Seconds, after which it is killed whatever it does. */
  readonly limit: number;
};

/**
 * A computer that QEMU emulates, with a card in it, a display and USB sockets. It ends with this process, and after
 * its time limit.
 */
export class Machine {
  readonly scanner: UsbPort;
  readonly camera: UsbPort;
  readonly #qemu: ChildProcess;
  readonly #folder: string;
  readonly #console: string;
  #monitor: Promise<Monitor> | undefined;

  private constructor(qemu: ChildProcess, folder: string) {
    this.#qemu = qemu;
    this.#folder = folder;
    this.#console = join(folder, 'console.log');
    this.scanner = new UsbPort(join(folder, 'scanner'));
    this.camera = new UsbPort(join(folder, 'camera'));
  }

  /** Gives it power. @param folder its own, and of those before it that had the same card */
  static switchOn(boot: Boot, folder: string): Machine {
    const { emulation, processors, card, extras, wanted, masked = [], limit } = boot;
    const path = (name: string) => join(folder, name);
    mkdirSync(folder, { recursive: true });
    for (const name of ['agent', 'monitor', 'scanner', 'camera']) rmSync(path(name), { force: true });
    const socket = (name: string) =>
      ['-chardev', `socket,id=${name},path=${path(name)},server=on,wait=off`] as const;
    const disk = (id: string, file: string, access: string, order = '') =>
      [
        '-drive',
        `file=${file},format=raw,if=none,id=${id},${access}`,
        '-device',
        `virtio-blk-pci,drive=${id}${order}`,
      ] as const;
    const isRaspberryPi = emulation.board.start.kind === 'raspberry-pi';
    const firmware = isRaspberryPi ? new Firmware(card, path('firmware'), emulation.console) : undefined;
    firmware?.lay(undefined);
    const args = [
      ...`-machine ${emulation.machine} ${pace(processors)}`.split(' '),
      ...`-cpu ${emulation.processor} -smp ${processors} -m 2G`.split(' '),
      ...['-nodefaults', '-no-user-config', '-display', 'none', '-device', emulation.display],
      ...['-drive', `if=pflash,format=raw,readonly=on,file=${firmwareOf(emulation)}`],
      ...['-serial', `file:${path('console.log')}`],
      ...['-chardev', `socket,id=monitor,path=${path('monitor')},server=on,wait=off`],
      ...['-mon', 'chardev=monitor,mode=control'],
      ...(firmware ? startsByHand(disk('firmware', firmware.disk, 'readonly=on', ',bootindex=0')) : []),
      ...disk('card', card.file, 'cache=writeback', ',bootindex=1'),
      ...disk('extras', extras, 'readonly=on'),
      ...smbios(wanted, masked),
      ...['-device', 'virtio-serial-pci', ...socket('agent')],
      ...['-device', `virtserialport,chardev=agent,name=${port}`],
      ...['-device', 'qemu-xhci,id=usb'],
      ...['scanner', 'camera'].flatMap((name) => [...socket(name), '-device', `usb-redir,chardev=${name}`]),
    ];
    // However this process dies, and the one that keeps the time.
    const dieWithParent = ['setpriv', '--pdeathsig', 'KILL'];
    const keeper = ['timeout', '--signal=KILL', String(limit), ...dieWithParent];
    const qemu = spawn(dieWithParent[0], [...dieWithParent.slice(1), ...keeper, emulation.program, ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const machine = new Machine(qemu, folder);
    if (firmware) void machine.#restart(firmware).catch(() => undefined);
    return machine;
  }

  /** Settles when the machine is off. */
  get off(): Promise<unknown> {
    return this.#isOff ? Promise.resolve() : once(this.#qemu, 'exit');
  }

  /** What the emulation has cost so far: seconds of processor time on this computer. */
  get cost(): number {
    const stat = readFileSync(`/proc/${this.#emulator()}/stat`, 'latin1');
    // proc_pid_stat(5): after the name and its bracket, utime and stime are the 12th and the 13th field.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / ticks;
  }

  /** The other end of the agent's wire. */
  async wire(): Promise<Socket> {
    for (;;) {
      const socket = connect(join(this.#folder, 'agent'));
      const open = await once(socket, 'connect').then(
        () => true,
        () => false,
      );
      if (open) return socket;
      if (this.#isOff) throw new Error('QEMU did not start');
      await wait(50);
    }
  }

  /** What was written on its console. */
  get console(): string {
    return readFileSync(this.#console, 'utf8');
  }

  /** Plugs a stick in, of which this file is the whole content. */
  async plugStick(file: string): Promise<void> {
    const monitor = await this.#asks();
    const content = { driver: 'file', filename: file };
    await monitor.do('blockdev-add', { driver: 'raw', 'node-name': 'stick-content', file: content });
    await monitor.do('device_add', {
      driver: 'usb-storage',
      id: 'stick',
      bus: 'usb.0',
      drive: 'stick-content',
    });
  }

  /** Pulls it, whatever is being read or written. */
  async pullStick(): Promise<void> {
    const monitor = await this.#asks();
    const gone = monitor.gone('stick');
    await monitor.do('device_del', { id: 'stick' });
    await gone;
    await monitor.do('blockdev-del', { 'node-name': 'stick-content' });
  }

  /** Takes a picture of the display, as PNG. */
  async photographDisplay(file: string): Promise<void> {
    await (await this.#asks()).do('screendump', { filename: file, format: 'png' });
  }

  /** As when the plug is pulled out of the wall: what the guest had not written is lost. */
  async cutPower(): Promise<void> {
    // The one that keeps the time begins with the emulator, and ends after it.
    while (!this.#isOff) {
      const emulator = this.#emulator();
      if (emulator > 0) process.kill(emulator, 'SIGKILL');
      await Promise.race([this.off, wait(100)]);
    }
  }

  async switchOff(): Promise<void> {
    if (!this.#isOff) this.#qemu.kill('SIGTERM');
    await this.off;
  }

  /** Whenever the system in it restarts, has this firmware find out what starts. */
  async #restart(firmware: Firmware): Promise<void> {
    const monitor = await this.#asks();
    let read = 0;
    monitor.on('SHUTDOWN', ({ reason }) => {
      if (reason !== 'guest-reset') return;
      const said = this.console.slice(read);
      read += said.length;
      // What a Raspberry Pi's kernel hands to the firmware, every kernel prints (kernel/reboot.c).
      firmware.lay(/Restarting system with command '(.*)'/.exec(said)?.[1]);
      void goOn(monitor).catch((error: unknown) => {
        console.error('the box does not start again:', error);
        void this.cutPower();
      });
    });
  }

  get #isOff(): boolean {
    return (this.#qemu.exitCode ?? this.#qemu.signalCode) !== null;
  }

  #asks(): Promise<Monitor> {
    return (this.#monitor ??= Monitor.at(join(this.#folder, 'monitor'), () => this.#isOff));
  }

  /** QEMU itself is the child of the one that keeps the time; 0 while there is none. */
  #emulator(): number {
    const keeper = this.#qemu.pid!;
    const children = `/proc/${keeper}/task/${keeper}/children`;
    return existsSync(children) ? Number(readFileSync(children, 'utf8').trim()) : 0;
  }
}

/** At a restart the machine waits for the one who finds out what starts. */
const startsByHand = (disk: readonly string[]): readonly string[] => [
  ...disk,
  ...['-action', 'reboot=shutdown', '-action', 'shutdown=pause'],
];

/** Has such a machine start: it goes on once it has been reset, which takes it a moment. */
async function goOn(monitor: Monitor): Promise<void> {
  await monitor.do('set-action', { reboot: 'reset' });
  await monitor.do('system_reset');
  for (let tries = 0; ; tries++) {
    const refusal = await monitor.do('cont').then(
      () => undefined,
      (error: unknown) => error as Error,
    );
    if (!refusal) break;
    if (tries === 100) throw refusal;
    await wait(50);
  }
  await monitor.do('set-action', { reboot: 'shutdown' });
}

/**
 * What the firmware hands to the sealed system, which no file on the card says: units (systemd.system-credentials(7):
 * `systemd.extra-unit`, `systemd.unit-dropin`) and words for the kernel (systemd-boot(7)).
 */
function smbios(wanted: readonly string[], masked: readonly string[]): string[] {
  const words = [
    'mitigations=off systemd.journald.forward_to_console=1',
    ...wanted.map((unit) => `systemd.wants=${unit}.service`),
    ...masked.map((unit) => `systemd.mask=${unit}`),
  ];
  const credentials = readdirSync(units).map((file) => {
    const isDropIn = file.endsWith('.conf');
    const name = isDropIn ? `unit-dropin.${basename(file, '.conf')}` : `extra-unit.${file}`;
    const text = readFileSync(join(units, file)).toString('base64');
    return `io.systemd.credential.binary:systemd.${name}=${text}`;
  });
  return [`io.systemd.boot.kernel-cmdline-extra=${words.join(' ')}`, ...credentials].flatMap((value) => [
    '-smbios',
    `type=11,value=${value}`,
  ]);
}
