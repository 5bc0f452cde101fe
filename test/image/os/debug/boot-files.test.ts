import assert from 'node:assert/strict';

import { boards } from '../../../../image/os/board.js';
import { slotBootFiles } from '../../../../image/os/boot-files.js';
import { optionsOf } from '../../../../image/os/options.js';
import { forDebug } from '../../../../image/os/debug/debug.js';
import { slotNames } from '../../../../image/os/options.js';

describe('what a debug image starts with', () => {
  const slot = { hash: 'c0'.repeat(32), tree: 8192 };
  const release = { slot, version: '1.2.3' };

  for (const board of boards) {
    const usual = slotBootFiles(board, 'a', release);
    const debug = slotBootFiles(forDebug(board), 'a', release);
    const [usualOptions, debugOptions] = [board, forDebug(board)].map((each) =>
      optionsOf(each, 'a', slot).split(/\s+/),
    );

    // Documentation/admin-guide/kernel-parameters.txt; systemd(1), "Kernel command line".
    it(`says what happens, on the screen and on the serial line (${board.name})`, () => {
      const said = debugOptions;
      assert(usualOptions.includes('quiet') && !said.includes('quiet'));
      const consoles = said.filter((option) => option.startsWith('console='));
      assert.equal(consoles.length, 2);
      assert(consoles.includes('console=tty1'), 'the screen');
      assert(
        consoles.some((each) => /^console=(serial0,115200|ttyS0|ttyAMA0)$/.test(each)),
        'serial',
      );
      for (const option of ['loglevel=7', 'systemd.log_target=kmsg', 'printk.devkmsg=on'])
        assert(said.includes(option), option);
      // systemd says what a program reports of itself only at level debug.
      assert(!said.some((option) => /^(systemd\.log_level=debug|debug|rd\.debug)$/.test(option)));
    });

    // initramfs-tools(7): without panic= a start that fails ends in a shell, as root.
    it(`opens no shell, whatever fails, and keeps every other option (${board.name})`, () => {
      const own = /^(console=|quiet$|panic=|loglevel=|systemd\.log_target=|systemd\.show_status=|printk\.)/;
      assert.deepEqual(
        debugOptions.filter((option) => !own.test(option)),
        usualOptions.filter((option) => !own.test(option)),
      );
      assert(debugOptions.includes('panic=120'));
      for (const door of [
        /^init=/,
        /^rdinit=/,
        /^break/,
        /debug[-_]shell/,
        /^single$|^rescue$|^emergency$/,
        /^sysrq/,
      ])
        assert(!debugOptions.some((option) => door.test(option)), String(door));
    });

    it(`is like the usual one in everything else (${board.name})`, () => {
      assert.deepEqual(Object.keys(debug), Object.keys(usual));
      if (board.start.kind === 'uefi') {
        assert.deepEqual(debug, usual);
      } else {
        assert(debug['config.txt'].startsWith(usual['config.txt']));
      }
    });
  }

  describe('on a Raspberry Pi', () => {
    const board = forDebug(boards.find(({ name }) => name === 'rpi5')!);
    const config = (name: (typeof slotNames)[number]) => slotBootFiles(board, name, release)['config.txt'];
    const usual = slotBootFiles({ ...board, debug: undefined as never }, 'a', release)['config.txt'];
    const added = config('a').slice(usual.length).split('\n');

    // Raspberry Pi's documentation, config.txt, "enable_uart", "uart_2ndstage".
    it('changes nothing but the serial line: every second try is a comment', () => {
      assert.deepEqual(
        added.filter((line) => line !== '' && !line.startsWith('#')),
        ['enable_uart=1', 'uart_2ndstage=1'],
      );
    });

    // Raspberry Pi's documentation, "What is config.txt?", "File format".
    it('has lines that the firmware reads to their ends', () => {
      for (const line of config('a').split('\n')) assert.match(line, /^[\x20-\x7e]{0,98}$/);
    });

    it('has a try for each doubt about a first start', () => {
      for (const doubt of [
        /initramfs/,
        /dtoverlay=imx708/,
        /gpio=16,20,21=ip,pu/,
        /watchdog=off/,
        /usb_max_current/,
      ])
        assert(
          added.some((line) => line.startsWith('#') && doubt.test(line)),
          String(doubt),
        );
    });

    it('differs between the slots only in the folder', () => {
      assert.equal(
        config('a').replaceAll('slot-a/', 'slot-b/'),
        config('b').replaceAll('slot-a/', 'slot-b/'),
      );
    });
  });
});
