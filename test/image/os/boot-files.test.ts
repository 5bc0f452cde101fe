import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { boards } from '../../../image/os/board.js';
import { extractKernel, slotBootFiles, writeBootFiles } from '../../../image/os/boot-files.js';
import { optionsOf, slotNames } from '../../../image/os/options.js';
import { minimalImage } from './uefi/minimal-image.js';
import { configOf } from '../../../image/os/raspberry-pi/raspberry-pi.js';
import { entryFile } from '../../../image/os/uefi/uefi.js';

describe("a slot's boot entry", () => {
  const slot = { hash: 'c0'.repeat(32), tree: 8192 };
  const entries = slotNames.map((name) =>
    slotBootFiles(boards[0], name, { slot, version: '1.2.3' })['entry.conf'].split('\n'),
  );
  const field = (entry: readonly string[], key: string) =>
    entry.filter((line) => line.startsWith(`${key} `)).map((line) => line.slice(key.length + 1));

  it('has three tries on a new card', () => assert.equal(entryFile('a'), 'slot-a+3.conf'));

  it('sorts by slot', () => {
    assert.deepEqual(
      entries.flatMap((entry) => field(entry, 'sort-key')),
      ['1', '2'],
    );
  });

  it('starts its own unified kernel image, and adds nothing to it', () => {
    for (const [i, name] of slotNames.entries()) {
      assert.deepEqual(field(entries[i], 'efi'), [`/slot-${name}/terashi.efi`]);
      for (const key of ['linux', 'initrd', 'options', 'devicetree'])
        assert.deepEqual(field(entries[i], key), [], key);
    }
  });
});

describe("a slot's kernel command line", () => {
  const slot = { hash: 'c0'.repeat(32), tree: 8192 };

  it('names its own root, and no other', () => {
    for (const name of slotNames) {
      const options = optionsOf(boards[0], name, slot).split(' ');
      for (const option of [`terashi.slot=root-${name}`, `terashi.hash=${slot.hash}`, 'terashi.tree=8192']) {
        assert.equal(options.filter((one) => one === option).length, 1, option);
      }
      for (const option of ['init_on_free=1', 'ro', 'systemd.volatile=state'])
        assert(options.includes(option), option);
    }
  });
});

describe('what the firmware reads', () => {
  const stub = minimalImage();
  const folder = mkdtempSync(join(tmpdir(), 'terashi-boot-files-'));
  const root = join(folder, 'root');
  const slot = { hash: 'abc', tree: 4096 };
  const write = (file: string) => {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), file);
  };
  before(() => {
    for (const name of ['start4.elf', 'fixup4.dat']) write(`usr/lib/raspi-firmware/${name}`);
    for (const name of ['systemd-bootx64.efi', 'systemd-bootaa64.efi'])
      write(`usr/lib/systemd/boot/efi/${name}`);
    for (const name of ['linuxx64.efi.stub', 'linuxaa64.efi.stub'])
      writeFileSync(join(root, 'usr/lib/systemd/boot/efi', name), stub);
    const trees = 'usr/lib/linux-image-6.12.0-rpi';
    for (const name of ['broadcom/bcm2712-rpi-5-b.dtb', 'overlays/imx708.dtbo']) write(`${trees}/${name}`);
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const board of boards) {
    it(`belongs to one slot, in its own folder (${board.name})`, async () => {
      const laid = join(folder, board.name);
      const kernel = join(folder, `${board.name}-kernel`);
      mkdirSync(kernel);
      for (const file of ['terashi-linux', 'terashi-initrd']) write(file);
      await extractKernel(board, root, kernel);
      await writeBootFiles(board, { root, kernel }, { slot, version: '1.2.3' }, laid);
      const read = (file: string) => readFileSync(join(laid, file), 'utf8');
      assert.match(read('README.txt'), /Nothing here is for you to change/);
      assert(!readdirSync(laid).some((name) => name.startsWith('slot-b') || name === 'tryboot.txt'));
      if (board.start.kind === 'uefi') {
        assert.match(read(board.start.manager), /systemd-boot/);
        assert.match(read('loader/entries/slot-a+3.conf'), /^efi \/slot-a\/terashi\.efi$/m);
        assert.deepEqual(readdirSync(join(laid, 'slot-a')), ['terashi.efi']);
        // systemd-boot(7): a menu without a wait, no editor, and no keys that nobody asked for.
        for (const line of ['timeout 0', 'editor no', 'secure-boot-enroll manual'])
          assert(read('loader/loader.conf').split('\n').includes(line), line);
        for (const part of ['terashi-linux', 'terashi-initrd', optionsOf(board, 'a', slot)])
          assert(read('slot-a/terashi.efi').includes(part), part);
        assert.deepEqual(readdirSync(join(laid, 'loader')).sort(), ['entries', 'loader.conf']);
        return;
      }
      for (const file of ['linux', 'initrd']) assert.equal(read(`slot-a/${file}`), `terashi-${file}`);
      for (const file of board.start.firmware) assert.match(read(file), /raspi-firmware/);
      assert.equal(read('config.txt'), configOf('a'));
      // One line: the kernel reads only the first.
      const commandLine = read('slot-a/cmdline.txt');
      assert.match(commandLine, /^[^\n]+\n$/);
      // raspberrypi/linux, issue 6980: without it no unit's memory limit holds. The last word of several counts.
      assert.equal(commandLine, `${optionsOf(board, 'a', slot)} cgroup_enable=memory\n`);
      assert.equal(read('tries/a'), '3\n');
      assert.equal(read('slot-a/config.txt'), configOf('a'));
      assert.match(read('slot-a/bcm2712-rpi-5-b.dtb'), /broadcom/);
      assert.deepEqual(readdirSync(join(laid, 'slot-a', 'overlays')).sort(), ['README', 'imx708.dtbo']);
    });
  }

  it('names the slot of a Raspberry Pi in its first line, where the initrd reads it', () => {
    assert.match(configOf('b'), /^os_prefix=slot-b\/\n/);
  });

  it('differs between the slots of a Raspberry Pi only in the folder', () => {
    assert.notEqual(configOf('a'), configOf('b'));
    assert.equal(configOf('a').replaceAll('slot-a/', 'slot-b/'), configOf('b'));
  });

  it('names the initrd of a Raspberry Pi absolutely, before which no firmware puts the prefix', () => {
    // Raspberry Pi's documentation, config.txt, `os_prefix`: "starts with a /" bypasses all prefixes.
    assert.match(configOf('b'), /^initramfs \/slot-b\/initrd followkernel$/m);
  });
});
