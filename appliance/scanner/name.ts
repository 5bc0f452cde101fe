import { existsSync } from 'node:fs';

/** SANE's own pseudo-scanner (sane-pnm(5)), which reads a PNM file as if it were scanned. */
export const pseudoScanner = 'pnm:0';

export function isPseudoScanner(name: string): boolean {
  return name.startsWith('pnm:');
}

/**
 * The device node in a SANE name such as `epjitsu:libusb:001:004`: most USB drivers name a scanner by bus and device
 * number (sane-usb(5)). The device number changes each time the scanner is plugged in.
 */
export function nodeOf(name: string): string | undefined {
  const place = /\blibusb:(\d{3}):(\d{3})$/.exec(name);
  return place ? `/dev/bus/usb/${place[1]}/${place[2]}` : undefined;
}

/** Whether a scanner is unplugged; false if its name has no device node. */
export function isUnplugged(name: string): boolean {
  const node = nodeOf(name);
  return node !== undefined && !existsSync(node);
}
