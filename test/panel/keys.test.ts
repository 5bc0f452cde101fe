import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { mock } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';

import fc from 'fast-check';

import { listenToKeys, readKeys } from '../../appliance/panel/screen/keys.js';
import type { Key } from '../../appliance/protocol/key.js';

const sent: readonly [string, Key][] = [
  ['\x1b[D', 'left'],
  ['\x1bOC', 'right'],
  ['\r', 'enter'],
  ['\x7f', 'back'],
  ['L', 'language'],
];

describe('the keys', () => {
  afterEach(() => mock.timers.reset());

  it('are read from what a terminal sends, however it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...sent)), fc.array(fc.nat({ max: 3 })), (presses, cuts) => {
        let rest = '';
        const keys: Key[] = [];
        let sending = presses.map(([sequence]) => sequence).join('');
        for (const cut of [...cuts, sending.length]) {
          const read = readKeys(rest + sending.slice(0, cut));
          sending = sending.slice(cut);
          keys.push(...read.keys);
          rest = read.rest;
        }
        assert.deepEqual(
          [...keys, ...readKeys(rest).keys],
          presses.map(([, key]) => key),
        );
      }),
    );
  });

  it('are no others: what a panel has no key for does nothing', () => {
    for (const other of [
      'a',
      'q',
      '\x03',
      '\x13',
      '\x1a',
      '\x1c',
      ' ',
      '\t',
      '\x1b[A',
      '\x1b[3~',
      '\x1b[1;5D',
      '\x1bOP',
      '\x1b[<0;3;4M',
      'あ',
    ]) {
      assert.deepEqual(readKeys(other), { keys: [], rest: '' }, JSON.stringify(other));
    }
  });

  it('hold a lone Esc back until it is known not to be an arrow', async () => {
    const input = new PassThrough();
    const keys: Key[] = [];
    mock.timers.enable({ apis: ['setTimeout'] });
    listenToKeys(input, (key) => keys.push(key));
    input.write('\x1b');
    await turn();
    assert.deepEqual(keys, []);
    input.write('[C');
    await turn();
    assert.deepEqual(keys, ['right']);
    input.write('\x1b');
    await turn();
    mock.timers.tick(1000);
    assert.deepEqual(keys, ['right', 'cancel']);
  });

  it('take Esc before another key for Esc', () => {
    assert.deepEqual(readKeys('\x1b\r').keys, ['cancel', 'enter']);
  });
});
