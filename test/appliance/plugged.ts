import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { installation } from '../../appliance/installation.js';
import type { Scene } from '../../appliance/panel/view.js';
import type { StickBench } from '../stick/bench.js';
import { Counter, stateFolder } from '../../hardware-tests/counter/counter.js';
import { until } from '../../hardware-tests/counter/until.js';

/** What a unit hands on to the programs for sticks. */
const handedOn = ['PATH', 'DBUS_SYSTEM_BUS_ADDRESS', 'TERASHI_RAUC_CONF', 'TERASHI_UPDATE_STATE'];

/**
 * A box at which sticks are plugged in: the appliance, the updater and the exporter behind sockets as systemd lays
 * them, and an udev that tells what the test says.
 */
export class PluggedBox {
  readonly #bench: StickBench;
  readonly #sockets: ChildProcess[] = [];
  readonly #events: number;
  #counter: Counter | undefined;

  private constructor(bench: StickBench) {
    this.#bench = bench;
    execFileSync('mkfifo', [bench.path('events')]);
    this.#events = openSync(bench.path('events'), 'r+');
    writeFileSync(bench.path('control'), '');
    const header = 'UDEV - the event which udev sends out after rule processing';
    bench.program('udevadm', `echo '${header}'; exec cat '${bench.path('events')}'`);
  }

  static async open(bench: StickBench): Promise<PluggedBox> {
    const box = new PluggedBox(bench);
    await Promise.all(['update', 'export'].map((name) => box.#listenFor(name)));
    return box;
  }

  get counter(): Counter {
    return this.#counter!;
  }

  /** @param pictures what stands for the page on the glass and before the camera, by default those for practice */
  async start(state = stateFolder(), pictures: readonly [string, string] | readonly [] = []): Promise<void> {
    const program = join(import.meta.dirname, 'with-sticks.js');
    this.#counter = await Counter.at([program, state, this.#bench.folder, ...pictures], state);
  }

  /** As udev tells of the partition of a stick. */
  tell(action: 'add' | 'remove'): void {
    writeSync(
      this.#events,
      `UDEV  [1.2] ${action} /x (block)\nACTION=${action}\nSUBSYSTEM=block\nDEVNAME=/dev/sda1\n\n`,
    );
  }

  /** Waits until what there is to say of updates is this, and tells it. */
  async news(is: NonNullable<Extract<Scene, { name: 'idle' }>['update']>['is'] | undefined) {
    for (;;) {
      const { update } = await this.counter.scene('idle');
      if (update?.is === is) return update;
      await wait(20);
    }
  }

  async close(): Promise<void> {
    await this.#counter?.close();
    for (const sockets of this.#sockets) {
      sockets.kill();
      await once(sockets, 'exit');
    }
    closeSync(this.#events);
  }

  async #listenFor(name: string): Promise<void> {
    const socket = this.#bench.path(`${name}.sock`);
    const program = join(installation.root, 'build', 'appliance', name, 'main.js');
    const environment = handedOn
      .filter((each) => process.env[each] !== undefined)
      .map((each) => `--setenv=${each}`);
    const asked = ['--accept', '--inetd', `--listen=${socket}`, ...environment, process.execPath, program];
    this.#sockets.push(spawn('systemd-socket-activate', asked, { stdio: 'ignore' }));
    await until(socket, () => existsSync(socket));
  }
}
