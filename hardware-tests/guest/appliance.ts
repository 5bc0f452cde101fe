import sharp from 'sharp';

import type { DeviceKind } from '../../appliance/protocol/vault.js';
import type { Entry } from '../../appliance/record/entry.js';
import { visitsIn } from '../counter/counter.js';
import { GuestClerk } from './clerk.js';
import { heldTestCard, visitorPictures } from './extras/pictures.js';
import type { Guest } from './guest.js';
import type { Machine } from './machine.js';
import { Film, usbCamera } from './usb/camera.js';
import { Glass, usbScanner } from './usb/scanner.js';

const state = '/var/lib/terashi';
export const settings = '/boot/settings/terashi.toml';
const panel = '/run/terashi/panel.sock';
const virtualCamera = '/usr/share/libcamera/pipeline/virtual/virtual.yaml';
const usbCameraNode = '/dev/video0';

/** What scanner.c does from the next call on: its mode file holds one of these words. */
type ScannerMode = 'normal' | 'blank' | 'test-card' | 'hangs' | 'hangs-when-found' | 'spins' | 'usb';

/** The appliance in the guest, with the devices that the test plugs into it. */
export class GuestAppliance {
  readonly guest: Guest;
  readonly #machine: Machine;
  readonly #visitor = new Film(visitorPictures());
  #glass: Glass | undefined;
  #clerk: GuestClerk;

  constructor(machine: Machine, guest: Guest) {
    this.#machine = machine;
    this.guest = guest;
    this.#clerk = new GuestClerk(guest);
  }

  /** Connects the clerk to the appliance's panel socket. */
  async connectPanel(): Promise<void> {
    await this.guest.send({ do: 'connect-panel', socket: panel });
  }

  get clerk(): GuestClerk {
    return this.#clerk;
  }

  /** Waits until a visit can begin. */
  async waitUntilReady(): Promise<void> {
    await this.#clerk.scene('idle', 1);
    this.#clerk.again();
  }

  /** Plugs a device in. One that is plugged in already is unplugged first. */
  async plug(kind: DeviceKind): Promise<void> {
    await this.#machine[kind].plugIn(kind === 'scanner' ? usbScanner(this.#glass) : usbCamera(this.#visitor));
  }

  async unplug(kind: DeviceKind): Promise<void> {
    await this.#machine[kind].unplug();
  }

  /** Plugs the first scanner in; it replaces SANE's pseudo-scanner. */
  async endPractice(): Promise<void> {
    await this.plug('scanner');
    await this.#clerk.waitFor(({ practice }) => !practice, 'the end of practice');
    await this.agreeToChanges();
  }

  /** Sees at the panel what has changed, such as a device, so that the next visit begins at once, also by lights. */
  async agreeToChanges(): Promise<void> {
    const clerk = this.#clerk;
    await clerk.choose('begin');
    await clerk.waitFor(({ scene }) => scene.name !== 'idle', 'a visit, or what has changed');
    if (clerk.view?.scene.name === 'changes') await clerk.choose('seen-changes');
    else {
      await clerk.press('cancel');
      await clerk.scene('erased');
      await clerk.press('enter');
    }
    await clerk.waitFor(({ scene }) => scene.name === 'idle', 'a box that is ready');
    clerk.catchUp();
  }

  /** Replaces the character device by /sys/class/gpio, to which it applies udev's rules, and restarts the lights' process. */
  async enableSysfsGpio(): Promise<void> {
    await this.guest.run('umount', '/sys/class/gpio');
    await this.guest.run('udevadm', 'trigger', '--settle', '--action=add', '--subsystem-match=gpio');
    await this.guest.run('sh', '-c', 'rm /dev/gpiochip*');
    await this.guest.run('systemctl', 'restart', 'terashi-lights.service');
  }

