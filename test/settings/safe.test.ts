import assert from 'node:assert/strict';

import fc from 'fast-check';
import { parse, stringify } from 'smol-toml';

import { parseSettings, type SettingsRead } from '../../appliance/settings/parse.js';
import { pinKeys } from '../../appliance/settings/pins.js';
import {
  defaults,
  pathOf,
  type SettingKey,
  settingKeys,
  settings,
  type Settings,
  valueOf,
} from '../../appliance/settings/settings.js';
import { problemWords } from '../../appliance/settings/words.js';
import { anyFile } from './any-file.js';
import { anySettings } from './arbitrary.js';

/**
 * What each setting counts as when it is written but wrong: after the last good value, where there is one; without
 * it, the first column; and why nobody is worse off with it than with what may have been meant.
 */
const meanwhile: Record<SettingKey, [without: unknown, why: string]> = {
  'place.municipality': ['', 'a record without a name is seen to have none; one with another name is not'],
  'place.counter': ['', 'as the municipality'],
  'place.support': ['', 'no number is shown; another would lead astray'],
  'place.language': ['ja', 'the clerk changes it by a key at any time'],
  'place.time-zone': ['Asia/Tokyo', 'boxes serve in Japan; and a record holds its offset from UTC'],
  'visit.policy': ['always', 'asks for the machine more often than the other policy'],
  'visit.way': ['card', 'the other kind of document is found to be none, and nothing is compared'],
  'visit.if-declined': ['', 'the panel’s own words, which promise nothing'],
  'visit.threshold': [
    undefined,
    'the model’s own, which its calibration supports; never a number that was misread',
  ],
  'visit.fmr': [undefined, 'as the threshold'],
  'visit.liveness': ['required', 'whoever names it asks for it: without it nobody is compared'],
  'visit.photographs': [3, 'never without a limit; and the rate shown is that of all comparisons made'],
  'visit.scans': [2, 'as the photographs'],
  'devices.scanner': ['auto', 'whichever scanner there is sees the same document'],
  'devices.camera': ['auto', 'as the scanner'],
  'devices.resolution': [300, 'the least that a portrait is read with; what is too small is found to be so'],
  'model.recogniser': [undefined, 'the usual one, held to its own threshold and no other’s'],
  'model.pack': [undefined, 'the built-in one, held to its own threshold and no other’s'],
  'model.calibration': [
    undefined,
    'the recogniser’s own, which must support the threshold or nothing is compared',
  ],
  'keys.signing': [undefined, 'then only the vendor signs packs and calibrations'],
  'keys.export': [undefined, 'no copy is made: see export-key.test.ts'],
  'time.key': [120, 'a visit that nobody attends ends and is erased'],
  'time.scan': [60, 'as above'],
  'time.photograph': [90, 'as above, and long enough for a challenge'],
  'panel.screen': [
    'auto',
    'a screen that is not wanted is dark or missing; one that is wanted must be there',
  ],
  'panel.lights': ['auto', 'as the screen; the light says that the camera runs'],
  'lights.chip': ['auto', 'with the lights off: a wire is never guessed'],
  'lights.led1': [5, 'as the chip'],
  'lights.led2': [6, 'as the chip'],
  'lights.led3': [13, 'as the chip'],
  'lights.led4': [19, 'as the chip'],
  'lights.camera': [26, 'as the chip; and no camera at all where its light is required'],
  'lights.buzzer': [12, 'as the chip'],
  'lights.required': [true, 'whoever names it asks for it'],
  'lights.active-low': [
    false,
    'with the lights off: a lamp that is lit when it should be dark says the wrong thing',
  ],
  'buttons.yes': [16, 'as the chip'],
  'buttons.no': [20, 'as the chip'],
  'buttons.cancel': [21, 'as the chip'],
};

const wires: readonly SettingKey[] = [...pinKeys, 'lights.chip', 'lights.active-low'];
const read = (toml: string, last?: Settings) =>
  parseSettings(Buffer.from(toml), last && { toml: stringify(last), settings: last });

