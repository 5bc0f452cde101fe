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
 * A Raspberry Pi's boot partition, and its firmware as documented ("Fail-safe OS updates"): it
 * reads config.txt, or tryboot.txt once if a restart asks for it; a power cut forgets the request.
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
    TERASHI_SIGNED: at('signed'),
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

  /** The firmware starts a slot, whose initrd starts its system or the firmware again; returns the slot that runs. */
  async function start(asked: string | undefined, more = 2): Promise<string> {
    const file = asked === '0 tryboot' && existsSync(boot('tryboot.txt')) ? 'tryboot.txt' : 'config.txt';
    const prefix = `slot-${prefixIn(file)}`;
    for (const name of ['linux', 'cmdline.txt']) assert(existsSync(boot(prefix, name)), name);
    // An absolute path bypasses the prefix (documentation of config.txt, `os_prefix`).
    const initrd = /^initramfs (\/\S+) /m.exec(read(file))![1];
    assert(initrd.startsWith(`/${prefix}/`) && existsSync(boot(initrd)), initrd);
    cpSync(boot(prefix, 'cmdline.txt'), at('cmdline'));
    rmSync(at('reboot-param'), { force: true });
    rmSync(at('asked'), { force: true });
    await does('etc/initramfs-tools/scripts/local-top/terashi-tries');
    if (!existsSync(at('asked'))) return running();
    assert(more > 0, 'it starts again and again');
    return start(readFileSync(at('asked'), 'utf8').trim(), more - 1);
  }

  /** `systemctl reboot`, which passes the requested parameter to the kernel. */
  const restart = () =>
    start(existsSync(at('reboot-param')) ? readFileSync(at('reboot-param'), 'utf8').trim() : undefined);
  const powerCut = () => start(undefined);

  /** Installs a version as rauc does. */
  async function install(name: SlotName, version: string): Promise<void> {
    await slots('set-state', name, 'bad');
    const bundle = at('bundle');
    rmSync(bundle, { recursive: true, force: true });
    for (const part of ['boot/overlays', `boot-${name}`]) mkdirSync(join(bundle, part), { recursive: true });
    for (const file of ['linux', 'initrd', 'bcm2712-rpi-5-b.dtb', 'overlays/README'])
      writeFileSync(join(bundle, 'boot', file), version);
    for (const [file, text] of Object.entries(slotBootFiles(board, name, { slot: slot('1e'), version })))
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
      { slot: slot('5e'), version: '1.0.0' },
      boot(),
    );
    mkdirSync(at('bin'));
    writeFileSync(at('bin', 'reboot'), `#!/bin/sh\necho "$1" > ${at('asked')}\n`);
    chmodSync(at('bin', 'reboot'), 0o755);
    assert.equal(await powerCut(), 'a');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('have one that can start on a new card', async () => {
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

  it('keep a version that was found good, and the previous one beside it', async () => {
    await install('b', '1.1.0');
    await restart();
    await slots('started');
    assert.equal(prefixIn('config.txt'), 'a');
    await slots('set-state', 'b', 'good');
    assert.deepEqual([prefixIn('config.txt'), prefixIn('tryboot.txt')], ['b', 'a']);
    assert.deepEqual([await slots('get-primary'), await restart(), await powerCut()], ['b', 'b', 'b']);
  });

  it('return from a version that was not found good', async () => {
    await install('b', '1.1.0');
    await restart();
    await slots('set-primary', 'a');
    await slots('set-state', 'b', 'bad');
    assert.deepEqual([await slots('get-primary'), await restart()], ['a', 'a']);
    assert.deepEqual([await slots('get-state', 'a'), await slots('get-state', 'b')], ['good', 'bad']);
    assert(!existsSync(boot('tryboot.txt')));
  });

  it('return from a version that hangs', async () => {
    await install('b', '1.1.0');
    assert.deepEqual([await restart(), await powerCut()], ['b', 'a']);
    await slots('started');
    assert.equal(await slots('get-state', 'b'), 'bad');
    assert.deepEqual([await slots('get-primary'), await restart()], ['a', 'a']);
  });

  it('try an installed version at the next start if the power fails before the restart', async () => {
    await install('b', '1.1.0');
    assert.deepEqual([await powerCut(), await slots('get-primary'), await powerCut()], ['b', 'a', 'a']);
  });

  it('restart only a few times if the firmware ignores the request', async () => {
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

  it('are not overwritten while the other one is on trial', async () => {
    await install('b', '1.1.0');
    await restart();
    const { code } = await run(at('root/usr/lib/terashi/slots'), ['set-state', 'a', 'bad'], environment());
    assert.equal(code, 1);
    assert.equal(await powerCut(), 'a');
  });

  it('lose their tries if the count was torn', async () => {
    await install('b', '1.1.0');
    await restart();
    await slots('set-state', 'b', 'good');
    writeFileSync(boot('tries', 'b'), '');
    assert.equal(await powerCut(), 'a');
  });

  it('do not try a version that rauc withdrew before the restart', async () => {
    await install('b', '1.1.0');
    await slots('set-state', 'b', 'bad');
    await slots('set-primary', 'a');
    assert.equal(await restart(), 'a');
  });

  it('give way to the other one after three failed starts, until that one is kept', async () => {
    await install('b', '1.1.0');
    await restart();
    await slots('set-state', 'b', 'good');
    const started = [];
    for (let i = 0; i < 5; i++) started.push(await powerCut());
    assert.deepEqual(started, ['b', 'b', 'b', 'a', 'a']);
    await slots('started');
    assert.deepEqual([prefixIn('config.txt'), await powerCut()], ['a', 'a']);
  });

  // Raspberry Pi's documentation, "chosen/bootloader": a word of a device tree is big-endian; bit 0 is SIGNED_BOOT.
  it('take no update where the bootloader starts signed images alone', async () => {
    for (const [word, code] of [
      ['00000009', 1],
      ['00000001', 1],
      ['00000000', 0],
      ['00000008', 0],
    ] as const) {
      writeFileSync(at('signed'), Buffer.from(word, 'hex'));
      mkdirSync(at('bundle', 'boot'), { recursive: true });
      mkdirSync(at('bundle', 'boot-b'), { recursive: true });
      writeFileSync(at('bundle', 'boot-b', 'config.txt'), 'os_prefix=slot-b/');
      const laid = await run(at('root/usr/lib/terashi/slots'), ['lay', 'b', at('bundle')], environment());
      assert.equal(laid.code, code, word);
      assert.equal(existsSync(boot('slot-b')), code === 0, word);
    }
  });

  it('continue to start if there is no other one', async () => {
    for (let i = 0; i < 5; i++) assert.equal(await powerCut(), 'a');
    await slots('started');
    assert.equal(read('tries/a'), '3\n');
  });

  const step = fc.constantFrom('cut', 'restart', 'install', 'good', 'refuse', 'back', 'started');

  /** Makes these steps on a new card, and asserts after each that a proven slot runs, or one on its only trial. */
  async function startsKeptSlots(steps: readonly string[]): Promise<void> {
    // Slots that were never on trial, or passed it.
    const proven = new Set<string>(['a']);
    rmSync(boot(), { recursive: true });
    rmSync(at('reboot-param'), { force: true });
    await writeBootFiles(
      board,
      { root: at('root'), kernel: at('kernel') },
      { slot: slot('5e'), version: '1.0.0' },
      boot(),
    );
    let runs = await powerCut();
    let [onTrial, isNew] = [false, false];
    for (const each of steps) {
      const other = otherThan(runs as SlotName);
      if (each === 'cut' || each === 'restart') {
        runs = each === 'cut' ? await powerCut() : await restart();
        // A version that was not tried yet is tried once.
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

  // This runs hundreds of scripts: in parts, each of which a busy machine ends within a minute.
  for (const part of [1, 2, 3, 4]) {
    it(`start a proven slot whenever the power fails (${part} of 4)`, async () => {
      await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 12 }), startsKeptSlots), { numRuns: 10 });
    });
  }

  it('refuse an unknown command', async () => {
    assert.equal((await run(at('root/usr/lib/terashi/slots'), ['format'], environment())).code, 2);
  });
});
