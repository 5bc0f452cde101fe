import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

import fc from 'fast-check';

import type { SaneDevice } from '../../../appliance/scanner/sane/device.js';
import type { Option, OptionValue } from '../../../appliance/scanner/sane/option.js';
import { Sane } from '../../../appliance/scanner/sane/sane.js';
import { saneStatuses } from '../../../appliance/scanner/sane/status.js';
import { configuration } from '../../../hardware-tests/counter/scanners/drivers.js';

function expectOk<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  assert.ok(result.ok, `not ok: ${result.ok ? '' : String(result.error)}`);
  return result.value;
}

describe('scanner: the binding to libsane', () => {
  let sane: Sane;

  before(() => {
    sane = new Sane({ configuration });
  });

  after(async () => {
    expectOk(await sane.exit());
  });

  async function withDevice(name: string, use: (device: SaneDevice) => Promise<void>) {
    const device = expectOk(await sane.open(name));
    try {
      await use(device);
    } finally {
      await device.close();
    }
  }

  it('lists only the devices of the configured drivers', async () => {
    const names = expectOk(await sane.devices()).map(({ name }) => name);
    assert.deepEqual(names.filter((name) => !name.startsWith('faulty')).sort(), [
      'pnm:0',
      'pnm:1',
      'test:0',
      'test:1',
    ]);
  });

  it('reports a missing device', async () => {
    assert.deepEqual(await sane.open('test:9'), { ok: false, error: 'inval' });
    assert.deepEqual(await sane.open('nosuchdriver:0'), { ok: false, error: 'inval' });
  });

  it('is shared within a process', async () => {
    const other = new Sane({ configuration });
    const listed = await sane.devices();
    assert.deepEqual(await other.devices(), listed);
    await withDevice('test:0', async (device) => {
      expectOk(await other.exit());
      assert.deepEqual(await device.get('mode'), { ok: false, error: 'closed' });
    });
    assert.deepEqual(await sane.devices(), listed);
  });

  for (const name of ['test:0', 'pnm:0']) {
    it(`reads every option of ${name} as scanimage does`, async function () {
      const args = name === 'test:0' ? ['--enable-test-options=yes'] : [];
      const { error, stdout } = spawnSync('scanimage', ['-d', name, ...args, '-A'], {
        encoding: 'utf8',
        env: { ...process.env, SANE_CONFIG_DIR: configuration },
      });
      if (error) {
        console.log('      no scanimage here to compare with (Debian package sane-utils)');
        this.skip();
      }
      // Automatic values are not offered here, and scanimage calls the four edges of the area differently.
      const theirs = [...stdout.matchAll(/^ {4}(--.+)$/gm)]
        .map(([, line]) => line.replace('auto|', '').replace('auto||', ''))
        .map((line) => line.replace(/ \[(advanced|read-only|hardware)\]/g, '').replace(' |', ' '))
        // scanimage reads a switch that its driver declares unreadable.
        .map((line) => line.replace('--bool-hard-select[=(yes|no)] [yes]', '--bool-hard-select[=(yes|no)]'));
      await withDevice(name, async (device) => {
        if (name === 'test:0') expectOk(await device.set('enable-test-options', true));
        const ours: string[] = [];
        for (const option of device.options) {
          if (option.name === '' || option.type === 'group' || /^(tl|br)-[xy]$/.test(option.name)) continue;
          ours.push(asScanimage(option, await device.get(option.name)));
        }
        assert.ok(ours.length > 20);
        assert.deepEqual(ours, theirs);
      });
    });
  }

  it('sets and gets a value of each type', async () => {
    await withDevice('test:0', async (device) => {
      expectOk(await device.set('enable-test-options', true));
      const values: readonly (readonly [string, OptionValue])[] = [
        ['bool-soft-select-soft-detect', true],
        ['int', -123456],
        ['int-constraint-array', [1, -2, 3, -4, 5, -6]],
        ['fixed', 3.25],
        ['fixed-constraint-word-list', 42],
        ['string', '照らし'],
        ['string-constraint-string-list', 'Second entry'],
        ['red-gamma-table', Array.from({ length: 256 }, (_, i) => 255 - i)],
      ];
      for (const [name, value] of values) {
        assert.deepEqual(await device.set(name, value), { ok: true, value }, name);
        assert.deepEqual(await device.get(name), { ok: true, value }, name);
      }
    });
  });

  it('presses a button, and reads the options again that it changes', async () => {
    await withDevice('pnm:0', async (device) => {
      expectOk(await device.set('brightness', 50));
      expectOk(await device.set('default-enhancements', true));
      assert.deepEqual(await device.get('brightness'), { ok: true, value: 0 });
    });
  });

  it('knows after setting a value which options became active', async () => {
    await withDevice('test:0', async (device) => {
      expectOk(await device.set('mode', 'Gray'));
      assert.deepEqual(await device.set('three-pass', true), { ok: false, error: 'not-allowed' });
      expectOk(await device.set('mode', 'Color'));
      assert.deepEqual(await device.set('three-pass', true), { ok: true, value: true });
      expectOk(await device.set('three-pass', false));
    });
  });

  it('returns the value that the driver rounded to', async () => {
    await withDevice('test:0', async (device) => {
      expectOk(await device.set('enable-test-options', true));
      const taken = expectOk(await device.set('int-inexact', 7));
      assert.notEqual(taken, 7);
      assert.deepEqual(await device.get('int-inexact'), { ok: true, value: taken });
    });
  });

  it('refuses any value that an option does not allow', async () => {
    await withDevice('test:0', async (device) => {
      const wrong: readonly (readonly [string, OptionValue])[] = [
        ['mode', 'Colour'],
        ['mode', true],
        ['depth', 9],
        ['depth', Number.NaN],
        ['depth', 8.5],
        ['resolution', 1200.5],
        ['resolution', Infinity],
        ['resolution', [300]],
        ['resolution', '300'],
        ['hand-scanner', 1],
        ['print-options', false],
        ['read-limit-size', 100],
      ];
      for (const [name, value] of wrong) {
        const given = name === 'resolution' && Array.isArray(value) ? [300, 300] : value;
        assert.deepEqual(await device.set(name, given), { ok: false, error: 'not-allowed' }, name);
      }
      assert.deepEqual(await device.set('no-such', 1), { ok: false, error: 'no-such-option' });
      assert.deepEqual(await device.get(''), { ok: false, error: 'no-such-option' });
    });
  });

  it('accepts exactly the numbers that the driver accepts unchanged', async () => {
    await withDevice('test:0', async (device) => {
      expectOk(await device.set('enable-test-options', true));
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: -10, max: 300 }), async (value) => {
          const done = await device.set('int-constraint-range', value);
          // The driver's own words: "Minimum is 4, maximum 192, and quant is 2."
          assert.equal(done.ok, value >= 4 && value <= 192 && value % 2 === 0);
          if (done.ok) assert.deepEqual(await device.get('int-constraint-range'), { ok: true, value });
        }),
        { numRuns: 60 },
      );
    });
  });

  for (const status of saneStatuses.filter((name) => name !== 'good')) {
    it(`distinguishes ${status} from all other failures`, async () => {
      await withDevice('test:0', async (device) => {
        const name = `SANE_STATUS_${status.toUpperCase().replace('-', '_')}`;
        expectOk(await device.set('read-return-value', name));
        expectOk(await device.start());
        assert.deepEqual(await device.read(new Uint8Array(1000)), { ok: false, error: status });
        await device.cancel();
        expectOk(await device.set('read-return-value', 'Default'));
      });
    });
  }

  it('reads without blocking the event loop', async () => {
    await withDevice('test:0', async (device) => {
      expectOk(await device.set('read-delay', true));
      expectOk(await device.set('read-delay-duration', 100_000));
      expectOk(await device.start());
      let turns = 0;
      const counting = setInterval(() => turns++, 1);
      assert.ok(expectOk(await device.read(new Uint8Array(100_000))) > 0);
      clearInterval(counting);
      await device.cancel();
      assert.ok(turns > 1);
    });
  });

  it('ends a cancelled scan', async () => {
    await withDevice('test:0', async (device) => {
      expectOk(await device.start());
      expectOk(await device.read(new Uint8Array(10)));
      expectOk(await device.cancel());
      const rest = await device.read(new Uint8Array(10));
      assert.ok(!rest.ok && ['eof', 'cancelled'].includes(rest.error));
    });
  });

  it('starts again after it was closed', async () => {
    expectOk(await sane.exit());
    assert.ok(expectOk(await sane.devices()).length >= 4);
  });
});

