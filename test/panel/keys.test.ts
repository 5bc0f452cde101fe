import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { mock } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';

import fc from 'fast-check';

import { listenToKeys, readKeys, type Typed } from '../../appliance/panel/screen/keys.js';

const sent: readonly [string, Typed][] = [
  ['\x1b[D', 'left'],
  ['\x1bOC', 'right'],
  ['\r', 'enter'],
  ['\x7f', 'back'],
  ['L', 'language'],
  ['7', 'text'],
];

describe('the keys', () => {
  afterEach(() => mock.timers.reset());

  it('are read from what a terminal sends, however it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...sent)), fc.array(fc.nat({ max: 3 })), (presses, cuts) => {
        let rest = '';
        const typed: Typed[] = [];
        let sending = presses.map(([sequence]) => sequence).join('');
        for (const cut of [...cuts, sending.length]) {
          const read = readKeys(rest + sending.slice(0, cut));
          sending = sending.slice(cut);
          typed.push(...read.typed);
          rest = read.rest;
        }
        assert.deepEqual(
          [...typed, ...readKeys(rest).typed],
          presses.map(([, key]) => key),
        );
      }),
    );
  });

  it('are no others: what a panel has no key for is text', () => {
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
      const { typed, rest } = readKeys(other);
      assert.deepEqual([new Set(typed), rest], [new Set(['text']), ''], JSON.stringify(other));
    }
  });

  it('hold a lone Esc back until it is known not to be an arrow', async () => {
    const input = new PassThrough();
    const heard: Typed[] = [];
    mock.timers.enable({ apis: ['setTimeout'] });
    listenToKeys(input, (typed) => heard.push(typed));
    input.write('\x1b');
    await turn();
    assert.deepEqual(heard, []);
    input.write('[C');
    await turn();
    assert.deepEqual(heard, ['right']);
    input.write('\x1b');
    await turn();
    mock.timers.tick(1000);
    assert.deepEqual(heard, ['right', 'cancel']);
  });

  it('take Esc before another key for Esc', () => {
    assert.deepEqual(readKeys('\x1b\r').typed, ['cancel', 'enter']);
  });
});
