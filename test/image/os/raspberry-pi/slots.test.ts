import assert from 'node:assert/strict';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { boards } from '../../../../image/os/board.js';
import { slotBootFiles, writeBootFiles } from '../../../../image/os/boot-files.js';
import { type SlotName, slotNames } from '../../../../image/os/options.js';
import { run } from '../../../../hardware-tests/counter/run.js';
import { layRoot } from '../root.js';

const board = boards.find(({ name }) => name === 'rpi5')!;
const slot = (hash: string) => ({ hash: hash.repeat(32), tree: 4096 });
const otherThan = (name: SlotName): SlotName => (name === 'a' ? 'b' : 'a');

/**
 * A Raspberry Pi's boot partition, and its firmware as Raspberry Pi's documentation has it ("Fail-safe OS updates"): it
 * reads config.txt, or tryboot.txt at the one start that was asked to; a start without power forgets what was asked.
 */
describe('the slots of a Raspberry Pi', () => {
  let folder: string;
  const at = (...names: string[]) => join(folder, ...names);
  const boot = (...names: string[]) => at('boot', ...names);
  const read = (file: string) => readFileSync(boot(file), 'utf8');
  const environment = () => ({
    TERASHI_BOOT: boot(),
    TERASHI_CMDLINE: at('cmdline'),
    TERASHI_RESTART: at('reboot-param'),
    PATH: `${at('bin')}:${process.env.PATH}`,
  });
  const does = async (program: string, ...asked: string[]) => {
    const { code, stdout, stderr } = await run(at('root', program), asked, environment());
    assert.deepEqual([code, stderr], [0, ''], asked.join(' '));
    return stdout.trim();
  };
  const slots = (...asked: string[]) => does('usr/lib/terashi/slots', ...asked);
  let prefixIn = (file: string): string | undefined => /^os_prefix=slot-(.)\/$/m.exec(read(file))?.[1];
  const running = () => slots('get-current');

  /** The firmware starts a slot, and its initrd the system in it or the firmware again; answers which slot runs. */
  async function start(asked: string | undefined, more = 2): Promise<string> {
    const file = asked === '0 tryboot' && existsSync(boot('tryboot.txt')) ? 'tryboot.txt' : 'config.txt';
    const prefix = `slot-${prefixIn(file)}`;
    for (const name of ['linux', 'initrd', 'cmdline.txt']) assert(existsSync(boot(prefix, name)), name);
    cpSync(boot(prefix, 'cmdline.txt'), at('cmdline'));
    rmSync(at('reboot-param'), { force: true });
    rmSync(at('asked'), { force: true });
    await does('etc/initramfs-tools/scripts/local-top/terashi-tries');
    if (!existsSync(at('asked'))) return running();
    assert(more > 0, 'it starts again and again');
    return start(readFileSync(at('asked'), 'utf8').trim(), more - 1);
  }

  /** `systemctl reboot`, which hands the kernel what it finds. */
  const restart = () =>
    start(existsSync(at('reboot-param')) ? readFileSync(at('reboot-param'), 'utf8').trim() : undefined);
  const powerCut = () => start(undefined);

  /** As rauc does it. */
  async function install(name: SlotName, version: string): Promise<void> {
    await slots('set-state', name, 'bad');
    const bundle = at('bundle');
    rmSync(bundle, { recursive: true, force: true });
    for (const part of ['boot/overlays', `boot-${name}`]) mkdirSync(join(bundle, part), { recursive: true });
    for (const file of ['linux', 'initrd', 'bcm2712-rpi-5-b.dtb', 'overlays/README'])
      writeFileSync(join(bundle, 'boot', file), version);
    for (const [file, text] of Object.entries(slotBootFiles(board, name, slot('1e'), version)))
      writeFileSync(join(bundle, `boot-${name}`, file), text);
    await slots('lay', name, bundle);
    await slots('set-primary', name);
  }

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'slots-'));
    layRoot('raspberry-pi', at('root'));
    mkdirSync(at('kernel'));
    for (const file of ['linux', 'initrd']) writeFileSync(at('kernel', file), '1.0.0');
    await writeBootFiles(
      board,
      { root: at('root'), kernel: at('kernel') },
      slotBootFiles(board, 'a', slot('5e'), '1.0.0'),
      boot(),
    );
    mkdirSync(at('bin'));
    writeFileSync(at('bin', 'reboot'), `#!/bin/sh\necho "$1" > ${at('asked')}\n`);
    chmodSync(at('bin', 'reboot'), 0o755);
    assert.equal(await powerCut(), 'a');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are one on a new card', async () => {
    assert.deepEqual([await slots('get-current'), await slots('get-primary')], ['a', 'a']);
    assert.deepEqual([await slots('get-state', 'a'), await slots('get-state', 'b')], ['good', 'bad']);
    assert.equal(read('tries/a'), '2\n');
    await slots('started');
    assert.equal(read('tries/a'), '3\n');
    assert(!existsSync(boot('tryboot.txt')));
  });

  it('start what was installed once, with its own kernel, device trees and command line', async () => {
    await install('b', '1.1.0');
    assert.deepEqual([prefixIn('config.txt'), prefixIn('tryboot.txt')], ['a', 'b']);
    assert.deepEqual([await slots('get-primary'), await slots('get-state', 'b')], ['b', 'good']);
    assert.equal(await restart(), 'b');
    for (const file of ['linux', 'initrd', 'bcm2712-rpi-5-b.dtb', 'overlays/README'])
      assert.equal(read(`slot-b/${file}`), '1.1.0');
    assert.match(readFileSync(at('cmdline'), 'utf8'), /terashi\.hash=(1e){32} /);
    assert.equal(await restart(), 'a');
  });

  it('keep what was found good, and the one before beside it', async () => {
    await install('b', '1.1.0');
    await restart();
    await slots('started');
    assert.equal(prefixIn('config.txt'), 'a');
    await slots('set-state', 'b', 'good');
    assert.deepEqual([prefixIn('config.txt'), prefixIn('tryboot.txt')], ['b', 'a']);
    assert.deepEqual([await slots('get-primary'), await restart(), await powerCut()], ['b', 'b', 'b']);
  });

  it('return from what was not', async () => {
    await install('b', '1.1.0');
    await restart();
    await slots('set-primary', 'a');
    await slots('set-state', 'b', 'bad');
    assert.deepEqual([await slots('get-primary'), await restart()], ['a', 'a']);
    assert.deepEqual([await slots('get-state', 'a'), await slots('get-state', 'b')], ['good', 'bad']);
    assert(!existsSync(boot('tryboot.txt')));
  });

  it('return from what hangs', async () => {
    await install('b', '1.1.0');
    assert.deepEqual([await restart(), await powerCut()], ['b', 'a']);
    await slots('started');
    assert.equal(await slots('get-state', 'b'), 'bad');
    assert.deepEqual([await slots('get-primary'), await restart()], ['a', 'a']);
  });

  it('try what was installed at the next start where the power went before the restart', async () => {
    await install('b', '1.1.0');
    assert.deepEqual([await powerCut(), await slots('get-primary'), await powerCut()], ['b', 'a', 'a']);
  });

  it('start again no more than some times where the firmware does not do as it is asked', async () => {
    await install('b', '1.1.0');
    rmSync(boot('tryboot.txt'));
    assert.equal(await restart(), 'b');
    await slots('set-state', 'b', 'good');
    for (const name of slotNames) writeFileSync(boot('tries', name), name === 'a' ? '3\n' : '0\n');
    const honest = prefixIn;
    prefixIn = () => 'b';
    try {
      const started = [];
      for (let i = 0; i < 4; i++) started.push(await powerCut().catch(() => 'again'));
      assert.deepEqual(started.slice(-1), ['b']);
    } finally {
      prefixIn = honest;
    }
  });

  it('are not written over while the other one is on trial', async () => {
    await install('b', '1.1.0');
    await restart();
    const { code } = await run(at('root/usr/lib/terashi/slots'), ['set-state', 'a', 'bad'], environment());
    assert.equal(code, 1);
    assert.equal(await powerCut(), 'a');
  });

  it('are counted again where the count was torn', async () => {
    await install('b', '1.1.0');
    await restart();
    await slots('set-state', 'b', 'good');
    writeFileSync(boot('tries', 'b'), '');
    assert.equal(await powerCut(), 'a');
  });

  it('do not try what rauc took back before the restart', async () => {
    await install('b', '1.1.0');
    await slots('set-state', 'b', 'bad');
    await slots('set-primary', 'a');
    assert.equal(await restart(), 'a');
  });

  it('give way to the other one at the fourth start that did not end well, until that one is kept', async () => {
    await install('b', '1.1.0');
    await restart();
    await slots('set-state', 'b', 'good');
    const started = [];
    for (let i = 0; i < 5; i++) started.push(await powerCut());
    assert.deepEqual(started, ['b', 'b', 'b', 'a', 'a']);
    await slots('started');
    assert.deepEqual([prefixIn('config.txt'), await powerCut()], ['a', 'a']);
  });

  it('go on starting where there is no other one', async () => {
    for (let i = 0; i < 5; i++) assert.equal(await powerCut(), 'a');
    await slots('started');
    assert.equal(read('tries/a'), '3\n');
  });

  const step = fc.constantFrom('cut', 'restart', 'install', 'good', 'refuse', 'back', 'started');

  /** Goes through the steps on a new card, and checks after each that a proven slot runs or one on its only trial. */
  async function startsKeptSlots(steps: readonly string[]): Promise<void> {
    // What was never on trial, or passed it.
    const proven = new Set<string>(['a']);
    rmSync(boot(), { recursive: true });
    rmSync(at('reboot-param'), { force: true });
    await writeBootFiles(
      board,
      { root: at('root'), kernel: at('kernel') },
      slotBootFiles(board, 'a', slot('5e'), '1.0.0'),
      boot(),
    );
    let runs = await powerCut();
    let [onTrial, isNew] = [false, false];
    for (const each of steps) {
      const other = otherThan(runs as SlotName);
      if (each === 'cut' || each === 'restart') {
        runs = each === 'cut' ? await powerCut() : await restart();
        // What was never tried is, once.
        onTrial = !proven.has(runs);
        assert.equal(onTrial, isNew, steps.join(' '));
        isNew = false;
      } else if (each === 'install' && !onTrial) {
        proven.delete(other);
        await install(other, '1.1.0');
        isNew = true;
      } else if (each === 'good') {
        await slots('set-state', runs, 'good');
        proven.add(runs);
        onTrial = false;
      } else if (each === 'refuse' && !onTrial) {
        await slots('set-state', other, 'bad');
        await slots('set-primary', runs);
        proven.delete(other);
        isNew = false;
      } else if (each === 'back' && onTrial) {
        await slots('set-primary', other);
        await slots('set-state', runs, 'bad');
        onTrial = false;
        runs = await restart();
        assert(proven.has(runs), steps.join(' '));
      } else if (each === 'started') await slots('started');
      for (const name of slotNames)
        if (existsSync(boot(`slot-${name}`)))
          assert(readdirSync(boot(`slot-${name}`)).includes('config.txt'));
    }
  }

  // Hundreds of scripts run here. In parts, so that a busy machine has a minute for each.
  for (const part of [1, 2, 3, 4]) {
    it(`start a kept slot whenever the power goes (${part} of 4)`, async () => {
      await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 12 }), startsKeptSlots), { numRuns: 10 });
    });
  }

  it('refuse what is not asked of them', async () => {
    assert.equal((await run(at('root/usr/lib/terashi/slots'), ['format'], environment())).code, 2);
  });
});
