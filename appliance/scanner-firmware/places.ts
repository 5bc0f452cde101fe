import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { installation } from '../installation.js';
import { firmwareIn, type ListedFirmware } from './listed.js';

/** Where to look for scanners and the files that they need. */
export type FirmwarePlaces = {
  /** The driver's list: `epjitsu.conf`. */
  readonly configuration: string;
  /** The kernel's USB devices. */
  readonly usb: string;
};

export const firmwarePlaces: FirmwarePlaces = {
  configuration: join(installation.sane, 'epjitsu.conf'),
  usb: '/sys/bus/usb/devices',
};

/** The driver's list. Without it the driver looks for no scanner, so none needs a file. */
export async function listedFirmware({ configuration }: FirmwarePlaces): Promise<ListedFirmware[]> {
  return firmwareIn(await readFile(configuration, 'utf8').catch(() => ''));
}
