import assert from 'node:assert/strict';

import * as z from 'zod';

import { until } from '../../counter/until.js';
import type { Box } from '../box.js';
import type { Stick } from '../stick.js';
import { guestTimeoutMs } from '../timeouts.js';

/** A keyboard, by QEMU's name. */
export const keyboard = 'usb-kbd';

/** What no box has a use for: a pointer alone, another that is one, a network, a reader of smart cards. */
const refused = ['usb-mouse', 'usb-tablet', 'usb-net', 'usb-ccid'] as const;

/**
 * Prints every USB device but the controllers, once udev is done with it: whether the kernel has turned it on, and the
 * drivers of its parts.
 */
const script = `
for device in /sys/bus/usb/devices/*-*; do
  case $device in *:*) continue ;; esac
  udevadm wait --timeout=60 $device && udevadm settle || exit 1
  drivers=
  for part in $device:*; do
    [ -e $part/driver ] && drivers="$drivers $(basename $(readlink $part/driver))"
  done
  echo $(cat $device/authorized) $(cat $device/idVendor):$(cat $device/idProduct) $drivers
done`;

const line = z.string().regex(/^[01] [0-9a-f]{4}:[0-9a-f]{4}/);

type Plugged = { readonly isOn: boolean; readonly drivers: readonly string[] };

/** Each device is plugged in alone: a keyboard, a hub and a stick are turned on, others stay off. */
export async function turnsOnWhatIsOfUse(box: Box, stick: Stick): Promise<string> {
  await verifiesRules(box);
  const seen = [
    await judge(box, keyboard, { isOn: true, drivers: ['usbhid'] }),
    await judge(box, 'usb-hub', { isOn: true, drivers: ['hub'] }),
  ];
  for (const driver of refused) seen.push(await judge(box, driver, { isOn: false, drivers: [] }));
  await box.machine.plugStick(stick.file);
  seen.push(compare('usb-storage', await theOne(box), { isOn: true, drivers: ['usb-storage'] }));
  await box.machine.pullStick();
  return seen.join(', ');
}

/** A keyboard that was there before the power, and one that is plugged in later, stay off. */
export async function turnsNoKeyboardOn(box: Box): Promise<string> {
  // Waits for all that starts with the box.
  await box.guest.run('systemctl', 'start', 'multi-user.target');
  const off = { isOn: false, drivers: [] };
  const atPowerOn = compare(`${keyboard} at power-on`, await theOne(box), off);
  await box.machine.unplugUsb(keyboard);
  return [atPowerOn, await judge(box, keyboard, off)].join(', ');
}

/** udev understands each of the appliance's rules (udevadm(8), "verify"). */
async function verifiesRules({ guest }: Box): Promise<void> {
  await guest.run(
    'sh',
    '-c',
    'udevadm verify --no-style $(find /etc/udev /usr/lib/udev -name "*terashi*.rules")',
  );
}

async function judge(box: Box, driver: string, expected: Plugged): Promise<string> {
  await box.machine.plugUsb(driver);
  const found = await theOne(box);
  await box.machine.unplugUsb(driver);
  return compare(driver, found, expected);
}

function compare(name: string, found: Plugged, expected: Plugged): string {
  assert.deepEqual(found, expected, name);
  return `${name} ${found.isOn ? `on (${found.drivers.join(' ')})` : 'off'}`;
}

/** The only device there is, once there is one and udev is done with it. */
async function theOne({ guest }: Box): Promise<Plugged> {
  const list = async () => {
    const { ok, text } = await guest.send({ do: 'run', command: ['sh', '-c', script] });
    const lines = ok ? text.trim().split('\n') : [];
    return lines.length === 1 && line.safeParse(lines[0]).success ? lines[0] : undefined;
  };
  const options = { timeoutMs: guestTimeoutMs, intervalMs: 500 };
  const [authorized, , ...drivers] = (await until('one USB device', list, options))
    .split(' ')
    .filter(Boolean);
  return { isOn: authorized === '1', drivers };
}
