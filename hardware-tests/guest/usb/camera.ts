import { setTimeout as wait } from 'node:timers/promises';

import { describe, double, type UsbDevice, word } from './device.js';
import type { ControlRequest } from './wire.js';

// pid.codes reserves the first product numbers of this vendor for tests.
const vendor = 0x1209;
const product = 0x0002;

const size = { width: 1280, height: 960 };
/** In units of 100 ns, as in the USB Video Class: ten frames a second. */
const interval = 1_000_000;
const endpoint = 0x81;
const packetSize = 512;
/** In bytes: one transfer of uvcvideo with packets of this size. */
const payload = 32 * packetSize;

/** In bytes: more than any frame has. */
const longest = 512 * 1024;

/**
 * A USB camera of the USB Video Class 1.0, driven by the kernel's own uvcvideo. It repeats JPEG frames through a bulk
 * endpoint.
 */
export function usbCamera(film: Film): UsbDevice {
  const descriptors = {
    vendor,
    product,
    names: ['Terashi', 'Test camera'],
    interfaceCount: 2,
    interfaces: interfaces(),
  };
  return {
    vendor,
    product,
    interfaces: [
      { number: 0, class: video, subclass: control, protocol: 0 },
      { number: 1, class: video, subclass: streaming, protocol: 0 },
    ],
    bulk: [{ address: endpoint, interface: 1, packetSize }],
    control: (request) => describe(descriptors, request) ?? negotiate(request),
    read: (length, signal) => film.read(length, signal),
  };
}

/** The frames as payloads, each with a header (UVC 1.0, 2.4.3.3). */
export class Film {
  #pictures: readonly Buffer[];
  #next: readonly Buffer[] | undefined;
  #number = 0;
  #at = 0;
  #due = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(pictures: readonly Buffer[]) {
    this.#pictures = pictures;
  }

  /** Switches to other pictures at the next frame. */
  show(pictures: readonly Buffer[]): void {
    this.#next = pictures;
  }

  /** Reads the next payload. Concurrent reads are served in order. */
  read(length: number, signal: AbortSignal): Promise<Buffer | undefined> {
    const piece = this.#turn.then(() => this.#piece(length, signal));
    this.#turn = piece;
    return piece;
  }

  async #piece(length: number, signal: AbortSignal): Promise<Buffer | undefined> {
    if (this.#at === 0)
      await wait(Math.max(0, this.#due - Date.now()), undefined, { signal }).catch(() => undefined);
    if (signal.aborted) {
      this.#at = 0;
      return undefined;
    }
    if (this.#at === 0) this.#begin();
    const picture = this.#pictures[this.#number % this.#pictures.length];
    const data = picture.subarray(this.#at, this.#at + Math.min(length, payload) - 2);
    this.#at += data.length;
    const last = this.#at === picture.length;
    const [toggled, end, fromHere] = [this.#number % 2, last ? 2 : 0, 0x80];
    if (last) {
      this.#number += 1;
      this.#at = 0;
    }
    return Buffer.concat([Buffer.of(2, fromHere | end | toggled), data]);
  }

  #begin(): void {
    this.#due = Date.now() + interval / 10_000;
    this.#pictures = this.#next ?? this.#pictures;
    this.#next = undefined;
  }
}

// UVC 1.0, A.1 to A.9
const [video, control, streaming] = [14, 1, 2];
const [association, interfaceKind, endpointKind, own] = [11, 4, 5, 36];

function interfaces(): Buffer {
  const bitRate = (longest * 8 * 10_000_000) / interval;
  const controls = [
    [13, own, 1, ...word(0x0100), ...word(13 + 15 + 9), ...double(48_000_000), 1, 1],
    // The camera's input terminal, and the output terminal of the stream.
    [15, own, 2, 1, ...word(0x0201), 0, 0, ...word(0), ...word(0), ...word(0), 0],
    [9, own, 3, 2, ...word(0x0101), 0, 1, 0],
  ];
  const frame = [
    ...word(size.width),
    ...word(size.height),
    ...double(bitRate),
    ...double(bitRate),
    ...double(longest),
    ...double(interval),
  ];
  const formats = [
    [11, own, 6, 1, 1, 1, 1, 0, 0, 0, 0],
    [30, own, 7, 1, 0, ...frame, 1, ...double(interval)],
    [6, own, 13, 1, 1, 4],
  ];
  const header = [14, own, 1, 1, ...word(14 + formats.flat().length), endpoint, 0, 2, 0, 0, 0, 1, 0];
  return Buffer.from(
    [
      [8, association, 0, 2, video, 3, 0, 0],
      [9, interfaceKind, 0, 0, 0, video, control, 0, 0],
      ...controls,
      [9, interfaceKind, 1, 0, 1, video, streaming, 0, 0],
      header,
      ...formats,
      [7, endpointKind, endpoint, 2, ...word(packetSize), 0],
    ].flat(),
  );
}

const toComputer = 0x80;
const [getLength, getInfo] = [0x85, 0x86];

/** Answers the negotiation of the stream. There is one format, so the answer is always the same. */
function negotiate({ type, request }: ControlRequest): Buffer | undefined {
  if ((type & toComputer) === 0) return Buffer.alloc(0);
  const isClass = (type & 0x60) === 0x20;
  if (!isClass) return undefined;
  // UVC 1.0, 4.3.1.1
  const agreed = Buffer.from([
    ...word(1),
    1,
    1,
    ...double(interval),
    ...word(0),
    ...word(0),
    ...word(0),
    ...word(0),
    ...word(0),
    ...double(longest),
    ...double(payload),
  ]);
  if (request === getInfo) return Buffer.of(3);
  if (request === getLength) return Buffer.from(word(agreed.length));
  return agreed;
}
