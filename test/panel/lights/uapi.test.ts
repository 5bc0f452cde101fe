import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import koffi from 'koffi';

import {
  chipInfo,
  eventSize,
  flag,
  ioctlNumber,
  lineConfig,
  lineRequest,
  lineValues,
} from '../../../appliance/panel/lights/uapi.js';

const types = {
  gpiochip_info: chipInfo,
  gpio_v2_line_config: lineConfig,
  gpio_v2_line_request: lineRequest,
  gpio_v2_line_values: lineValues,
};
const flags = {
  ACTIVE_LOW: flag.activeLow,
  INPUT: flag.input,
  OUTPUT: flag.output,
  EDGE_RISING: flag.edgeRising,
  EDGE_FALLING: flag.edgeFalling,
  BIAS_PULL_UP: flag.biasPullUp,
};
const commands = {
  GPIO_GET_CHIPINFO_IOCTL: ioctlNumber.chipInfo,
  GPIO_V2_GET_LINE_IOCTL: ioctlNumber.line,
  GPIO_V2_LINE_GET_VALUES_IOCTL: ioctlNumber.getValues,
  GPIO_V2_LINE_SET_VALUES_IOCTL: ioctlNumber.setValues,
};
/** Each size, offset and number that the appliance counts on, under the name that C has for it. */
const ours: Record<string, number> = {
  'sizeof(struct gpio_v2_line_event)': eventSize,
  ...Object.fromEntries(
    Object.entries(types).flatMap(([name, type]): [string, number][] => [
      [`sizeof(struct ${name})`, koffi.sizeof(type)],
      ...Object.keys(type.members!).map((member): [string, number] => [
        `offsetof(struct ${name}, ${member})`,
        koffi.offsetof(type, member),
      ]),
    ]),
  ),
  ...Object.fromEntries(Object.entries(flags).map(([name, value]) => [`GPIO_V2_LINE_FLAG_${name}`, value])),
  ...commands,
};

describe('the GPIO character device', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'uapi-'))));
  after(() => rmSync(folder, { recursive: true }));

  /** What a C program prints that includes the kernel's own header. */
  function compiled(body: string, input?: Uint8Array): string {
    const [source, program] = [join(folder, 'main.c'), join(folder, 'main')];
    const headers = ['linux/gpio.h', 'stddef.h', 'stdio.h', 'sys/ioctl.h'].map(
      (name) => `#include <${name}>\n`,
    );
    writeFileSync(source, `${headers.join('')}int main(void) { ${body} return 0; }\n`);
    execFileSync('gcc', ['-o', program, source]);
    return execFileSync(program, { input, encoding: 'utf8' });
  }

  it("has the sizes, offsets and numbers of the kernel's header", () => {
    const prints = Object.keys(ours).map((name) => `printf("%llu\\n", (unsigned long long)(${name}));`);
    const theirs = compiled(prints.join(' ')).trim().split('\n').map(Number);
    assert.deepEqual(ours, Object.fromEntries(Object.keys(ours).map((name, index) => [name, theirs[index]])));
  });

  it('is asked for the lines that were meant', () => {
    const none = (count: number) => Array<number>(count).fill(0);
    const request = Buffer.alloc(koffi.sizeof(lineRequest));
    koffi.encode(request, lineRequest, {
      offsets: [16, 20, 21, ...none(61)],
      consumer: 'terashi',
      config: { flags: flag.input | flag.edgeFalling, num_attrs: 0, padding: none(5), attrs: none(30) },
      num_lines: 3,
      event_buffer_size: 0,
      padding: none(5),
      fd: -1,
    });
    const read = compiled(
      `struct gpio_v2_line_request r; if (fread(&r, sizeof r, 1, stdin) != 1) return 1;
       printf("%u %u %u %u %s %llu %u %u %d", r.offsets[0], r.offsets[1], r.offsets[2], r.offsets[3], r.consumer,
         (unsigned long long)r.config.flags, r.config.num_attrs, r.num_lines, r.fd);`,
      request,
    );
    assert.equal(read, `16 20 21 0 terashi ${4 + 32} 0 3 -1`);
  });
});
