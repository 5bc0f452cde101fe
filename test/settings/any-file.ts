import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { stringify } from 'smol-toml';

import { installation } from '../../appliance/installation.js';
import { settingKeys, tableNames } from '../../appliance/settings/settings.js';
import { anySettings } from './arbitrary.js';

/** The annotated file, and what is left of it without its notes. */
const annotated = readFileSync(installation.settings, 'utf8');
const bare = annotated.replaceAll(/^# ?(?=[a-z]+ = )/gm, '').replaceAll(/^(#.*)?\n/gm, '');

/** Any UTF-16 code unit: control characters and halves of pairs too. */
const codeUnit = fc.nat(0xffff).map((code) => String.fromCharCode(code));

const value: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...[
      '0',
      '-0',
      '0.45',
      '0.62',
      '0.001',
      '1',
      '5',
      '16',
      '26',
      '27',
      '28',
      '48',
      '120',
      '300',
      '511',
      '512',
    ],
    ...[
      'nan',
      'inf',
      '-inf',
      '1e999',
      '-1e-999',
      '0x1F',
      '0b1',
      '1_000',
      '99999999999999999999',
      '9'.repeat(400),
    ],
    ...[
      'true',
      'false',
      'True',
      '""',
      '"auto"',
      '"ja"',
      '"card"',
      '"always"',
      '"off"',
      '"required"',
      '"none"',
    ],
    ...[
      '"Required"',
      '"required "',
      '"requird"',
      '"gpio-sim"',
      '"\\u0000"',
      '"\\u202e"',
      '"\\uD800"',
      '"\u0000"',
    ],
    ...[
      '[',
      ']',
      '"""',
      "'''",
      '"',
      '{',
      '[]',
      '{}',
      '[1, 2]',
      '{ a = 1 }',
      '[[[[]]]]',
      '{ __proto__ = { b = 1 } }',
    ],
    ...['2026-03-04', '2026-13-41', '07:32:00', '1979-05-27T07:32:00-07:00', '', '=', '#', '１２', '“ja”'],
    ...[`${'['.repeat(300)}${']'.repeat(300)}`, `"${'x'.repeat(2000)}"`],
  ),
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 30 }).map(String) },
  fc.double().map(String),
  fc.bigInt().map(String),
  fc.string({ unit: 'grapheme', maxLength: 50 }).map((text) => stringify({ a: text }).slice(4).trim()),
  fc.string({ unit: codeUnit, maxLength: 20 }),
);

const names = settingKeys.map((key) => key.split('.')[1]);
const strange = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '"\\u202e"',
  '""',
  'a.b',
];

const table = fc.constantFrom<string>(...tableNames, ...tableNames, 'light', 'vist', ...strange);
const key = fc.constantFrom(...names, ...names, 'livenes', 'treshold', 'led_1', 'pak', ...strange);

const line = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(key, value).map(([key, value]) => `${key} = ${value}`) },
  { weight: 2, arbitrary: table.map((name) => `[${name}]`) },
  fc.tuple(table, key, value).map(([table, key, value]) => `${table}.${key} = ${value}`),
  fc.tuple(table, key).map(([table, key]) => `[${table}.${key}]`),
  table.map((name) => `[[${name}]]`),
  fc.constantFrom('', '# x', '\t', '"""', ']', '}', '# 終わり'),
);

const lines = fc.array(line, { maxLength: 12 }).map((lines) => Buffer.from(lines.join('\n')));

/** The good file with other values at some of its keys. */
const otherValues = fc.array(fc.tuple(fc.nat(), value), { minLength: 1, maxLength: 4 }).map((changes) => {
  const lines = bare.split('\n');
  const settings = [...lines.keys()].filter((index) => lines[index].includes(' = '));
  for (const [at, value] of changes) {
    const index = settings[at % settings.length];
    lines[index] = `${lines[index].split(' = ')[0]} = ${value}`;
  }
  return Buffer.from(lines.join('\n'));
});

/** The good file with other names at some of its lines, or with lines that are gone, doubled or elsewhere. */
const otherLines = fc
  .array(fc.tuple(fc.nat(), fc.nat(), line), { minLength: 1, maxLength: 4 })
  .map((changes) => {
    const lines = bare.split('\n');
    for (const [at, how, line] of changes) {
      const index = at % lines.length;
      const [taken] = lines.splice(index, how % 4 === 0 ? 0 : 1);
      if (how % 4 === 1) lines.splice(index, 0, line);
      if (how % 4 === 2) lines.splice((at * 7) % lines.length, 0, taken, taken);
      if (how % 4 === 0) lines.splice(index, 0, line);
    }
    return Buffer.from(lines.join('\n'));
  });

const good = fc.oneof(
  { weight: 6, arbitrary: fc.constant(bare) },
  { weight: 1, arbitrary: fc.constant(annotated) },
  { weight: 4, arbitrary: anySettings.map(stringify) },
);

/** A good file with bytes that are others, gone, doubled, or nothing but zeros from somewhere on. */
const otherBytes = fc
  .tuple(good, fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.nat(9)), { minLength: 1, maxLength: 3 }))
  .map(([text, changes]) => {
    let bytes = Buffer.from(text);
    for (const [somewhere, byte, how] of changes) {
      const at = somewhere % bytes.length;
      const [before, after] = [bytes.subarray(0, at), bytes.subarray(at + 1)];
      if (how === 0) bytes = Buffer.concat([before, Buffer.alloc(after.length + 1)]);
      else if (how === 1) bytes = Buffer.from(before.length > 0 ? before : bytes);
      else if (how < 4) bytes = Buffer.concat([before, after, Buffer.from('\n')]);
      else if (how < 6) bytes = Buffer.concat([before, Buffer.from([byte]), bytes.subarray(at)]);
      else if (how < 8) bytes = Buffer.concat([before, Buffer.from([(byte % 96) + 32]), after]);
      else bytes = Buffer.concat([before, Buffer.from([byte]), after]);
    }
    return bytes;
  });

const editors = fc.tuple(good, fc.nat(3)).map(([text, how]) => {
  if (how === 0) return Buffer.from(`\uFEFF${text}`, 'utf16le');
  if (how === 1) return Buffer.from(text, 'utf16le');
  if (how === 2) return Buffer.from(`\uFEFF${text.replaceAll('\n', '\r\n')}`);
  return Buffer.from(text, 'latin1');
});

const deep = fc
  .tuple(fc.constantFrom('[', '{ a = ', 'a.', '[a]\n'), fc.integer({ min: 1, max: 1500 }))
  .map(([piece, times]) => Buffer.from(`[visit]\nliveness = ${piece.repeat(times)}`));

/** Whatever may lie where a settings file should. */
export const anyFile: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 8, arbitrary: otherValues },
  { weight: 6, arbitrary: otherBytes },
  { weight: 6, arbitrary: otherLines },
  { weight: 6, arbitrary: lines },
  { weight: 1, arbitrary: editors },
  { weight: 2, arbitrary: good.map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 1, arbitrary: fc.string({ unit: codeUnit, maxLength: 200 }).map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: deep },
);