/** An option with its value as scanimage(1) prints it under `--all-options`. */
function asScanimage(option: Option, got: { ok: true; value: OptionValue } | { ok: false }): string {
  const state = !option.active ? ' [inactive]' : got.ok ? shownValue(option, got.value) : '';
  switch (option.type) {
    case 'bool':
      return `--${option.name}[=(yes|no)]${state}`;
    case 'button':
    case 'group':
      return `--${option.name}${state}`;
    case 'string': {
      const { constraint } = option;
      return `--${option.name} ${constraint.kind === 'list' ? constraint.values.join('|') : '<string>'}${state}`;
    }
    case 'int':
    case 'fixed':
      return `--${option.name} ${shownNumbers(option)}${state}`;
  }
}

function shownValue({ type }: Option, value: OptionValue): string {
  if (typeof value === 'boolean') return ` [${value ? 'yes' : 'no'}]`;
  if (typeof value === 'string') return ` [${value}]`;
  return typeof value === 'number' ? ` [${shown(type, value)}]` : '';
}

const unitMarks = {
  none: '',
  pixel: 'pel',
  bit: 'bit',
  mm: 'mm',
  dpi: 'dpi',
  percent: '%',
  microsecond: 'us',
};

function shownNumbers({ type, unit, count, constraint }: Option & { type: 'int' | 'fixed' }): string {
  const more = count > 1 ? ',...' : '';
  switch (constraint.kind) {
    case 'none':
      return `<${type === 'int' ? 'int' : 'float'}>${more}`;
    case 'list':
      return `${constraint.values.map((value) => shown(type, value)).join('|')}${unitMarks[unit]}${more}`;
    case 'range': {
      const { min, max, quant } = constraint;
      const steps = quant === 0 ? '' : ` (in steps of ${shown(type, quant)})`;
      return `${shown(type, min)}..${shown(type, max)}${unitMarks[unit]}${more}${steps}`;
    }
  }
}

/** As C's %d or %g. */
function shown(type: Option['type'], value: number): string {
  return String(type === 'fixed' ? Number(value.toPrecision(6)) : value);
}
