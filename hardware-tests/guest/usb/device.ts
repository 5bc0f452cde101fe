import type { BulkIn, ControlRequest, Interface } from './wire.js';

/** A USB device as its host sees it. */
export type UsbDevice = {
  readonly vendor: number;
  readonly product: number;
  readonly interfaces: readonly Interface[];
  readonly bulk: readonly BulkIn[];
  /** Answers a request on endpoint 0; `undefined` stalls it. */
  control(request: ControlRequest): Buffer | undefined;
  /** Returns at most `length` bytes as soon as there are any; `undefined` when the transfer is cancelled. */
  read(length: number, signal: AbortSignal): Promise<Buffer | undefined>;
};

// USB 2.0, 9.4 and 9.6
const getStatus = 0;
const getDescriptor = 6;
const standardFromDevice = 0x80;
const selfPowered = 1;
const kinds = { device: 1, configuration: 2, string: 3 } as const;

export type Descriptors = {
  readonly vendor: number;
  readonly product: number;
  readonly names: readonly string[];
  readonly interfaceCount: number;
  /** The descriptors of all interfaces, concatenated. */
  readonly interfaces: Buffer;
};

/** Answers the standard requests: descriptors and status. */
export function describe(descriptors: Descriptors, request: ControlRequest): Buffer | undefined {
  if (request.type !== standardFromDevice) return undefined;
  if (request.request === getStatus) return Buffer.from(word(selfPowered));
  if (request.request !== getDescriptor) return undefined;
  const number = request.value & 0xff;
  switch (request.value >> 8) {
    case kinds.device:
      return deviceDescriptor(descriptors);
    case kinds.configuration:
      return configurationDescriptor(descriptors);
    case kinds.string:
      return number === 0
        ? Buffer.of(4, kinds.string, 0x09, 0x04)
        : stringDescriptor(descriptors.names[number - 1]);
    default:
      return undefined;
  }
}

export const word = (value: number): number[] => [value & 0xff, (value >> 8) & 0xff];
export const double = (value: number): number[] => [...word(value & 0xffff), ...word(value >>> 16)];

function deviceDescriptor({ vendor, product }: Descriptors): Buffer {
  // Class 239, 2, 1: an interface association descriptor groups the interfaces.
  return Buffer.from([
    18,
    1,
    ...word(0x0200),
    239,
    2,
    1,
    64,
    ...word(vendor),
    ...word(product),
    ...word(0x0100),
    1,
    2,
    0,
    1,
  ]);
}

function configurationDescriptor({ interfaces, interfaceCount }: Descriptors): Buffer {
  const attributes = 0x80 | (selfPowered << 6);
  const header = [
    9,
    kinds.configuration,
    ...word(9 + interfaces.length),
    interfaceCount,
    1,
    0,
    attributes,
    0,
  ];
  return Buffer.concat([Buffer.from(header), interfaces]);
}

function stringDescriptor(text: string | undefined): Buffer | undefined {
  if (text === undefined) return undefined;
  const letters = Buffer.from(text, 'utf16le');
  return Buffer.concat([Buffer.of(2 + letters.length, kinds.string), letters]);
}
