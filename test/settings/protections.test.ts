import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

import fc from 'fast-check';

import { installation } from '../../appliance/installation.js';
import { parseSettings } from '../../appliance/settings/parse.js';
import { defaults, type Settings } from '../../appliance/settings/settings.js';
import { problemWords } from '../../appliance/settings/words.js';

const last = (settings: Settings) => ({ toml: '# as it was\n', settings });
const read = (bytes: string | Uint8Array, before?: Settings) =>
  parseSettings(Buffer.from(bytes), before && last(before));

/** The letters of ASCII as Japanese keyboards write them too: U+FF01 to U+FF5E (Unicode, Halfwidth and Fullwidth Forms). */
const wide = (text: string) =>
  text.replaceAll(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** One slip of a typist (Damerau 1964): a letter too few, one too many, another, or two that changed places. */
const slipped = (word: string) =>
  fc
    .tuple(
      fc.nat(word.length - 2),
      fc.nat(3),
      fc.integer({ min: 10, max: 35 }).map((digit) => digit.toString(36)),
    )
    .map(([at, kind, letter]) => {
      const [before, here, next, rest] = [word.slice(0, at), word[at], word[at + 1], word.slice(at + 2)];
      return [
        before + next + rest,
        before + letter + here + next + rest,
        before + letter + next + rest,
        before + next + here + rest,
      ][kind];
    });

const spelled = (word: string) =>
  fc.oneof(
    fc.constantFrom(word, capital(word), word.toUpperCase(), wide(word), wide(word.toUpperCase())),
    fc.constantFrom(`${word.slice(0, 4)}-${word.slice(4)}`, `_${word}`, `${word}-check`, `use_${word}`),
    slipped(word),
  );

const quoted = (text: string) =>
  /^[\w-]+$/.test(text)
    ? fc.constantFrom(text, `"${text}"`, `'${text}'`)
    : fc.constantFrom(`"${text}"`, text);

/** Where a person may write a setting: under its table, another, one that is none, above all, or in one line. */
const placed = (tables: readonly string[], name: string, value: string) =>
  fc.constantFrom(
    ...tables.map((table) => `[${table}]\n${name} = ${value}\n`),
    `${name} = ${value}\n`,
    `${tables[0]}.${name} = ${value}\n`,
    `${tables[0]} = { ${name} = ${value} }\n`,
    `[[${tables[0]}]]\n${name} = ${value}\n`,
    `[${tables[0]}]\n${name}: ${value}\n`,
    `[${tables[0]}]\r\n${name}=${value}\r\n`,
  );

const tablesOf = (name: string) => [name, capital(name), name.toUpperCase(), wide(name), 'place', 'printer'];

const asks = [
  '"required"',
  '"Required"',
  '"REQUIRED"',
  '"必須"',
  '"on"',
  '"yes"',
  'true',
  '"true"',
  '1',
  'required',
  'on',
  '"ｒｅｑｕｉｒｅｄ"',
  '“required”',
  '"はい"',
  '"reqired"',
  '[]',
  '',
];
const declines = [
  '"off"',
  '"Off"',
  '"OFF"',
  '"ｏｆｆ"',
  'off',
  'false',
  '"false"',
  '"no"',
  '"なし"',
  '"オフ"',
  '"しない"',
  '0',
  '“off”',
];

const file = (table: string, name: string, values: readonly string[]) =>
  fc
    .tuple(spelled(name).chain(quoted), fc.constantFrom(...values))
    .chain(([name, value]) => placed(tablesOf(table), name, value));

const off = { ...defaults };
const inForce = (toml: string | Uint8Array, before?: Settings) => {
  const { visit, lights } = read(toml, before).settings;
  return { liveness: visit.liveness, required: lights.required };
};

describe('a protection', () => {
  for (const before of [undefined, off]) {
    const after = before ? 'after settings without it' : 'with no settings before';
    it(`that a person would read as asked for is in force, ${after}`, () => {
      fc.assert(
        fc.property(file('visit', 'liveness', asks), (toml) => {
          assert.equal(inForce(toml, before).liveness, 'required', toml);
        }),
        { numRuns: 2000 },
      );
      fc.assert(
        fc.property(file('lights', 'required', asks), (toml) => {
          assert.equal(inForce(toml, before).required, true, toml);
        }),
        { numRuns: 2000 },
      );
    });

    it(`that is plainly off stays off, ${after}`, () => {
      fc.assert(
        fc.property(
          file('visit', 'liveness', declines),
          file('lights', 'required', declines),
          (one, other) => {
            for (const toml of [one, other, `${one}${other}`])
              assert.deepEqual(inForce(toml, before), { liveness: 'off', required: false }, toml);
          },
        ),
        { numRuns: 2000 },
      );
    });
  }

  it('is in force beside the line that has it off by default', () => {
    const annotated = readFileSync(installation.settings, 'utf8');
    for (const line of [
      '[Visit]\nLiveness = "required"\n',
      '[visit-2]\nliveness = "required"\n',
      'liveness = "required"\nx\n',
    ])
      assert.equal(inForce(annotated + line).liveness, 'required', line);
    assert.equal(inForce(`${annotated}[Lights]\nRequired = true\n`).required, true);
    assert.deepEqual(inForce(`${annotated}[Visit]\n`), { liveness: 'off', required: false });
    assert.deepEqual(inForce(`${annotated}# [Visit]\n# Liveness = "required"\nx\n`), {
      liveness: 'off',
      required: false,
    });
  });

  it('may be asked for by another name, or by the word alone', () => {
    for (const toml of [
      '[visit]\n"なりすまし対策" = "必須"\n',
      '[visit]\nanti-spoofing = true\n',
      '[visit]\nface = "required"\n',
      '[liveness]\nrequired = true\n',
      '[visit.liveness]\nlevel = "required"\n',
      'visit-liveness = "on"\n',
      '[visit]\nliveness required\n',
    ])
      assert.equal(inForce(toml).liveness, 'required', toml);
    for (const toml of [
      '[lights]\ncamera = "required"\n',
      '[panel]\nlights = "required"\n',
      '[lights.required]\nx = 1\n',
    ])
      assert.equal(inForce(toml).required, true, toml);
    for (const end of ['', '[place]\nx y\n']) {
      assert.equal(inForce(`[liveness]\n${end}`).liveness, 'required');
      assert.deepEqual(inForce(`[liveness]\nrequired = false\n${end}`), { liveness: 'off', required: false });
    }
  });

  it('is as strict as asked for and as before, whatever else is broken', () => {
    const [advisory, required] = (['advisory', 'required'] as const).map((liveness) => ({
      ...defaults,
      visit: { ...defaults.visit, liveness },
    }));
    assert.equal(inForce('[visit]\nliveness = "advisory"\nx y\n', advisory).liveness, 'advisory');
    assert.equal(inForce('[visit]\nliveness = "advisory"\nx y\n', required).liveness, 'required');
    assert.equal(inForce('[visit]\nliveness = "required"\nx y\n', advisory).liveness, 'required');
    assert.equal(inForce('[visit]\nliveness = "off"\nx y\n', required).liveness, 'required');
    assert.equal(inForce('[Visit]\nliveness = "Advisory"\n', off).liveness, 'advisory');
  });

  it('is found in the encodings of a Windows PC', () => {
    const toml = '# 設定を、ひらがなで説明する行\r\n[Visit]\r\nＬＩＶＥＮＥＳＳ ＝ "必須"\r\n';
    for (const encoding of ['UTF-8', 'SHIFT_JIS', 'UTF-16LE', 'UTF-16', 'EUC-JP']) {
      const bytes = (text: string) =>
        execFileSync('iconv', ['--from-code', 'UTF-8', '--to-code', encoding], { input: text });
      assert.equal(inForce(bytes(toml)).liveness, 'required', encoding);
      assert.equal(inForce(bytes('# 設定を\r\n[visit]\r\nliveness = "off"\r\n')).liveness, 'off', encoding);
    }
  });

  it('is told with what is used meanwhile', () => {
    const shown = read('[visit]\nface = "required"\n', off);
    assert.match(
      problemWords(shown.problems[0], shown).en,
      /Used meanwhile, for safety: visit\.liveness = "required"\.$/,
    );
    const heading = read('[Visit]\nLiveness = "required"\n', off);
    assert.match(
      problemWords(heading.problems[0], heading).en,
      /last good settings are used meanwhile, for safety with visit\.liveness = "required"\.$/,
    );
  });
});
