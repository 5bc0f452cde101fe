import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

import { undrawable } from '../../appliance/protocol/drawable.js';
import { vlGothicHas } from '../../appliance/protocol/vl-gothic.js';
import { glyphsOf } from '../../image/font/glyphs.js';

/** Debian's fonts-vlgothic, which a box has. */
const installed = '/usr/share/fonts/truetype/vlgothic/VL-Gothic-Regular.ttf';

/** The characters of rows of JIS X 0208, by the runtime's own EUC-JP decoder. */
function jis(...rows: number[]): string[] {
  const decoder = new TextDecoder('euc-jp');
  const cells = Array.from({ length: 94 }, (_, cell) => 0xa1 + cell);
  return rows
    .flatMap((row) => cells.map((cell) => decoder.decode(Uint8Array.of(0xa0 + row, cell))))
    .filter((character) => !character.includes('\ufffd'));
}

/** A font with nothing but a cmap: A to C by a delta, 忍 by a glyph list, 野 in that list as missing. */
function tinyFont(): Uint8Array {
  const segments: [end: number, start: number, delta: number, offset: number][] = [
    [0x43, 0x41, 0, 0],
    [0x5fcd, 0x5fcd, 0, 4 + 0],
    [0xffff, 0xffff, 1, 0],
  ];
  const words = [
    ...[4, 0, 0, 2 * segments.length, 0, 0, 0],
    ...segments.map(([end]) => end),
    0,
    ...segments.map(([, start]) => start),
    ...segments.map(([, , delta]) => delta),
    ...segments.map(([, , , offset]) => offset),
    7,
  ];
  const header = [0, 1, 1, 0, 0, 0, 0x636d, 0x6170, 0, 0, 0, 28, 0, 0];
  const cmap = [0, 1, 3, 1, 0, 12];
  const all = [...header, ...cmap, ...words];
  const font = new DataView(new ArrayBuffer(2 * all.length));
  all.forEach((word, index) => font.setUint16(2 * index, word & 0xffff));
  return new Uint8Array(font.buffer);
}

describe('the font of a box', () => {
  it('has every letter, kana and kanji of JIS X 0208, which towns are named with', () => {
    const all = jis(3, 4, 5, ...Array.from({ length: 69 }, (_, row) => 16 + row));
    assert(all.length > 6500);
    assert.deepEqual(undrawable(all.join('')), []);
    assert.deepEqual(undrawable('髙﨑町 1番窓口 Oshino'), []);
  });

  it('has no Hangul, no emoji and nothing beyond the plane that the screen draws; each is named once', () => {
    assert.deepEqual(undrawable('가村가나'), ['가', '나']);
    assert.deepEqual(undrawable('𠮷田👍'), ['𠮷', '👍']);
    assert.deepEqual(undrawable('葛\u{e0100}城市'), []);
  });

  it('is read by the table that every font has', () => {
    assert.deepEqual([...glyphsOf(tinyFont())], [0x41, 0x42, 0x43, 0x5fcd]);
    assert.throws(() => glyphsOf(tinyFont().slice(0, 30)), RangeError);
    assert.throws(() => glyphsOf(new Uint8Array(64)), RangeError);
  });

  it('is the one that the list was made from', function () {
    if (!existsSync(installed)) return this.skip();
    const glyphs = glyphsOf(readFileSync(installed));
    for (let code = 0; code < 0xffff; code++)
      assert.equal(vlGothicHas(String.fromCharCode(code)), glyphs.has(code), code.toString(16));
  });
});