describe('a wrong value', () => {
  for (const key of settingKeys) {
    const [table, name] = pathOf(key);
    const [without] = meanwhile[key];
    it(`of ${key} counts as its last good value, else as ${without === undefined ? 'none' : JSON.stringify(without)}`, () => {
      for (const wrong of ['[]', '-1', 'nan', '2026-03-04', '{ a = 1 }', '99999999999999999999']) {
        const toml = `[${table}]\n${name} = ${wrong}\n`;
        const fresh = read(toml);
        assert.deepEqual(fresh.problems, [{ what: 'wrong-value', line: 2, key }]);
        assert.deepEqual(valueOf(fresh.settings, key), without);
        assert.equal(fresh.settings.panel.lights, wires.includes(key) ? 'off' : 'auto');
        fc.assert(
          fc.property(anySettings, (last) => {
            const kept = read(toml, last);
            // The wires of the rest of this file are the defaults.
            if (wires.includes(key) && kept.settings.panel.lights === 'off') return;
            // What is named and not plainly off is asked for, whatever was in force.
            const strictest = key === 'visit.liveness' ? 'required' : key === 'lights.required' && true;
            const value = strictest === false ? valueOf(last, key) : strictest;
            assert.deepEqual(valueOf(kept.settings, key), value);
            assert.equal(kept.origins[key], value === valueOf(last, key) ? 'last-good' : 'safest');
          }),
          { numRuns: 10 },
        );
      }
    });
  }
});

describe('a protection that is named where nothing can be understood', () => {
  it('counts as asked for, unless it is plainly off, in whatever way the file is broken', () => {
    const asked = '[visit]\nliveness = "required"\n[lights]\nrequired = true\n';
    const broken = (toml: string): Buffer[] => [
      Buffer.from(`${toml}way = "form\n`),
      Buffer.from(toml, 'utf16le'),
      Buffer.from(`\uFEFF${toml}`, 'utf16le'),
      Buffer.concat([Buffer.from([0x93, 0xfa, 0x0a]), Buffer.from(toml)]),
      Buffer.concat([Buffer.from(toml), Buffer.alloc(100)]),
      Buffer.from(toml.replaceAll('=', '＝')),
      Buffer.from(toml.replaceAll(/\[(\w+)\]/g, '[[$1]]')),
      Buffer.from(toml.replaceAll(/\[(\w+)\]/g, '[the-$1]')),
      Buffer.from(toml.replaceAll(/\[(\w+)\]\n/g, '')),
    ];
    for (const bytes of broken(asked)) {
      const { settings, problems } = parseSettings(bytes);
      assert.deepEqual(
        [settings.visit.liveness, settings.lights.required],
        ['required', true],
        bytes.toString(),
      );
      assert.ok(problems.length > 0);
    }
    const off = asked
      .replace('"required"', '"off"')
      .replace('true', 'false')
      .replace('[visit]', '[visit] # liveness = 1');
    for (const bytes of broken(off)) {
      const { settings } = parseSettings(bytes);
      assert.deepEqual([settings.visit.liveness, settings.lights.required], ['off', false], bytes.toString());
    }
    const [first] = broken(asked);
    const read = parseSettings(first);
    assert.match(
      problemWords(read.problems[0], read).en,
      /for safety with visit\.liveness = "required", lights\.required = true\.$/,
    );
  });
});

/** The document as the library itself reads it; undefined where it is none. */
function documentIn(bytes: Buffer): Record<string, unknown> | undefined {
  try {
    return parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), { integersAsBigInt: 'asNeeded' });
  } catch {
    return undefined;
  }
}

/** What a document writes for a setting, right or wrong; nothing where it does not come to that. */
function written(document: Record<string, unknown>, key: SettingKey): unknown {
  const [table, name] = pathOf(key);
  const content = Object.hasOwn(document, table) ? document[table] : undefined;
  if (typeof content !== 'object' || content === null || !Object.hasOwn(content, name)) return undefined;
  return (content as Record<string, unknown>)[name];
}

/** From none to the strictest. */
const strict: readonly unknown[] = ['off', 'advisory', 'required'];

