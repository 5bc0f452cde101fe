import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { Socket } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { installation } from '../../appliance/installation.js';
import type { Board } from '../../image/os/board.js';
import { until } from '../counter/until.js';
import { within } from '../within.js';
import type { Card } from './card.js';
import { agentPort } from './commands.js';
import { acceleration, type Emulation, firmwareOf } from './emulation.js';
import { connectQemu, Monitor } from './qmp.js';
import { Firmware } from './raspberry-pi/firmware.js';
import { UsbPort } from './usb/port.js';
import { longTimeoutMs, qemuTimeoutMs } from './timeouts.js';

const units = join(installation.root, 'hardware-tests', 'guest', 'units');

export type PowerOn = {
  readonly emulation: Emulation;
  readonly processors: number;
  readonly card: Card;
  /** The disk with the test's own files. */
  readonly extras: string;
  /** Units of the test, started beside the box's own. */
  readonly wanted: readonly string[];
  /** Units of the box that are not started. */
  readonly masked?: readonly string[];
  /** USB devices that are plugged in before the power, by QEMU's names. */
  readonly plugged?: readonly string[];
  /** In seconds, after which the machine is killed. */
  readonly limit: number;
  /** The file with the firmware's variables, kept from start to start: for a machine with Secure Boot. */
  readonly variables?: string;
};

/**
 * A computer that QEMU emulates, with a card, a display and USB ports. It ends with this process, or at its time limit.
 */
export class Machine {
  readonly scanner: UsbPort;
  readonly camera: UsbPort;
  readonly #qemu: ChildProcess;
  readonly #folder: string;
  readonly #console: string;
  #monitor: Promise<Monitor> | undefined;
  #hasStick = false;

  private constructor(qemu: ChildProcess, folder: string) {
    this.#qemu = qemu;
    this.#folder = folder;
    this.#console = join(folder, 'console.log');
    this.scanner = new UsbPort(join(folder, 'scanner'));
    this.camera = new UsbPort(join(folder, 'camera'));
  }

