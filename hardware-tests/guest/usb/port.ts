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

/** A USB socket of the guest: what is plugged in here is found there. */
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
    for (const said of [
      hello(),
      interfaceInfo(interfaces),
      endpointInfo(bulk),
      deviceConnect(vendor, product),
    ]) {
      socket.write(said);
    }
  }

  /** As when its cable is pulled: whatever was under way is lost. */
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
    for (const asked of reader.take(chunk)) answer(asked);
  });

  function answer(asked: Packet): void {
    const { type, body, id } = asked;
    if (type === packet.control) {
      socket.write(controlAnswer(asked, device.control(controlRequest(asked))));
    } else if (type === packet.bulk) {
      void read(asked);
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

  async function read(asked: Packet): Promise<void> {
    const cancelled = new AbortController();
    reading.set(asked.id, cancelled);
    const data = await device.read(bulkLength(asked), AbortSignal.any([cancelled.signal, unplugged.signal]));
    reading.delete(asked.id);
    if (!socket.writable) return;
    socket.write(data ? bulkAnswer(asked, data) : bulkAnswer(asked, Buffer.alloc(0), status.cancelled));
  }
}
