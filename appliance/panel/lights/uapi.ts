import koffi, { type TypeObject } from 'koffi';

// The GPIO character device, version 2: <linux/gpio.h>. Attributes are unused, so plain integers stand for their unions.

const text = koffi.array('char', 32, 'String');

export const chipInfo = koffi.struct({ name: text, label: text, lines: 'uint32' });

export const lineConfig = koffi.struct({
  flags: 'uint64',
  num_attrs: 'uint32',
  padding: koffi.array('uint32', 5, 'Array'),
  attrs: koffi.array('uint64', 30, 'Array'),
});

export const lineRequest = koffi.struct({
  offsets: koffi.array('uint32', 64, 'Array'),
  consumer: text,
  config: lineConfig,
  num_lines: 'uint32',
  event_buffer_size: 'uint32',
  padding: koffi.array('uint32', 5, 'Array'),
  fd: 'int32',
});

export const lineValues = koffi.struct({ bits: 'uint64', mask: 'uint64' });

/** In bytes: `struct gpio_v2_line_event`. Events are only drained, since the lines' values say the same. */
export const eventSize = 48;

/** `enum gpio_v2_line_flag` */
export const flag = {
  activeLow: 1 << 1,
  input: 1 << 2,
  output: 1 << 3,
  edgeRising: 1 << 4,
  edgeFalling: 1 << 5,
  biasPullUp: 1 << 8,
} as const;

// <asm-generic/ioctl.h>, which applies to x86 and ARM.
const reads = 2;
const writes = 1;
const number = (direction: number, command: number, size: number): number =>
  ((direction << 30) | (size << 16) | (0xb4 << 8) | command) >>> 0;

export const ioctlNumber = {
  chipInfo: number(reads, 0x01, koffi.sizeof(chipInfo)),
  line: number(reads | writes, 0x07, koffi.sizeof(lineRequest)),
  getValues: number(reads | writes, 0x0e, koffi.sizeof(lineValues)),
  setValues: number(reads | writes, 0x0f, koffi.sizeof(lineValues)),
} as const;

const libc = koffi.load(null);
const call = (type: TypeObject) =>
  libc.func('ioctl', 'int', ['int', 'unsigned long', koffi.inout(koffi.pointer(type))]) as (
    fd: number,
    request: number,
    argument: object,
  ) => number;

const calls = {
  chipInfo: call(chipInfo),
  line: call(lineRequest),
  getValues: call(lineValues),
  setValues: call(lineValues),
};

/** Whether the call succeeded; `argument` is read and written in place. */
export function ioctl(fd: number, name: keyof typeof calls, argument: object): boolean {
  return calls[name](fd, ioctlNumber[name], argument) >= 0;
}