  /** @param folder of this machine alone; kept when the same card is powered on again */
  static powerOn(options: PowerOn, folder: string): Machine {
    const { emulation, processors, card, extras, wanted, masked = [], plugged = [], limit } = options;
    const path = (name: string) => join(folder, name);
    mkdirSync(folder, { recursive: true });
    // Nothing of an earlier start is taken for this one's.
    for (const name of ['agent', 'monitor', 'scanner', 'camera', 'console.log'])
      rmSync(path(name), { force: true });
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
    firmware?.prepareStart(undefined);
    const args = [
      ...acceleration(processors).split(' '),
      ...`-cpu ${emulation.processor} -smp ${processors} -m 2G`.split(' '),
      ...['-nodefaults', '-no-user-config', '-display', 'none', '-device', emulation.display],
      ...machineWith(emulation, options.variables),
      ...['-serial', `file:${path('console.log')}`],
      ...['-chardev', `socket,id=monitor,path=${path('monitor')},server=on,wait=off`],
      ...['-mon', 'chardev=monitor,mode=control'],
      ...(firmware ? pausedRestart(disk('firmware', firmware.disk, 'readonly=on', ',bootindex=0')) : []),
      ...disk('card', card.file, 'cache=writeback', ',bootindex=1'),
      ...disk('extras', extras, 'readonly=on'),
      ...smbios(emulation.board, wanted, masked),
      ...['-device', 'virtio-serial-pci', ...socket('agent')],
      ...['-device', `virtserialport,chardev=agent,name=${agentPort}`],
      // A network is plugged in, as nothing keeps a clerk from doing; every packet is kept.
      ...['-netdev', 'user,id=network,restrict=on', '-device', 'virtio-net-pci,netdev=network,romfile='],
      ...['-object', `filter-dump,id=packets,netdev=network,file=${path('packets.pcap')}`],
      ...['-device', 'qemu-xhci,id=usb'],
      ...plugged.flatMap((driver) => ['-device', `${driver},id=${driver},bus=usb.0`]),
      ...['scanner', 'camera'].flatMap((name) => [...socket(name), '-device', `usb-redir,chardev=${name}`]),
    ];
    // QEMU dies with `timeout`, and `timeout` with this process, however either dies.
    const dieWithParent = ['setpriv', '--pdeathsig', 'KILL'];
    const timeout = ['timeout', '--signal=KILL', String(limit), ...dieWithParent];
    const qemu = spawn(
      dieWithParent[0],
      [...dieWithParent.slice(1), ...timeout, emulation.program, ...args],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    const machine = new Machine(qemu, folder);
    if (firmware) void machine.#handleRestarts(firmware).catch(() => undefined);
    return machine;
  }

  /** Settles when the machine is off. */
  get off(): Promise<unknown> {
    return this.#isOff ? Promise.resolve() : once(this.#qemu, 'exit');
  }

  /** The host's end of the agent's virtio port. */
  async connectAgent(): Promise<Socket> {
    return connectQemu(join(this.#folder, 'agent'), () => this.#isOff);
  }

  /** Bytes of all packets that the machine sent or received so far, with their headers in the file. */
  get packetBytes(): number {
    return statSync(join(this.#folder, 'packets.pcap')).size;
  }

  /** What was written to the serial console so far. */
  get console(): string {
    return existsSync(this.#console) ? readFileSync(this.#console, 'utf8') : '';
  }

  /** Plugs in a USB device that QEMU has, by its name there, which is also its id. */
  async plugUsb(driver: string): Promise<void> {
    await (await this.#openMonitor()).execute('device_add', { driver, id: driver, bus: 'usb.0' });
  }

  async unplugUsb(driver: string): Promise<void> {
    const monitor = await this.#openMonitor();
    const removed = monitor.deviceRemoved(driver);
    await monitor.execute('device_del', { id: driver });
    await removed;
  }

  /** Plugs in a USB stick with this file as its content. One that a failed case left is pulled first. */
  async plugStick(file: string): Promise<void> {
    if (this.#hasStick) await this.pullStick();
    const monitor = await this.#openMonitor();
    const content = { driver: 'file', filename: file };
    await monitor.execute('blockdev-add', { driver: 'raw', 'node-name': 'stick-content', file: content });
    await monitor.execute('device_add', {
      driver: 'usb-storage',
      id: 'stick',
      bus: 'usb.0',
      drive: 'stick-content',
    });
    this.#hasStick = true;
  }

  /** Pulls the stick out, even while it is read or written. */
  async pullStick(): Promise<void> {
    this.#hasStick = false;
    await this.unplugUsb('stick');
    await (await this.#openMonitor()).execute('blockdev-del', { 'node-name': 'stick-content' });
  }

  /** Saves the display's content as PNG. */
  async screenshot(file: string): Promise<void> {
    await (await this.#openMonitor()).execute('screendump', { filename: file, format: 'png' });
  }

  /**
   * Stops the processor and writes the whole memory to a file, as ELF. What looks at the file meanwhile sees the box as it
   * is; the box notices nothing of the pause.
   */
  async withMemory<T>(file: string, look: (dump: string) => Promise<T>): Promise<T> {
    const monitor = await this.#openMonitor();
    await monitor.execute('stop');
    try {
      return await this.#lookAtMemory(monitor, file, look);
    } finally {
      await monitor.execute('cont').catch(() => undefined);
    }
  }

  /** Presses the power button, and looks at the memory once the box has switched itself off. */
  async withMemoryAfterPowerButton<T>(file: string, look: (dump: string) => Promise<T>): Promise<T> {
    const monitor = await this.#openMonitor();
    await monitor.execute('set-action', { shutdown: 'pause' });
    const off = monitor.next('SHUTDOWN');
    await monitor.execute('system_powerdown');
    await within('the box to switch itself off', longTimeoutMs, off);
    return this.#lookAtMemory(monitor, file, look);
  }

  /** Cuts the power: what the guest had not written is lost. */
  async cutPower(): Promise<void> {
    const kill = () => {
      const qemu = this.#qemuPid();
      if (qemu > 0) process.kill(qemu, 'SIGKILL');
      return this.#isOff;
    };
    // `timeout` ends by itself after QEMU, and may not have started it yet.
    await until('QEMU to end after SIGKILL', kill, { timeoutMs: qemuTimeoutMs, intervalMs: 100 });
  }

  async powerOff(): Promise<void> {
    if (!this.#isOff) this.#qemu.kill('SIGTERM');
    await within('QEMU to end after SIGTERM', qemuTimeoutMs, this.off);
  }

  /** At each restart of the guest, has the played firmware choose what starts. */
  async #handleRestarts(firmware: Firmware): Promise<void> {
    const monitor = await this.#openMonitor();
    let read = 0;
    monitor.on('SHUTDOWN', ({ reason }) => {
      if (reason !== 'guest-reset') return;
      const printed = this.console.slice(read);
      read += printed.length;
      // Every kernel prints the argument that a Raspberry Pi's passes to its firmware (kernel/reboot.c).
      firmware.prepareStart(/Restarting system with command '(.*)'/.exec(printed)?.[1]);
      void resume(monitor).catch((error: unknown) => {
        console.error('the box does not start again:', error);
        void this.cutPower();
      });
    });
  }

  async #lookAtMemory<T>(monitor: Monitor, file: string, look: (dump: string) => Promise<T>): Promise<T> {
    try {
      const dumped = monitor.next('DUMP_COMPLETED');
      await monitor.execute('dump-guest-memory', { paging: false, protocol: `file:${file}`, detach: true });
      const { error } = await within('the dump of the memory', longTimeoutMs, dumped);
      if (error !== undefined) throw new Error(`QEMU could not dump the memory: ${JSON.stringify(error)}`);
      return await look(file);
    } finally {
      rmSync(file, { force: true });
    }
  }

  get #isOff(): boolean {
    return (this.#qemu.exitCode ?? this.#qemu.signalCode) !== null;
  }

  #openMonitor(): Promise<Monitor> {
    return (this.#monitor ??= Monitor.connect(join(this.#folder, 'monitor'), () => this.#isOff));
  }

  /** The process id of QEMU, the child of `timeout`; 0 while there is none. */
  #qemuPid(): number {
    const timeout = this.#qemu.pid!;
    const children = `/proc/${timeout}/task/${timeout}/children`;
    return existsSync(children) ? Number(readFileSync(children, 'utf8').trim()) : 0;
  }
}

/** The machine and its firmware. With Secure Boot only the firmware itself, in SMM, can write its variables (OVMF's README). */
function machineWith(emulation: Emulation, variables: string | undefined): readonly string[] {
  const flash = (file: string, access: string) => ['-drive', `if=pflash,format=raw,${access}file=${file}`];
  if (variables === undefined)
    return ['-machine', emulation.machine, ...flash(firmwareOf(emulation)!, 'readonly=on,')];
  return [
    ...['-machine', `${emulation.machine},smm=on`],
    ...['-global', 'driver=cfi.pflash01,property=secure,value=on', '-global', 'ICH9-LPC.disable_s3=1'],
    ...flash(emulation.secureBoot!.code, 'readonly=on,'),
    ...flash(variables, ''),
  ];
}

/** Has QEMU pause at a restart, until the played firmware has chosen what starts. */
const pausedRestart = (disk: readonly string[]): readonly string[] => [
  ...disk,
  ...['-action', 'reboot=shutdown', '-action', 'shutdown=pause'],
];

/** Resets a paused machine and lets it run. QEMU refuses `cont` until the reset is done. */
async function resume(monitor: Monitor): Promise<void> {
  await monitor.execute('set-action', { reboot: 'reset' });
  await monitor.execute('system_reset');
  for (let attempts = 1; ; attempts++) {
    const refusal = await monitor.execute('cont').then(
      () => undefined,
      (error: unknown) => error as Error,
    );
    if (!refusal) break;
    if (attempts > 100) throw refusal;
    await sleep(50);
  }
  await monitor.execute('set-action', { reboot: 'shutdown' });
}

/**
 * What the firmware passes to the sealed system, so that no file on the card changes: units
 * (systemd.system-credentials(7): `systemd.extra-unit`, `systemd.unit-dropin`) and kernel options, which the stub of a
 * unified kernel image adds to its own (systemd-stub(7)); where a Raspberry Pi's firmware is played, the boot manager does
 * (systemd-boot(7)).
 */
function smbios(
  { start }: Pick<Board, 'start'>,
  wanted: readonly string[],
  masked: readonly string[],
): string[] {
  const kernelOptions = [
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
  const reader = start.kind === 'uefi' ? 'stub' : 'boot';
  const strings = [`io.systemd.${reader}.kernel-cmdline-extra=${kernelOptions.join(' ')}`, ...credentials];
  return strings.flatMap((value) => ['-smbios', `type=11,value=${value}`]);
}
