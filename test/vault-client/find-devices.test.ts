import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { findDevices } from '../../appliance/vault-client/find-devices.js';
import { started } from '../camera/processes.js';
import { compilePluggableDriver, type Driver } from '../../hardware-tests/counter/scanners/drivers.js';
import { restoreEnvironment } from '../environment.js';

describe('finding devices', () => {
  let folder: string;
  let driver: Driver | undefined;
  restoreEnvironment('LD_LIBRARY_PATH', 'SANE_PLUGGABLE');

  before(function () {
    driver = compilePluggableDriver('epjitsu');
    if (!driver) this.skip();
    folder = mkdtempSync(join(tmpdir(), 'terashi-look-'));
    process.env.LD_LIBRARY_PATH = driver.folder;
    process.env.SANE_PLUGGABLE = join(folder, 'scanner');
  });
  after(() => {
    if (!driver) return;
    driver.remove();
    rmSync(folder, { recursive: true });
  });
  afterEach(() => assert.deepEqual(started(), []));

  const plug = (...lines: string[]) => writeFileSync(join(folder, 'scanner'), lines.join('\n'));

  it('finds a plugged-in scanner and its node', async () => {
    assert.deepEqual(await findDevices('scanner'), { ok: true, value: { scanners: [], cameras: [] } });
    plug('libusb:001:004');
    const found = {
      choice: { kind: 'sane', name: 'epjitsu:libusb:001:004' },
      label: 'Test Pluggable',
      node: '/dev/bus/usb/001/004',
    };
    assert.deepEqual(await findDevices('scanner'), { ok: true, value: { scanners: [found], cameras: [] } });
    plug('fi-65F');
    const nameless = { choice: { kind: 'sane', name: 'epjitsu:fi-65F' }, label: 'Test Pluggable' };
    assert.deepEqual(await findDevices('scanner'), {
      ok: true,
      value: { scanners: [nameless], cameras: [] },
    });
  });

  it('times out on a driver that hangs, and returns its device’s fault', async () => {
    plug('libusb:001:004', 'lists');
    assert.deepEqual(await findDevices('scanner', undefined, 1500), { ok: false, error: 'scanner-stalled' });
  });

  it('survives a driver that crashes, and returns its device’s fault', async () => {
    plug('libusb:001:004', 'dies');
    assert.deepEqual(await findDevices('scanner'), { ok: false, error: 'scanner-failed' });
  });

  it('loads no driver of another kind: a scanner’s cannot disturb a camera', async () => {
    plug('libusb:001:004', 'dies');
    assert.deepEqual(await findDevices('camera'), { ok: true, value: { scanners: [], cameras: [] } });
  });
});
