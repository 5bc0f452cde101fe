import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import { listProcesses } from '../../appliance/processes.js';
import type { Request } from '../../appliance/protocol/vault.js';
import { startVault } from '../../appliance/vault-client/start-vault.js';
import type { Vault } from '../../appliance/vault-client/vault.js';
import { compilePluggableDriver, type Driver } from '../../hardware-tests/counter/scanners/drivers.js';
import { until } from '../../hardware-tests/counter/until.js';
import { restoreEnvironment } from '../environment.js';
import { hasLandlock } from '../scanner/landlock.js';

const side = 300;
const task: Request & { do: 'check-scanner' } = {
  do: 'check-scanner',
  scanner: { kind: 'sane', name: 'epjitsu:fi-65F' },
  resolution: 300,
};
const camera = { kind: 'replay', pictures: join(installation.practice, 'camera') } as const;

describe('the program that scans', function () {
  this.timeout(120_000);
  let folder: string;
  let driver: Driver | undefined;
  let vault: Vault;
  restoreEnvironment('LD_LIBRARY_PATH', 'SANE_PLUGGABLE', 'SANE_PLUGGABLE_PAGE', 'SANE_PLUGGABLE_LOOKS');

  before(function () {
    driver = compilePluggableDriver('epjitsu');
    if (!driver) this.skip();
    folder = mkdtempSync(join(tmpdir(), 'terashi-scans-'));
    process.env.LD_LIBRARY_PATH = driver.folder;
    process.env.SANE_PLUGGABLE = join(folder, 'scanner');
    process.env.SANE_PLUGGABLE_PAGE = join(folder, 'page.ppm');
    process.env.SANE_PLUGGABLE_LOOKS = '/dev/ptmx';
    const grey = Buffer.alloc(side * side * 3, 200);
    writeFileSync(join(folder, 'page.ppm'), Buffer.concat([Buffer.from(`P6 ${side} ${side} 255\n`), grey]));
  });
  after(() => {
    if (!driver) return;
    driver.remove();
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    const started = await startVault();
    assert(started.ok);
    vault = started.value;
  });
  afterEach(() => vault.erase());

  const plug = (trouble = '') => writeFileSync(join(folder, 'scanner'), `fi-65F\n${trouble}\n`);
  const others = () =>
    listProcesses().filter(({ pid, group, alive }) => group === vault.pid && pid !== vault.pid && alive);
  const loads = (pid: number, library: string) => mapsOf(pid).includes(library);

  it('alone loads libsane, is hardened, and is gone when the scan ends', async () => {
    plug();
    const scan = vault.run(task);
    const pid = await until(
      'libsane in a process',
      () => others().find((each) => loads(each.pid, 'libsane'))?.pid,
    );
    assert.match(readFileSync(`/proc/${pid}/limits`, 'utf8'), /^Max core file size +1 +1 /m);
    assert(!loads(vault.pid!, 'libsane'));
    const seen = { width: 25, height: 25, resolution: 300, brightness: 200, oddest: 0 };
    assert.deepEqual(await scan, { ok: true, value: { is: 'scanner-checked', seen } });
    assert.deepEqual(others(), []);
    assert(!loads(vault.pid!, 'libsane'));
  });

  it('can open no device but a scanner (landlock(7))', async function () {
    plug('looks');
    if (!hasLandlock()) this.skip();
    const end = await vault.run(task);
    assert(end.ok && end.value.is === 'scanner-checked');
  });

  it('ends with what its driver left behind, before the scan is told to be over', async () => {
    plug('forks');
    const scan = vault.run(task);
    const left = await until('what it leaves', () => others().find(({ parent }) => !isFamily(parent)));
    const end = await scan;
    assert(end.ok && end.value.is === 'scanner-checked');
    assert(!listProcesses().some(({ pid, alive }) => pid === left.pid && alive));
    assert.deepEqual(others(), []);
  });

  it('leaves nothing for the camera to see, even where it only listed scanners', async () => {
    plug('forks');
    const listed = await vault.run({ do: 'find-devices', only: 'scanner' });
    assert(listed.ok && listed.value.is === 'devices');
    assert(others().length > 0, 'the driver left a process');
    const checked = await vault.run({ do: 'check-camera', camera });
    assert(checked.ok && checked.value.is === 'camera-checked');
    assert.deepEqual(others(), []);
  });

  it('may crash without its vault', async () => {
    plug('dies');
    assert.deepEqual(await vault.run({ do: 'find-devices', only: 'scanner' }), {
      ok: false,
      error: 'scanner-failed',
    });
    plug();
    const end = await vault.run(task);
    assert(end.ok && end.value.is === 'scanner-checked');
  });

  it('is cancelled, and the next one scans', async () => {
    plug();
    const abort = new AbortController();
    const scan = vault.run(task, () => abort.abort(), abort.signal);
    assert.deepEqual(await scan, { ok: true, value: { is: 'cancelled' } });
    assert.deepEqual(others(), []);
    const end = await vault.run(task);
    assert(end.ok && end.value.is === 'scanner-checked');
  });

  const isFamily = (pid: number) => pid === vault.pid || others().some((each) => each.pid === pid);
});

/** The files that a process has in its memory; none if it has ended. */
function mapsOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/maps`, 'utf8');
  } catch {
    return '';
  }
}
