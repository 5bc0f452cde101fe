import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';

import { glyphsOf } from './glyphs.js';

// Prints appliance/protocol/vl-gothic.ts. The font is in Debian's package fonts-vlgothic.

const font = process.argv.at(2);
if (font === undefined) {
  console.error('node build/image/font/main.js VL-Gothic-Regular.ttf > appliance/protocol/vl-gothic.ts');
  process.exit(2);
}

const bits = new Uint8Array(0x10000 / 8);
for (const code of glyphsOf(readFileSync(font))) bits[code >> 3] |= 1 << (code & 7);
const lines =
  deflateSync(bits, { level: 9 })
    .toString('base64')
    .match(/.{1,100}/g) ?? [];

console.log(`import { inflateSync } from 'node:zlib';

// Made by image/font/main.ts from the font of a box, VL Gothic.

/** A bit for each character of the Basic Multilingual Plane, deflated: whether the font has a glyph for it. */
const deflated = [
${lines.map((line) => `  '${line}',`).join('\n')}
];

const bits = inflateSync(Buffer.from(deflated.join(''), 'base64'));

/** Whether the font of a box can draw a character. */
export function vlGothicHas(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code <= 0xffff && (bits[code >> 3] & (1 << (code & 7))) !== 0;
}`);
