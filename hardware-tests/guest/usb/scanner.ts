import { describe, type UsbDevice } from './device.js';

// pid.codes keeps this vendor's first numbers for tests.
const vendor = 0x1209;
const product = 0x0001;

/**
 * The scanner as far as USB goes: a device that is there or not. The test's own SANE driver (scanner.c) lists and
 * reads a scanner for as long as it sees it.
 */
export function usbScanner(): UsbDevice {
  const interfaces = Buffer.of(9, 4, 0, 0, 0, 255, 0, 0, 0);
  const descriptors = { vendor, product, names: ['Terashi', 'Test scanner'], interfaceCount: 1, interfaces };
  return {
    vendor,
    product,
    interfaces: [{ number: 0, class: 255, subclass: 0, protocol: 0 }],
    bulk: [],
    control: (request) => describe(descriptors, request) ?? acknowledge(request.type),
    read: () => Promise.resolve(undefined),
  };
}

const toComputer = 0x80;
const acknowledge = (type: number) => ((type & toComputer) === 0 ? Buffer.alloc(0) : undefined);
