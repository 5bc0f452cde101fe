import { describe, type UsbDevice } from './device.js';

// pid.codes reserves the first product numbers of this vendor for tests.
const vendor = 0x1209;
const product = 0x0001;

/** The scanner's USB side: a device that is plugged in or not. The test's SANE driver (scanner.c) does the rest. */
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
