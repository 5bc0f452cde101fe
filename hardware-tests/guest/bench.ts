import { setTimeout as wait } from 'node:timers/promises';

import sharp from 'sharp';

import type { Entry } from '../../appliance/record/entry.js';
import type { DeviceKind } from '../../appliance/protocol/vault.js';
import { GuestClerk } from './clerk.js';
import type { Guest } from './guest.js';
import type { Machine } from './machine.js';
import { heldTestCard, visitorPictures } from './extras/pictures.js';
import { Film, usbCamera } from './usb/camera.js';
import { usbScanner } from './usb/scanner.js';

const state = '/var/lib/terashi';
export const settings = '/boot/firmware/terashi.toml';
const panel = '/run/terashi/panel.sock';
const virtualCamera = '/usr/share/libcamera/pipeline/virtual/virtual.yaml';

/** The guest with its appliance on the test's bench: everything that a trial does to it. */
export class Bench {
  readonly guest: Guest;
  readonly #machine: Machine;
  readonly #visitor = new Film(visitorPictures());
  #clerk: GuestClerk;

  constructor(machine: Machine, guest: Guest) {
    this.#machine = machine;
    this.guest = guest;
    this.#clerk = new GuestClerk(guest);
  }

  /** Sits down at the appliance's panel. */
  async attend(): Promise<void> {
    await this.guest.ask({ do: 'attend', socket: panel });
  }

  get clerk(): GuestClerk {
    return this.#clerk;
  }

  /** Waits until a visit could begin. */
  async ready(): Promise<void> {
    await this.#clerk.scene('idle', 1);
    this.#clerk.again();
  }

  /** Plugs a device in; or, of what is plugged in, pulls its cable. */
  async plug(kind: DeviceKind): Promise<void> {
    await this.#machine[kind].plugIn(kind === 'scanner' ? usbScanner() : usbCamera(this.#visitor));
  }

  async unplug(kind: DeviceKind): Promise<void> {
    await this.#machine[kind].unplug();
  }

  /** Plugs in the first scanner that there is; it takes the pseudo-scanner's place. */
  async endPractice(): Promise<void> {
    await this.plug('scanner');
    while (this.#clerk.newest?.practice !== false) await wait(200);
  }

  /** Brings /sys/class/gpio, which was hidden, with udev's rules for it, and has the lights' process begin anew. */
  async bringSysfs(): Promise<void> {
    await this.guest.run('umount', '/sys/class/gpio');
    await this.guest.run('udevadm', 'trigger', '--settle', '--action=add', '--subsystem-match=gpio');
    await this.guest.run('systemctl', 'restart', 'terashi-lights.service');
  }

  /** Takes libcamera's virtual camera away, which has no cable, and plugs in a USB camera. */
  async changeCamera(): Promise<void> {
    await this.guest.run('mv', virtualCamera, `${virtualCamera}.removed`);
    await this.plug('camera');
  }

  /** What the scanner does otherwise from now on: a word of scanner.c. */
  async upset(mood: string): Promise<void> {
    await this.guest.write('/run/scanner-mood', `${mood}\n`);
  }

  /** Puts an empty picture in the place of the card, or of the visitor. */
  async spoil(side: 'document' | 'probe'): Promise<void> {
    if (side === 'document') return this.upset('blank');
    const [width, height] = [1280, 960];
    const empty = sharp({ create: { width, height, channels: 3, background: 'silver' } });
    this.#visitor.show([await empty.jpeg().toBuffer()]);
  }

  /** The test card lies on the glass, and is held before the camera. */
  async showTestCard(): Promise<void> {
    await this.upset('test-card');
    this.#visitor.show([heldTestCard()]);
  }

  /** The card lies on the glass again, and its holder stands before the camera. */
  async mend(): Promise<void> {
    await this.upset('well');
    this.#visitor.show(visitorPictures());
  }

  /** After something went wrong: everything plugged in, and the appliance started anew. */
  async recover(): Promise<void> {
    await this.mend();
    await this.plug('scanner');
    await this.plug('camera');
    await this.startAgain();
  }

  /** The appliance anew, and somebody at its panel who has seen nothing yet. */
  async startAgain(): Promise<void> {
    await this.guest.run('systemctl', 'stop', 'terashi.service');
    this.#clerk = new GuestClerk(this.guest);
    await this.guest.run('systemctl', 'start', '--no-block', 'terashi.service');
    await this.ready();
  }

  /** Ends the appliance for good, with all that would start it again. */
  async stopAppliance(): Promise<void> {
    await this.guest.run('systemctl', 'stop', 'terashi-*.socket', 'terashi-*.service', 'terashi.service');
  }

  async records(): Promise<Entry[]> {
    const file = await this.guest.ask({ do: 'read', file: `${state}/records.jsonl` });
    return (file.ok ? file.text : '')
      .trimEnd()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Entry);
  }

  /** The processes of all vaults there are. */
  async vaults(): Promise<string[]> {
    const found = await this.guest.ask({
      do: 'run',
      command: ['sh', '-c', 'grep -las vault/main.js /proc/[0-9]*/cmdline'],
    });
    return found.text.trim().split('\n');
  }

  /** A command of the appliance, given by its own user, and how it ended. */
  async terashi(...args: string[]): Promise<{ readonly ok: boolean; readonly text: string }> {
    const user = ['setpriv', '--reuid=terashi', '--regid=terashi', '--init-groups'];
    return this.guest.ask({ do: 'run', command: [...user, 'terashi', ...args] });
  }
}
