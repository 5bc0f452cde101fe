import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { boards } from '../../../../image/os/board.js';
import { slotBootFiles } from '../../../../image/os/boot-files.js';
import type { SlotName } from '../../../../image/os/options.js';
import { entryFile } from '../../../../image/os/uefi/uefi.js';
import { run } from '../../../../hardware-tests/counter/run.js';
import { layRoot } from '../root.js';

const entry = (name: SlotName, version: string) =>
  slotBootFiles(boards[0], name, { slot: { hash: '5e'.repeat(32), tree: 4096 }, version })['entry.conf'];

/** The commands of rauc while it installs, on a boot partition as systemd-boot leaves it (its "Boot counting"). */
describe('the slots of a card', () => {
  let folder: string;
  let boot: string;
  let program: string;
  const entries = () => join(boot, 'loader', 'entries');
  const runs = (slot: SlotName) =>
    writeFileSync(join(boot, 'cmdline'), `quiet terashi.slot=root-${slot} ro\n`);
  const slots = async (...asked: string[]) => {
    const env = { TERASHI_BOOT: boot, TERASHI_CMDLINE: join(boot, 'cmdline') };
    const { code, stdout, stderr } = await run(program, asked, env);
    assert.deepEqual([code, stderr], [0, ''], asked.join(' '));
    return stdout.trim();
  };
  const sortKey = (file: string) => /^sort-key (.*)$/m.exec(readFileSync(join(entries(), file), 'utf8'))?.[1];
  /** The boot manager starts a slot: one try less is left, one more was made. */
  const start = (from: string, to: string, slot: SlotName) => {
    renameSync(join(entries(), from), join(entries(), to));
    runs(slot);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'slots-'));
    program = join(layRoot('uefi', join(folder, 'root')), 'usr', 'lib', 'terashi', 'slots');
    boot = join(folder, 'boot');
    mkdirSync(entries(), { recursive: true });
    writeFileSync(join(entries(), entryFile('a')), entry('a', '1.0.0'));
    start('slot-a+3.conf', 'slot-a+2-1.conf', 'a');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Installs a version as rauc does. */
  async function install(slot: SlotName): Promise<void> {
    await slots('set-state', slot, 'bad');
    const bundle = join(folder, 'bundle');
    mkdirSync(join(bundle, `boot-${slot}`), { recursive: true });
    writeFileSync(join(bundle, `boot-${slot}`, 'terashi.efi'), `for ${slot}, 1.1.0`);
    writeFileSync(join(bundle, `boot-${slot}`, 'entry.conf'), entry(slot, '1.1.0'));
    await slots('lay', slot, bundle);
    await slots('set-primary', slot);
  }

  it('have one that can start on a new card', async () => {
    assert.equal(await slots('get-current'), 'a');
    assert.equal(await slots('get-primary'), 'a');
    assert.equal(await slots('get-state', 'a'), 'good');
    assert.equal(await slots('get-state', 'b'), 'bad');
    await slots('started');
    assert.deepEqual(readdirSync(entries()), ['slot-a+3.conf']);
  });

  it('start what was installed once, on trial', async () => {
    await install('b');
    assert.deepEqual(readdirSync(entries()).sort(), ['slot-a+2-1.conf', 'slot-b+1.conf']);
    assert.deepEqual([sortKey('slot-b+1.conf'), sortKey('slot-a+2-1.conf')], ['1', '2']);
    assert.equal(await slots('get-primary'), 'b');
    assert.equal(readFileSync(join(boot, 'slot-b', 'terashi.efi'), 'utf8'), 'for b, 1.1.0');
  });

  it('keep a version that was found good, with all its tries', async () => {
    await install('b');
    start('slot-b+1.conf', 'slot-b+0-1.conf', 'b');
    await slots('started');
    assert.deepEqual(readdirSync(entries()).sort(), ['slot-a+2-1.conf', 'slot-b+0-1.conf']);
    await slots('set-state', 'b', 'good');
    assert.deepEqual(readdirSync(entries()).sort(), ['slot-a+2-1.conf', 'slot-b+3.conf']);
    assert.equal(await slots('get-primary'), 'b');
  });

  it('return from a version that was not found good', async () => {
    await install('b');
    start('slot-b+1.conf', 'slot-b+0-1.conf', 'a');
    assert.equal(await slots('get-primary'), 'a');
    assert.equal(await slots('get-state', 'b'), 'bad');
    await slots('set-state', 'b', 'bad');
    await slots('set-primary', 'a');
    assert.deepEqual(readdirSync(entries()).sort(), ['slot-a+3.conf', 'slot-b+0.conf']);
    assert.deepEqual([sortKey('slot-a+3.conf'), sortKey('slot-b+0.conf')], ['1', '2']);
  });

  it('give the previous version all its tries if the new one refuses itself', async () => {
    await install('b');
    start('slot-b+1.conf', 'slot-b+0-1.conf', 'b');
    await slots('set-primary', 'a');
    await slots('set-state', 'b', 'bad');
    assert.deepEqual(readdirSync(entries()).sort(), ['slot-a+3.conf', 'slot-b+0.conf']);
    start('slot-a+3.conf', 'slot-a+2-1.conf', 'a');
    await slots('started');
    assert.deepEqual(readdirSync(entries()).sort(), ['slot-a+3.conf', 'slot-b+0.conf']);
  });

  it('do not start a version that is half written', async () => {
    await install('b');
    start('slot-b+1.conf', 'slot-b+0-1.conf', 'b');
    await slots('set-state', 'b', 'good');
    await slots('set-state', 'a', 'bad');
    assert.deepEqual(readdirSync(entries()).sort(), ['slot-a+0.conf', 'slot-b+3.conf']);
    assert.equal(await slots('get-primary'), 'b');
  });

  it('refuse an unknown command', async () => {
    assert.equal((await run(program, ['format'], { TERASHI_BOOT: boot })).code, 2);
  });
});
