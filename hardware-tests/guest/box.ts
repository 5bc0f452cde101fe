import { Bench } from './bench.js';
import { Guest } from './guest.js';
import { type Boot, Machine } from './machine.js';

/** A box with power: the machine, and the test's hands and eyes in it. */
export class Box {
  readonly machine: Machine;
  readonly guest: Guest;
  readonly bench: Bench;

  private constructor(machine: Machine, guest: Guest) {
    this.machine = machine;
    this.guest = guest;
    this.bench = new Bench(machine, guest);
  }

  /**
   * Gives a box power and waits until its agent is there.
   *
   * @param folder its own, and of those before it that had the same card
   * @param tell told what the agent tells
   */
  static async switchOn(boot: Boot, folder: string, tell: (news: unknown) => void): Promise<Box> {
    const machine = Machine.switchOn(boot, folder);
    try {
      const guest = new Guest(await machine.wire());
      guest.on('news', tell);
      const box = new Box(machine, guest);
      await box.whileOn(guest.here);
      return box;
    } catch (error) {
      await machine.switchOff();
      throw error;
    }
  }

  /** Waits for something that never comes once the machine is off. */
  async whileOn<T>(work: Promise<T>): Promise<T> {
    const off = this.machine.off.then(() => {
      throw new Error(`the box went off; its console ended with\n${this.machine.console.slice(-2000)}`);
    });
    return Promise.race([work, off]);
  }

  /** What starts next, and which slots are good: as the box's boot manager or firmware has been told. */
  async slots(): Promise<string> {
    const said = [];
    for (const asked of [['get-primary'], ['get-state', 'a'], ['get-state', 'b']])
      said.push((await this.guest.run('/usr/lib/terashi/slots', ...asked)).trim());
    const [next, a, b] = said;
    return `${next} next, a ${a}, b ${b}`;
  }

  /** What runs: the slot that was started, and the version in it. */
  async running(): Promise<string> {
    const words = await this.guest.run('cat', '/proc/cmdline');
    const slot = /terashi\.slot=root-(\w)/.exec(words)?.[1];
    const { version } = JSON.parse(await this.guest.run('cat', '/usr/lib/terashi/package.json')) as {
      version: string;
    };
    return `${version} in slot ${slot}`;
  }
}
