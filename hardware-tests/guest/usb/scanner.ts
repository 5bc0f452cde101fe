import type { ControlRequest } from './wire.js';
import { describe, type UsbDevice, word } from './device.js';

// pid.codes reserves the first product numbers of this vendor for tests.
const vendor = 0x1209;
const product = 0x0001;

const endpoint = 0x81;
const packetSize = 512;

/** The request with which the test's SANE driver (scanner.c) sends the carriage back to the top of the glass. */
const rewind = { type: 0x40, request: 1 } as const;

/** The scanner's glass, and the carriage below it. */
export class Glass {
  readonly #page: Buffer;
  #at = 0;

  /** @param page the samples of its lines, as the scanner sends them */
  constructor(page: Buffer) {
    this.#page = page;
  }

  rewind(): void {
    this.#at = 0;
  }

  /** The next samples, at most `length` bytes. */
  read(length: number): Buffer {
    const samples = this.#page.subarray(this.#at, this.#at + length);
    this.#at += samples.length;
    return samples;
  }
}

/**
 * The scanner's USB side. Without a glass it is only plugged in or not, and the test's SANE driver (scanner.c) does the
 * rest; with one the page comes over the cable, so that no file in the box has it.
 */
export function usbScanner(glass?: Glass): UsbDevice {
  const bulk = glass ? [{ address: endpoint, interface: 0, packetSize }] : [];
  const interfaces = Buffer.from(
    [
      [9, 4, 0, 0, bulk.length, 255, 0, 0, 0],
      ...bulk.map(({ address }) => [7, 5, address, 2, ...word(packetSize), 0]),
    ].flat(),
  );
  const descriptors = { vendor, product, names: ['Terashi', 'Test scanner'], interfaceCount: 1, interfaces };
  return {
    vendor,
    product,
    interfaces: [{ number: 0, class: 255, subclass: 0, protocol: 0 }],
    bulk,
    control: (request) => {
      if (isRewind(request)) glass?.rewind();
      return describe(descriptors, request) ?? acknowledge(request.type);
    },
    read: (length) => Promise.resolve(glass?.read(length)),
  };
}

const isRewind = ({ type, request }: ControlRequest): boolean =>
  type === rewind.type && request === rewind.request;

const toComputer = 0x80;
const acknowledge = (type: number) => ((type & toComputer) === 0 ? Buffer.alloc(0) : undefined);