/** Told from the file and the last good settings alone, without the program's own way of telling. */
function assertSafe(
  bytes: Buffer,
  last: Settings | undefined,
  { settings: given, problems }: SettingsRead,
): void {
  const document = documentIn(bytes);
  const none = problems.some(
    ({ what }) => !['wrong-value', 'unseen-character', 'same-pin', 'unknown', 'not-a-table'].includes(what),
  );
  if (document === undefined) assert.ok(none, 'what is not TOML is used');
  const plain = bytes.toString('latin1').replaceAll('\0', '');
  const words = ['off', 'false', 'none', 'no', 'never'].map((word) =>
    word.split('').join(String.raw`[\W_]*`),
  );
  const plainlyOff = String.raw`(?![\W_]*(${words.join('|')}|[-+]?0[.0_eExX]*|-1e-999)[\W_]*([#,{}].*)?$)`;
  // Below a heading that names liveness, `required` asks for that.
  const elsewhere = plain.replaceAll(/^\[[^\n]*liveness[^\n]*\n(?:(?!\[).*\n?)*/gim, '');
  const named = {
    liveness: new RegExp(`^liveness = ${plainlyOff}`, 'im').test(plain),
    required: new RegExp(`^required = ${plainlyOff}`, 'im').test(elsewhere),
  };
  const { liveness } = given.visit;
  const { required } = given.lights;
  if (none) {
    const { visit, lights } = last ?? defaults;
    // Half a value that a power cut left is no request.
    const cut = last !== undefined && !plain.endsWith('\n');
    const others = { visit: { ...visit, liveness }, lights: { ...lights, required } };
    assert.deepEqual(given, { ...(last ?? defaults), ...others });
    // A protection may be stricter than it was, and is never less.
    assert.ok(strict.indexOf(liveness) >= strict.indexOf(visit.liveness));
    assert.ok(Number(required) >= Number(lights.required));
    if (named.liveness && !last) assert.equal(liveness, 'required');
    if (named.liveness && !cut) assert.notEqual(liveness, 'off');
    if (named.required && !cut) assert.equal(required, true);
    return;
  }
  const asked = written(document!, 'visit.liveness');
  const stricter = problems.length > 0 && 'required';
  const before = last?.visit.liveness;
  if (strict.includes(asked)) assert.ok([asked, stricter, stricter && before].includes(liveness));
  else if (asked !== undefined && named.liveness) assert.notEqual(liveness, 'off');
  else assert.ok(['off', before, stricter, stricter && 'advisory'].includes(liveness));

  const light = written(document!, 'lights.required');
  if (problems.length === 0) assert.equal(required, light ?? false);
  else if (light === true) assert.equal(required, true);
  else if (light !== undefined && typeof light !== 'boolean' && named.required) assert.equal(required, true);

  // The bar is the file's own, the last good one, or the model's, and never one that was made of two.
  const { threshold, fmr } = given.visit;
  const bars = [[undefined, undefined], ...(last ? [[last.visit.threshold, last.visit.fmr]] : [])];
  const own = [written(document!, 'visit.threshold'), written(document!, 'visit.fmr')];
  if (own.includes(undefined)) bars.push(own as number[]);
  assert.ok(
    bars.some(([score, rate]) => score === threshold && rate === fmr),
    `${threshold} ${fmr}`,
  );
  assert.ok(threshold === undefined || (threshold > 0 && threshold <= 1));
  assert.ok(fmr === undefined || (fmr >= 1e-6 && fmr <= 0.02));

  if (given.panel.lights !== 'off') {
    const lines = pinKeys.map((key) => valueOf(given, key) as number);
    assert.equal(new Set(lines).size, lines.length);
    for (const [index, key] of pinKeys.entries()) {
      const own = written(document!, key);
      const kept = last && valueOf(last, key);
      if (own !== undefined) assert.ok([own, kept].includes(lines[index]), `${key} is guessed`);
    }
  }
}

function assertTold(bytes: Buffer, read: SettingsRead): void {
  const lines = bytes.toString('latin1').split('\n').length;
  for (const problem of read.problems) {
    assert.ok('line' in problem && problem.line >= 1 && problem.line <= lines, JSON.stringify(problem));
    const { ja, en } = problemWords(problem, read);
    assert.match(ja, /^\d+行目[^\p{Cc}\p{Cf}\p{Cs}]*[ぁ-ん][^\p{Cc}\p{Cf}\p{Cs}]*。$/u);
    assert.match(en, /^Line \d+[^\p{Cc}\p{Cf}\p{Cs}]*\.$/u);
    assert.match(ja + en, /今は|のままです|消してください/);
  }
}

describe('10,000 random settings files', function () {
  this.timeout(120_000);

  const everyProblem = [
    'wrong-value',
    'same-pin',
    'unknown',
    'not-a-table',
    'not-toml',
    'not-utf8',
    'utf-16',
  ];
  const inherited = Object.getOwnPropertyNames(Object.prototype);

  it('crash nothing, leave nothing unsafe, and are told line by line in both languages', () => {
    let files = 0;
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(anyFile, fc.option(anySettings, { nil: undefined }), (bytes, last) => {
        files += 1;
        const read = parseSettings(bytes, last && { toml: stringify(last), settings: last });
        assert.deepEqual(settings.parse(read.settings), read.settings);
        assertSafe(bytes, last, read);
        assertTold(bytes, read);
        assert.equal(read.good !== undefined, read.problems.length === 0);
        for (const what of read.problems.length === 0 ? ['good'] : read.problems.map(({ what }) => what)) {
          seen.set(what, (seen.get(what) ?? 0) + 1);
        }
      }),
      { numRuns: 10_000 },
    );
    assert.equal(files, 10_000);
    assert.deepEqual(Object.getOwnPropertyNames(Object.prototype), inherited);
    for (const what of ['good', 'empty', 'blanked', ...everyProblem]) {
      assert.ok((seen.get(what) ?? 0) > 0, `${what}: ${JSON.stringify([...seen])}`);
    }
  });
});
