import assert from 'node:assert/strict';

import { within } from '../within.js';
import { GuestAppliance } from './appliance.js';
import { Guest } from './guest.js';
import { Machine, type PowerOn } from './machine.js';
import { longTimeoutMs } from './timeouts.js';

/** A box that is powered on: the emulated machine, its operating system and its appliance. */
export class Box {
  readonly machine: Machine;
  readonly guest: Guest;
  readonly appliance: GuestAppliance;

  private constructor(machine: Machine, guest: Guest) {
    this.machine = machine;
    this.guest = guest;
    this.appliance = new GuestAppliance(machine, guest);
  }

  /**
   * Powers a box on and waits until its agent runs.
   *
   * @param folder of this box alone; kept when the same card is powered on again
   * @param log receives each message of the agent
   */
  static async powerOn(options: PowerOn, folder: string, log: (message: unknown) => void): Promise<Box> {
    const machine = Machine.powerOn(options, folder);
    try {
      const guest = new Guest(await machine.connectAgent());
      guest.on('event', log);
      const box = new Box(machine, guest);
      await box.whileOn(within("the guest's start", longTimeoutMs, guest.started));
      return box;
    } catch (error) {
      await machine.powerOff();
      throw error;
    }
  }

  /** Waits for work that cannot finish once the machine is off, and throws when it goes off. */
  async whileOn<T>(work: Promise<T>): Promise<T> {
    const off = this.machine.off.then(() => {
      throw new Error(`the box went off; its console ended with\n${this.machine.console.slice(-2000)}`);
    });
    return Promise.race([work, off]);
  }

  /** Does some work, during which no packet may come or go, although a network is plugged in. */
  async withoutPackets(work: () => Promise<string>): Promise<string> {
    const before = this.machine.packetBytes;
    const done = await work();
    const bytes = this.machine.packetBytes - before;
    assert.equal(bytes, 0, `${bytes} bytes of packets`);
    return `${done}; no packet`;
  }

  /** Waits until the guest has started again by itself. */
  async restarted(start: Promise<unknown> = this.guest.nextStart()): Promise<void> {
    await this.whileOn(within("the guest's restart", longTimeoutMs, start));
  }

  /** Which slot starts next and which are good, as the boot manager or the firmware has recorded it. */
  async slots(): Promise<string> {
    const printed = [];
    for (const args of [['get-primary'], ['get-state', 'a'], ['get-state', 'b']])
      printed.push((await this.guest.run('/usr/lib/terashi/slots', ...args)).trim());
    const [next, a, b] = printed;
    return `${next} next, a ${a}, b ${b}`;
  }

  /** The version that runs, and from which slot. */
  async running(): Promise<string> {
    const commandLine = await this.guest.run('cat', '/proc/cmdline');
    const slot = /terashi\.slot=root-(\w)/.exec(commandLine)?.[1];
    const { version } = JSON.parse(await this.guest.run('cat', '/usr/lib/terashi/package.json')) as {
      version: string;
    };
    return `${version} in slot ${slot}`;
  }
}
