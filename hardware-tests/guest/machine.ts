import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { port } from './errands.js';
import type { Root } from './root.js';
import { UsbPort } from './usb/port.js';

/**
 * One processor without AVX, since emulated AVX is slow. While it is busy its clock goes by its instructions, 500 million
 * a second: on a computer that has other work too, the guest's programs would run out of their time otherwise.
 */
const processor = '-accel tcg,thread=single,tb-size=512 -icount shift=1 -cpu Nehalem -smp 1';

/** Ticks of a processor in a second, as /proc counts them (sysconf(_SC_CLK_TCK)). */
const ticks = 100;

/** What a machine starts with: root and appliance are not written to. */
export type Boot = { readonly root: Root; readonly appliance: string; readonly limit: number };

/** A computer that QEMU emulates, with two USB sockets. It ends with this process, and after its time limit. */
export class Machine {
  readonly scanner: UsbPort;
  readonly camera: UsbPort;
  readonly #qemu: ChildProcess;
  readonly #folder: string;
  readonly #console: string;

  private constructor(qemu: ChildProcess, folder: string) {
    this.#qemu = qemu;
    this.#folder = folder;
    this.#console = join(folder, 'console.log');
    this.scanner = new UsbPort(join(folder, 'scanner'));
    this.camera = new UsbPort(join(folder, 'camera'));
  }

  /**
   * @param folder its own
   * @param units those in hardware-tests/guest/files that are started beside Debian's own
   * @param limit seconds, after which it is killed whatever it does
   */
  static boot({ root, appliance, limit }: Boot, folder: string, units: readonly string[]): Machine {
    const wanted = units.map((unit) => `systemd.wants=${unit}.service`).join(' ');
    const socket = (name: string) =>
      ['-chardev', `socket,id=${name},path=${join(folder, name)},server=on,wait=off`] as const;
    const disk = (file: string, access: string) =>
      ['-drive', `file=${file},format=raw,if=virtio,${access}`] as const;
    const args = [
      ...`-machine q35 ${processor} -m 2G`.split(' '),
      ...['-nodefaults', '-no-user-config', '-no-reboot', '-display', 'none'],
      ...['-kernel', root.kernel, '-initrd', root.initrd],
      ...['-append', `console=ttyS0 quiet mitigations=off systemd.journald.forward_to_console=1 ${wanted}`],
      ...['-serial', `file:${join(folder, 'console.log')}`],
      ...disk(root.disk, 'snapshot=on'),
      ...disk(appliance, 'readonly=on'),
      ...['-device', 'virtio-serial-pci', ...socket('agent')],
      ...['-device', `virtserialport,chardev=agent,name=${port}`],
      ...['-device', 'qemu-xhci'],
      ...['scanner', 'camera'].flatMap((name) => [...socket(name), '-device', `usb-redir,chardev=${name}`]),
    ];
    // However this process dies, and the one that keeps the time.
    const dieWithParent = ['setpriv', '--pdeathsig', 'KILL'];
    const command = [
      'timeout',
      '--signal=KILL',
      String(limit),
      ...dieWithParent,
      'qemu-system-x86_64',
      ...args,
    ];
    const qemu = spawn(dieWithParent[0], [...dieWithParent.slice(1), ...command], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return new Machine(qemu, folder);
  }

  /** Settles when the machine is off. */
  get off(): Promise<unknown> {
    return this.#qemu.exitCode === null && this.#qemu.signalCode === null
      ? once(this.#qemu, 'exit')
      : Promise.resolve();
  }

  /** What the emulation has cost so far: seconds of processor time on this computer. */
  get cost(): number {
    const pid = this.#emulator();
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // proc_pid_stat(5): after the name and its bracket, utime and stime are the 12th and the 13th field.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / ticks;
  }

  /** QEMU itself is the child of the one that keeps the time. */
  #emulator(): number {
    const keeper = this.#qemu.pid!;
    return Number(readFileSync(`/proc/${keeper}/task/${keeper}/children`, 'utf8').trim());
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
      if (this.#qemu.exitCode !== null) throw new Error('QEMU did not start');
      await wait(50);
    }
  }

  /** What was written on its console. */
  get console(): string {
    return readFileSync(this.#console, 'utf8');
  }

  async switchOff(): Promise<void> {
    this.#qemu.kill('SIGTERM');
    await this.off;
  }
}
