/** Every case of the test in the guest, in the order in which its suite runs it. */
export const descriptions = {
  'counter/screen': 'the screen on the display',
  'counter/memory': 'memory of the appliance at rest',
  'counter/visit':
    "a visit by lights and buttons: SANE's pseudo-scanner, libcamera's virtual camera, GPIO character device",
  'counter/clock': 'the clock set at the panel, by keys',
  'counter/cancel': 'a cancelled visit by lights and buttons: a USB scanner, GPIO through onoff',
  'counter/doctor': 'terashi doctor --json',
  'counter/records': 'the records copied to a stick, encrypted to the key of the settings',
  'counter/unplug/idle-scanner': 'the scanner unplugged before a visit',
  'counter/unplug/idle-camera': 'the camera unplugged before a visit',
  'counter/unplug/notice-camera': 'the camera unplugged before it is used',
  'counter/unplug/scanning-scanner': 'the scanner unplugged while it scans',
  'counter/unplug/photographing-camera': 'the camera unplugged while it takes pictures',
  'counter/stall': 'a scanner driver that spins',
  'counter/vendor': "the bench test at the panel, by a vendor's token on a stick",
  'counter/bench-test': 'terashi bench-test --unattended',

  'updates/tampered': 'a bundle with one changed byte is refused',
  'updates/stick-lost': 'a stick that is pulled while the slot is written',
  'updates/kept': 'an update from a stick is installed, tested and kept',
  'updates/slot-changed': 'a slot with one changed byte gives way to the other slot',
  'updates/returned': 'an update that fails its self-test is rolled back',
  'updates/power-cut/visit': 'the power goes during a visit',
  'updates/power-cut/update': 'the power goes while an update is written',
  'updates/time-to-ready': 'the time to ready, as a multiple of the start without the appliance',

  'start/time-to-ready': 'the time to ready, as a multiple of the start without the appliance',
  'start/kernel': "the kernel, and its pages' size",
  'start/sealed': 'the root is read-only and checked by verity',
  'start/screen': 'the screen on the display',
  'start/memory': 'memory of the appliance at rest',
  'start/panel-visit': "a visit at the panel: SANE's pseudo-scanner, libcamera's virtual camera",
  'start/lights-visit': 'a visit by lights and buttons: GPIO character device',
  'start/usb': 'USB devices: a keyboard, a hub and a stick are turned on, a mouse and a network are not',
  'start/no-keyboard': 'no keyboard is turned on where the settings partition says so',
  'start/settings-lost':
    'a card whose settings partition was destroyed: the last good settings apply, and the screen says so',
  'start/short-card': 'a card that was not written to its end: the screen says so',

  'secure-boot/on': "firmware in setup mode takes the card's keys, and the box starts with Secure Boot",
  'secure-boot/options': 'options in the entry change nothing',
  'secure-boot/command-line': 'a changed command line does not start',
  'secure-boot/kernel': 'another kernel does not start',
  'secure-boot/other-key': 'a kernel that another key signed does not start',
  'secure-boot/bare-kernel': 'a kernel without its command line does not start',
  'secure-boot/initrd': 'another initrd does not start',
  'secure-boot/boot-manager': 'another boot manager does not start',
  'secure-boot/off':
    'without Secure Boot the same changed command line starts: the proof that the change is sound',

  'remnants/verified': 'nothing is left of a visit that ended with a hand-over',
  'remnants/refused': 'nor of one that the visitor refused, in which no picture is taken',
  'remnants/not-verified': 'nor of one that ended without a hand-over',
  'remnants/cancelled': 'nor of one that was cancelled',
  'remnants/timed-out': 'nor of one in which nobody pressed a key',
  'remnants/vault-killed': 'nor of one whose vault was killed',
  'remnants/camera-lost': 'nor of one whose camera was unplugged while it took pictures',
  'remnants/panel-killed': 'nor of one whose panels were killed',
  'remnants/power-button':
    'nor of one that ended with the power button, in the memory of the box that is off',
} as const satisfies Readonly<Record<string, string>>;

export type CaseName = keyof typeof descriptions;
export const caseNames = Object.keys(descriptions) as CaseName[];

export const suiteNames = ['counter', 'updates', 'start', 'secure-boot', 'remnants'] as const;
export type SuiteName = (typeof suiteNames)[number];

/** What `.ci/run` runs: one case of each kind. The two suites run side by side and take about equally long. */
export const quick: readonly CaseName[] = [
  'counter/screen',
  'counter/memory',
  'counter/visit',
  'counter/doctor',
  'counter/unplug/photographing-camera',
  'updates/tampered',
  'updates/kept',
];

/** Cases that depend on the result of another one, which is selected with them. */
const prerequisites: Partial<Record<CaseName, CaseName>> = {
  // Without a record there is nothing to copy.
  'counter/records': 'counter/cancel',
  // It needs two good slots.
  'updates/slot-changed': 'updates/kept',
  // It measures the restart after the cut: a first start takes longer, because it makes the box's key.
  'updates/time-to-ready': 'updates/power-cut/visit',
};

const isWithin = (name: string, prefix: string): boolean => name === prefix || name.startsWith(`${prefix}/`);

/** The selected cases. */
export class Selection {
  readonly #names: ReadonlySet<CaseName>;

  constructor(names: readonly CaseName[]) {
    this.#names = new Set(names.flatMap((name) => [name, prerequisites[name] ?? name]));
  }

  /**
   * @param prefixes names of cases, or the first parts of names: `counter`, `counter/unplug`
   * @throws where a prefix names no case
   */
  static of(prefixes: readonly string[]): Selection {
    for (const prefix of prefixes)
      if (!caseNames.some((name) => isWithin(name, prefix))) throw new Error(`no such case: ${prefix}`);
    return new Selection(caseNames.filter((name) => prefixes.some((prefix) => isWithin(name, prefix))));
  }

  /** Whether any case within one of these prefixes is selected. */
  has(...prefixes: readonly string[]): boolean {
    return [...this.#names].some((name) => prefixes.some((prefix) => isWithin(name, prefix)));
  }

  get suites(): readonly SuiteName[] {
    return suiteNames.filter((suite) => this.has(suite));
  }
}
