import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import fc from 'fast-check';

import type { DeviceChanges } from '../../appliance/core/device-changes.js';
import { UdevMonitor } from '../../appliance/core/udev-monitor.js';
import { type UdevEvent, UdevParser } from '../../appliance/core/udev-parser.js';
import { processes, started } from '../camera/processes.js';
import { until } from '../../hardware-tests/counter/until.js';

const header = 'UDEV - the event which udev sends out after rule processing';

/** What `udevadm monitor --udev --property` printed (systemd 252) when a USB scanner was unplugged. */
const unplugged = `UDEV  [5127.412] remove   /devices/pci0000:00/0000:00:14.0/usb1/1-4 (usb)
ACTION=remove
DEVPATH=/devices/pci0000:00/0000:00:14.0/usb1/1-4
SUBSYSTEM=usb
DEVNAME=/dev/bus/usb/001/004
DEVTYPE=usb_device
PRODUCT=4c5/10c7/100
TYPE=255/255/255
BUSNUM=001
DEVNUM=004
SEQNUM=4711
USEC_INITIALIZED=5127411853
MAJOR=189
MINOR=3
ID_VENDOR_FROM_DATABASE=Fujitsu, Ltd
libsane_matched=yes

`;

const parse = (text: string) => {
  const lines = new UdevParser();
  return text.split('\n').flatMap((line) => lines.parseLine(line) ?? []);
};

describe('the parser of udevadm’s output', () => {
  it('parses it line by line', () => {
    assert.deepEqual(parse(`monitor will print the received events for:\n${header}\n\n${unplugged}`), [
      'listening',
      { ACTION: 'remove', SUBSYSTEM: 'usb', DEVNAME: '/dev/bus/usb/001/004' },
    ]);
    assert.deepEqual(parse(unplugged.replace('=remove', '=bind')), []);
    assert.deepEqual(parse(unplugged.replace('=usb\n', '=net\n')), []);
    assert.deepEqual(parse(unplugged.trimEnd()), []);
  });

  it('returns each add and remove event, and ignores all else', () => {
    const text = fc.string({ unit: 'binary' }).map((line) => line.replaceAll(/[\n\r]/g, ''));
    const event = fc.record(
      {
        ACTION: fc.constantFrom('add', 'remove', 'change', 'bind', 'unbind', 'move'),
        SUBSYSTEM: fc.constantFrom('usb', 'video4linux', 'media', 'block', 'net', 'usbmisc'),
        DEVNAME: text.map((name) => `/dev/${name}`),
      },
      { noNullPrototype: true },
    );
    const others = text.map((value) => `OTHER=${value}`);
    fc.assert(
      fc.property(fc.array(fc.tuple(event, fc.array(others, { maxLength: 3 }))), (events) => {
        const printed = events.map(([{ ACTION, SUBSYSTEM, DEVNAME }, between]) => [
          'UDEV  [1.2] x',
          `ACTION=${ACTION}`,
          ...between,
          `SUBSYSTEM=${SUBSYSTEM}`,
          `DEVNAME=${DEVNAME}`,
          '',
          '',
        ]);
        const expected = events
          .map(([each]) => each)
          .filter(({ ACTION }) => ['add', 'remove'].includes(ACTION))
          .filter(({ SUBSYSTEM }) => ['usb', 'video4linux', 'media', 'block'].includes(SUBSYSTEM));
        assert.deepEqual(parse(printed.flat().join('\n')), expected as UdevEvent[]);
      }),
    );
    fc.assert(fc.property(fc.array(text), (lines) => void parse(lines.join('\n'))));
  });
});

describe('the monitor of udev', () => {
  let folder: string;
  let path: string | undefined;
  let events: number;
  let watch: UdevMonitor;
  let reports: DeviceChanges[];
  let reported: () => void;

  const control = () => join(folder, 'control');
  const monitors = () =>
    started().filter(({ name }) => ['udevadm', 'cat', 'sleep', 'setpriv'].includes(name));
  const listen = () => {
    watch = new UdevMonitor(
      (changes) => {
        reports.push(changes);
        reported();
      },
      { controlSocket: control(), retryMs: 50 },
    );
    return watch.ready;
  };
  const next = () => new Promise<void>((resolve) => (reported = resolve));
  const program = (script: string) => {
    writeFileSync(join(folder, 'udevadm'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'udevadm'), 0o755);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'terashi-udev-'));
    path = process.env.PATH;
    process.env.PATH = `${folder}${delimiter}${path}`;
    reports = [];
    reported = () => undefined;
    spawnSync('mkfifo', [join(folder, 'events')]);
    events = openSync(join(folder, 'events'), 'r+');
    writeFileSync(control(), '');
    program(`echo '${header}'; exec cat '${join(folder, 'events')}'`);
  });
  afterEach(async () => {
    watch.close();
    await until('the end of udevadm', () => monitors().length === 0, { seen: monitors });
    closeSync(events);
    process.env.PATH = path;
    rmSync(folder, { recursive: true });
  });

  it('reports what was plugged in and unplugged, and nothing at first', async () => {
    await listen();
    assert.equal(watch.live, true);
    const burst = next();
    writeSync(events, unplugged.replace('=remove', '=add') + unplugged);
    await burst;
    assert.deepEqual(reports, [
      {
        plugged: new Set(['usb']),
        unplugged: new Set(['usb']),
        removedNodes: new Set(['/dev/bus/usb/001/004']),
        eventsLost: false,
      },
    ]);
  });

  it('is not live without udev, and starts once udev runs', async () => {
    rmSync(control());
    await listen();
    assert.equal(watch.live, false);
    const burst = next();
    writeFileSync(control(), '');
    await burst;
    assert.equal(watch.live, true);
    assert.deepEqual(
      reports.map(({ eventsLost }) => eventsLost),
      [true],
    );
  });

  it('restarts a program that dies, and reports that events may be lost', async () => {
    await listen();
    for (let times = 0; times < 2; times++) {
      const burst = next();
      for (const { pid } of monitors()) process.kill(pid, 'SIGKILL');
      await burst;
      assert.equal(reports.at(-1)?.eventsLost, true);
      assert.equal(watch.live, true);
    }
  });

  it('is not live if the program is missing or ends at once', async () => {
    program('exit 1');
    await listen();
    assert.equal(watch.live, false);
    watch.close();
    process.env.PATH = folder;
    await listen();
    assert.equal(watch.live, false);
  });

  it('ends the program when the core is killed', async () => {
    const script = `import { UdevMonitor } from '${join(import.meta.dirname, '../../appliance/core/udev-monitor.js')}';
      const watch = new UdevMonitor(() => undefined, { controlSocket: '${control()}', retryMs: 50 });
      await watch.ready; console.log(watch.live); setInterval(() => undefined, 1000);`;
    const core = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = (await once(core.stdout, 'data')) as [Buffer];
    assert.equal(line.toString(), 'true\n');
    const theirs = processes().filter(({ parent }) => parent === core.pid);
    assert.equal(theirs.length, 1);
    core.kill('SIGKILL');
    await until('the end of udevadm', () => !processes().some(({ pid }) => pid === theirs[0].pid));
  });
});
