/**
 * The packets of the USB network redirection protocol, version 0.7, that a simple device needs. QEMU's usb-redir speaks
 * it on a socket; the other end is a USB device of the guest.
 */

export const packet = {
  hello: 0,
  deviceConnect: 1,
  reset: 3,
  interfaceInfo: 4,
  endpointInfo: 5,
  setConfiguration: 6,
  getConfiguration: 7,
  configurationStatus: 8,
  setAltSetting: 9,
  getAltSetting: 10,
  altSettingStatus: 11,
  cancelDataPacket: 21,
  control: 100,
  bulk: 101,
} as const;

export const status = { success: 0, cancelled: 1, stall: 4 } as const;

/** QEMU's USB 3 controller requires these three. They determine the lengths of headers. */
const capabilities = (1 << 4) | (1 << 5) | (1 << 6);
const headerLength = { first: 12, later: 16 };

export type Packet = { readonly type: number; readonly id: bigint; readonly body: Buffer };

/** Splits a stream into packets. The first one, QEMU's hello, has a shorter header. */
export class PacketReader {
  #buffered = Buffer.alloc(0);
  #greeted = false;

  *take(chunk: Buffer): Generator<Packet> {
    this.#buffered = Buffer.concat([this.#buffered, chunk]);
    for (;;) {
      const header = this.#greeted ? headerLength.later : headerLength.first;
      if (this.#buffered.length < header) return;
      const end = header + this.#buffered.readUInt32LE(4);
      if (this.#buffered.length < end) return;
      const id = this.#greeted ? this.#buffered.readBigUInt64LE(8) : 0n;
      const next = { type: this.#buffered.readUInt32LE(0), id, body: this.#buffered.subarray(header, end) };
      this.#greeted = true;
      this.#buffered = this.#buffered.subarray(end);
      yield next;
    }
  }
}

export function packed(type: number, body: Buffer, id = 0n): Buffer {
  const header = Buffer.alloc(type === packet.hello ? headerLength.first : headerLength.later);
  header.writeUInt32LE(type, 0);
  header.writeUInt32LE(body.length, 4);
  if (type !== packet.hello) header.writeBigUInt64LE(id, 8);
  return Buffer.concat([header, body]);
}

export function hello(): Buffer {
  const body = Buffer.alloc(68);
  body.write('terashi test device');
  body.writeUInt32LE(capabilities, 64);
  return packed(packet.hello, body);
}

export type Interface = {
  readonly number: number;
  readonly class: number;
  readonly subclass: number;
  readonly protocol: number;
};

export function interfaceInfo(interfaces: readonly Interface[]): Buffer {
  const body = Buffer.alloc(4 + 4 * 32);
  body.writeUInt32LE(interfaces.length, 0);
  interfaces.forEach(({ number, class: kind, subclass, protocol }, index) => {
    [number, kind, subclass, protocol].forEach((value, row) => body.writeUInt8(value, 4 + 32 * row + index));
  });
  return packed(packet.interfaceInfo, body);
}

/** A bulk endpoint from the device to the host. */
export type BulkIn = { readonly address: number; readonly interface: number; readonly packetSize: number };

export function endpointInfo(bulk: readonly BulkIn[]): Buffer {
  const [control, bulkType, absent] = [0, 2, 255];
  const body = Buffer.alloc(3 * 32 + 2 * 32);
  body.fill(absent, 0, 32);
  for (const own of [0, 16]) {
    body.writeUInt8(control, own);
    body.writeUInt16LE(64, 96 + 2 * own);
  }
  for (const { address, interface: owner, packetSize } of bulk) {
    const index = 16 + (address & 0x0f);
    body.writeUInt8(bulkType, index);
    body.writeUInt8(owner, 64 + index);
    body.writeUInt16LE(packetSize, 96 + 2 * index);
  }
  return packed(packet.endpointInfo, body);
}

export function deviceConnect(vendor: number, product: number): Buffer {
  const highSpeed = 2;
  const body = Buffer.alloc(8);
  body.writeUInt8(highSpeed, 0);
  body.writeUInt16LE(vendor, 4);
  body.writeUInt16LE(product, 6);
  return packed(packet.deviceConnect, body);
}

/** A request on endpoint 0 (USB 2.0, 9.3). */
export type ControlRequest = {
  readonly type: number;
  readonly request: number;
  readonly value: number;
  readonly index: number;
  readonly length: number;
  readonly data: Buffer;
};

const controlHeader = 10;
const toComputer = 0x80;

export function controlRequest({ body }: Packet): ControlRequest {
  return {
    request: body.readUInt8(1),
    type: body.readUInt8(2),
    value: body.readUInt16LE(4),
    index: body.readUInt16LE(6),
    length: body.readUInt16LE(8),
    data: body.subarray(controlHeader),
  };
}

/** The answer to a control request; `undefined` stalls it. */
export function controlAnswer(request: Packet, data: Buffer | undefined): Buffer {
  const { type, length } = controlRequest(request);
  const header = Buffer.from(request.body.subarray(0, controlHeader));
  header.writeUInt8(data ? status.success : status.stall, 3);
  if ((type & toComputer) === 0) return packed(packet.control, header, request.id);
  const given = (data ?? Buffer.alloc(0)).subarray(0, length);
  header.writeUInt16LE(given.length, 8);
  return packed(packet.control, Buffer.concat([header, given]), request.id);
}

const bulkHeader = 10;

/** The number of bytes that a bulk packet requests. */
export function bulkLength({ body }: Packet): number {
  return body.readUInt16LE(2) + body.readUInt16LE(8) * 0x10000;
}

export function bulkAnswer(request: Packet, data: Buffer, state: number = status.success): Buffer {
  const header = Buffer.from(request.body.subarray(0, bulkHeader));
  header.writeUInt8(state, 1);
  header.writeUInt16LE(data.length % 0x10000, 2);
  header.writeUInt16LE(Math.floor(data.length / 0x10000), 8);
  return packed(packet.bulk, Buffer.concat([header, data]), request.id);
}
