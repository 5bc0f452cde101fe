import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';

import { buttons, isChip, type Lines, type Output, outputs, type Wiring } from './lines.js';

type Uapi = typeof import('./uapi.js');

const devices = '/dev';
const consumer = 'terashi';

/** Requests the lines from the GPIO character device; undefined without such a chip or if the lines are in use. */
export async function openCharacterDevice(wiring: Wiring): Promise<Lines | undefined> {
  const chips = names(devices).filter((name) => /^gpiochip\d+$/.test(name));
  if (chips.length === 0) return undefined;
  const uapi = await import('./uapi.js');
  for (const name of chips) {
    const lines = await openChip(join(devices, name), wiring, uapi);
    if (lines) return lines;
  }
  return undefined;
}

function names(folder: string): string[] {
  return readdirSync(folder).sort(new Intl.Collator('en', { numeric: true }).compare);
}

async function openChip(path: string, wiring: Wiring, uapi: Uapi): Promise<Lines | undefined> {
  const taken: number[] = [];
  const close = (): void => taken.splice(0).forEach((fd) => closeSync(fd));
  try {
    const chip = openSync(path, 'r+');
    taken.push(chip);
    const info: { label?: string } = {};
    if (!uapi.ioctl(chip, 'chipInfo', info) || !isChip(info.label ?? '', wiring.chip))
      throw new Error('another chip');
    const { activeLow, input, output, edgeRising, edgeFalling, biasPullUp } = uapi.flag;
    const take = (offsets: readonly number[], flags: number): number => {
      const fd = takeLines(chip, offsets, flags, uapi);
      taken.push(fd);
      return fd;
    };
    const outs = take(
      outputs.map((name) => wiring.outputs[name]),
      output | (wiring.activeLow ? activeLow : 0),
    );
    const ins = take(
      buttons.map((name) => wiring.buttons[name]),
      input | edgeRising | edgeFalling | biasPullUp | activeLow,
    );
    const { default: epoll } = await import('epoll');
    return linesOf(outs, ins, uapi, epoll.Epoll, close);
  } catch {
    close();
    return undefined;
  }
}

function takeLines(chip: number, offsets: readonly number[], flags: number, uapi: Uapi): number {
  const none = (count: number) => Array<number>(count).fill(0);
  const request = {
    offsets: [...offsets, ...none(64 - offsets.length)],
    consumer,
    config: { flags, num_attrs: 0, padding: none(5), attrs: none(30) },
    num_lines: offsets.length,
    event_buffer_size: 0,
    padding: none(5),
    fd: -1,
  };
  if (!uapi.ioctl(chip, 'line', request)) throw new Error('the lines are not to be had');
  return request.fd;
}

function linesOf(
  outs: number,
  ins: number,
  uapi: Uapi,
  Epoll: typeof import('epoll').default.Epoll,
  close: () => void,
): Lines {
  const set = (output: Output, on: boolean): void => {
    const bit = 1 << outputs.indexOf(output);
    uapi.ioctl(outs, 'setValues', { bits: on ? bit : 0, mask: bit });
  };
  const read = (fd: number, index: number): boolean | undefined => {
    const values = { bits: 0, mask: 1 << index };
    return uapi.ioctl(fd, 'getValues', values) ? values.bits !== 0 : undefined;
  };
  const events = Buffer.alloc(16 * uapi.eventSize);
  let poller: InstanceType<typeof Epoll> | undefined;
  return {
    driver: 'character-device',
    set,
    isOn: (output) => read(outs, outputs.indexOf(output)),
    isDown: (button) => read(ins, buttons.indexOf(button)),
    watch(changed) {
      poller = new Epoll(() => {
        // Drains the events. If the chip is gone this throws and ends the process.
        readSync(ins, events);
        changed();
      }).add(ins, Epoll.EPOLLIN);
    },
    close() {
      for (const output of outputs) set(output, false);
      poller?.remove(ins).close();
      close();
    },
  };
}