  /**
   * Puts a USB camera in the place of libcamera's virtual one, which cannot be unplugged. The restart is for a visit that
   * begins at once: it would still use the virtual one.
   */
  async replaceVirtualCamera(): Promise<void> {
    await this.guest.run('mv', virtualCamera, `${virtualCamera}.removed`);
    await this.plug('camera');
    await this.guest.run('udevadm', 'wait', '--timeout=60', usbCameraNode);
    await this.restart();
    await this.agreeToChanges();
  }

  async setScannerMode(mode: ScannerMode): Promise<void> {
    await this.guest.write('/run/scanner-mode', `${mode}\n`);
  }

  /** Replaces the card, or the visitor, with an empty picture. */
  async showBlank(side: 'document' | 'probe'): Promise<void> {
    if (side === 'document') return this.setScannerMode('blank');
    const [width, height] = [1280, 960];
    const empty = sharp({ create: { width, height, channels: 3, background: 'silver' } });
    this.#visitor.show([await empty.jpeg().toBuffer()]);
  }

  /**
   * Shows pictures of which no file in the box has a copy: both come over their USB cables. Called before the devices are
   * plugged in.
   *
   * @param page the samples of its lines
   * @param frame as JPEG
   */
  async showOverCable(page: Buffer, frame: Buffer): Promise<void> {
    this.#glass = new Glass(page);
    this.#visitor.show([frame]);
    await this.setScannerMode('usb');
  }

  /** Lets vaults open USB devices, as udev's rules for SANE do for scanners that they know. */
  async openUsbNodes(): Promise<void> {
    await this.guest.run('chmod', '-R', 'a+rwX', '/dev/bus/usb');
  }

  /** Lays the test card on the glass, and holds it before the camera. */
  async showTestCard(): Promise<void> {
    await this.setScannerMode('test-card');
    this.#visitor.show([heldTestCard()]);
  }

  /** Lays the practice card on the glass again, with its holder before the camera. */
  async restorePictures(): Promise<void> {
    await this.setScannerMode('normal');
    this.#visitor.show(visitorPictures());
  }

  /** After a failed case: plugs everything in and restarts the appliance. */
  async recover(): Promise<void> {
    await this.restorePictures();
    await this.plug('scanner');
    await this.plug('camera');
    await this.restart();
  }

  /** Restarts the appliance, with a clerk who has seen nothing yet. */
  async restart(): Promise<void> {
    await this.guest.run('systemctl', 'stop', 'terashi.service');
    this.#clerk = new GuestClerk(this.guest);
    await this.guest.run('systemctl', 'start', '--no-block', 'terashi.service');
    await this.waitUntilReady();
  }

  /** Stops the appliance, with every socket that would start it again. */
  async stop(): Promise<void> {
    await this.guest.run('systemctl', 'stop', 'terashi-*.socket', 'terashi-*.service', 'terashi.service');
  }

  async records(): Promise<Entry[]> {
    const file = await this.guest.send({ do: 'read', file: `${state}/records.jsonl` });
    return visitsIn(file.ok ? file.text : '');
  }

  /** The process ids of all vaults, the spare one included. */
  vaultPids(): Promise<string[]> {
    return this.#running('vault/main.js');
  }

  /** The process ids of the programs that scan and have denied themselves cameras. */
  scannerPids(): Promise<string[]> {
    return this.#running('cameras-denied');
  }

  /** The processes on whose command line a word is; that of the search itself has brackets there. */
  async #running(word: string): Promise<string[]> {
    const found = await this.guest.send({
      do: 'run',
      command: ['sh', '-c', `grep -las '[${word[0]}]${word.slice(1)}' /proc/[0-9]*/cmdline`],
    });
    return found.text.trim().split('\n').filter(Boolean);
  }

  /** Runs a command of the appliance as its own user. */
  async terashi(...args: string[]): Promise<{ readonly ok: boolean; readonly text: string }> {
    const user = ['setpriv', '--reuid=terashi', '--regid=terashi', '--init-groups'];
    return this.guest.send({ do: 'run', command: [...user, 'terashi', ...args] });
  }
}
