import { existsSync } from 'node:fs';

/** SANE's own pseudo-scanner (sane-pnm(5)) hands over a PNM file as if it were scanned. */
export const benchScanner = 'pnm:0';

export function isBench(name: string): boolean {
  return name.startsWith('pnm:');
}

/**
 * The kernel's node of the scanner that SANE knows by this name, such as `epjitsu:libusb:001:004`: most drivers of
 * USB scanners call them by bus and device (sane-usb(5)). The second number is another one each time that the
 * scanner is plugged in.
 */
export function nodeOf(name: string): string | undefined {
  const place = /\blibusb:(\d{3}):(\d{3})$/.exec(name);
  return place ? `/dev/bus/usb/${place[1]}/${place[2]}` : undefined;
}

/** Whether a scanner was unplugged, as far as its name tells where it was. */
export function isUnplugged(name: string): boolean {
  const node = nodeOf(name);
  return node !== undefined && !existsSync(node);
}
