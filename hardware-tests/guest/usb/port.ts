import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

import type { UsbDevice } from './device.js';
import {
  bulkAnswer,
  bulkLength,
  controlAnswer,
  controlRequest,
  deviceConnect,
  endpointInfo,
  hello,
  interfaceInfo,
  packed,
  packet,
  PacketReader,
  type Packet,
  status,
} from './wire.js';

/** A USB port of the guest. */
export class UsbPort {
  readonly #path: string;
  #socket: Socket | undefined;

  /** @param path QEMU's socket of a `usb-redir` device */
  constructor(path: string) {
    this.#path = path;
  }

  async plugIn(device: UsbDevice): Promise<void> {
    await this.unplug();
    const socket = connect(this.#path);
    await once(socket, 'connect');
    this.#socket = socket;
    socket.on('error', () => undefined);
    serve(device, socket);
    const { interfaces, bulk, vendor, product } = device;
    for (const message of [
      hello(),
      interfaceInfo(interfaces),
      endpointInfo(bulk),
      deviceConnect(vendor, product),
    ]) {
      socket.write(message);
    }
  }

  /** Pulls the cable: pending transfers are lost. */
  async unplug(): Promise<void> {
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket || socket.destroyed) return;
    const closed = once(socket, 'close');
    socket.destroy();
    await closed;
  }
}

function serve(device: UsbDevice, socket: Socket): void {
  const reader = new PacketReader();
  const reading = new Map<bigint, AbortController>();
  const unplugged = new AbortController();
  socket.once('close', () => unplugged.abort());
  const state = { configuration: 1, alternates: new Map<number, number>() };
  socket.on('data', (chunk: Buffer) => {
    for (const request of reader.take(chunk)) answer(request);
  });

  function answer(request: Packet): void {
    const { type, body, id } = request;
    if (type === packet.control) {
      socket.write(controlAnswer(request, device.control(controlRequest(request))));
    } else if (type === packet.bulk) {
      void read(request);
    } else if (type === packet.cancelDataPacket) {
      reading.get(id)?.abort();
    } else if (type === packet.setConfiguration || type === packet.getConfiguration) {
      if (type === packet.setConfiguration) state.configuration = body.readUInt8(0);
      socket.write(packed(packet.configurationStatus, Buffer.of(status.success, state.configuration), id));
    } else if (type === packet.setAltSetting || type === packet.getAltSetting) {
      const number = body.readUInt8(0);
      if (type === packet.setAltSetting) state.alternates.set(number, body.readUInt8(1));
      const alternate = state.alternates.get(number) ?? 0;
      socket.write(packed(packet.altSettingStatus, Buffer.of(status.success, number, alternate), id));
    }
  }

  async function read(request: Packet): Promise<void> {
    const cancelled = new AbortController();
    reading.set(request.id, cancelled);
    const data = await device.read(
      bulkLength(request),
      AbortSignal.any([cancelled.signal, unplugged.signal]),
    );
    reading.delete(request.id);
    if (!socket.writable) return;
    socket.write(data ? bulkAnswer(request, data) : bulkAnswer(request, Buffer.alloc(0), status.cancelled));
  }
}
