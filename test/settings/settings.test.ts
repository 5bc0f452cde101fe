import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';
import { stringify } from 'smol-toml';

import { installation } from '../../appliance/installation.js';
import { view } from '../../appliance/panel/view.js';
import { newEntry } from '../../appliance/record/entry.js';
import { parseSettings, type SettingsRead } from '../../appliance/settings/parse.js';
import { readSettings } from '../../appliance/settings/read.js';
import { pinKeys } from '../../appliance/settings/pins.js';
import {
  accepts,
  defaults,
  isKey,
  pathOf,
  settingKeys,
  tableNames,
} from '../../appliance/settings/settings.js';
import { formatProblems, problemWords } from '../../appliance/settings/words.js';
import { request } from '../../appliance/protocol/vault.js';
import { anySettings } from './arbitrary.js';

/** Any UTF-16 code unit: control characters and halves of pairs too. */
const codeUnit = fc.nat(0xffff).map((code) => String.fromCharCode(code));

/** What the file says, and what is wrong with it. */
const told = ({ settings, problems }: SettingsRead) => ({ settings, problems });
const parsed = (bytes: Uint8Array) => told(parseSettings(bytes));
const read = (toml: string) => parsed(Buffer.from(toml));
const example = join(installation.root, 'appliance', 'settings', 'terashi.toml');

/** The lines of a settings file below one heading. */
const sectionOf = (toml: string, table: string) => toml.split(`\n[${table}]\n`)[1]?.split('\n[')[0] ?? '';

describe('the settings', () => {
  it('are all there without a file', async () => {
    assert.deepEqual(told(await readSettings(undefined)), { settings: defaults, problems: [] });
    assert.deepEqual(defaults, {
      place: { municipality: '', counter: '', support: '', language: 'ja', 'time-zone': 'Asia/Tokyo' },
      visit: { policy: 'always', way: 'card', 'if-declined': '', liveness: 'off', photographs: 3, scans: 2 },
      devices: { scanner: 'auto', camera: 'auto', resolution: 300 },
      model: {},
      keys: {},
      time: { key: 120, scan: 60, photograph: 90 },
      panel: { screen: 'auto', lights: 'auto' },
      lights: {
        chip: 'auto',
        led1: 5,
        led2: 6,
        led3: 13,
        led4: 19,
        camera: 26,
        buzzer: 12,
        required: false,
        'active-low': false,
      },
      buttons: { yes: 16, no: 20, cancel: 21 },
    });
  });

  it('are taken from the file, and the rest stay as they are', () => {
    const given = read('[place]\nmunicipality = "甲州市"\n\n[visit]\npolicy = "in-doubt"\nthreshold = 0.5\n');
    assert.deepEqual(given, {
      settings: {
        ...defaults,
        place: { ...defaults.place, municipality: '甲州市' },
        visit: { ...defaults.visit, policy: 'in-doubt', threshold: 0.5 },
      },
      problems: [],
    });
  });

  it('are read from a file that Windows wrote', () => {
    const given = read('\uFEFF[place]\r\ncounter = "1番窓口"\r\n');
    assert.deepEqual(given.problems, []);
    assert.equal(given.settings.place.counter, '1番窓口');
  });

  it('come back from any right file', () => {
    fc.assert(
      fc.property(anySettings, (wanted) => {
        assert.deepEqual(read(stringify(wanted)), { settings: wanted, problems: [] });
      }),
    );
  });

  it('are exactly the defaults in the annotated file, which names every one of them', async () => {
    assert.deepEqual(told(await readSettings(example)), { settings: defaults, problems: [] });
    const text = readFileSync(example, 'utf8');
    for (const key of settingKeys) {
      const [table, name] = pathOf(key);
      assert.match(sectionOf(text, table), new RegExp(`^(# )?${name} = `, 'm'), key);
    }
    const unset = read(text.replace('# threshold = ', 'threshold = '));
    assert.deepEqual(unset.problems, []);
    assert.equal(unset.settings.visit.threshold, 0.46);
  });

  it('are explained in the annotated file with the names and the bounds that the schema has', () => {
    const text = readFileSync(example, 'utf8');
    for (const key of settingKeys) {
      const { ja } = accepts(key);
      // [lights] explains the pins of [buttons] too.
      const section = sectionOf(text, pinKeys.some((pin) => pin === key) ? 'lights' : pathOf(key)[0]);
      for (const [said] of ja.matchAll(/"[\w-]+"|\d+から\d+まで|\d+文字まで/g))
        assert.ok(section.includes(said), `${key}: ${said}`);
    }
  });

  it('are lines of the GPIO chip where the schema says so, and no two may be one', () => {
    const { ja } = accepts('lights.led1');
    assert.deepEqual(
      settingKeys.filter((key) => accepts(key).ja === ja),
      pinKeys,
    );
  });

  it('are in the handbook by the names that they have', () => {
    for (const file of ['handbook.ja.md', 'handbook.en.md']) {
      const text = readFileSync(join(installation.root, 'image', 'handbook', file), 'utf8');
      const tables = tableNames.join('|');
      const named = [...text.matchAll(new RegExp(`\`((?:${tables})\\.[a-z][\\w-]*)\``, 'g'))].map(
        ([, key]) => key,
      );
      assert.ok(named.length >= pinKeys.length, file);
      assert.deepEqual(
        named.filter((key) => !isKey(key)),
        [],
      );
    }
  });

  it('fit through the doors that they are for', () => {
    fc.assert(
      fc.property(fc.string({ unit: codeUnit, maxLength: 50 }), fc.double(), (text, number) => {
        const { place, visit, devices } = read(
          stringify({
            place: { municipality: text, counter: text, support: text },
            visit: { 'if-declined': text },
            devices: { scanner: text, resolution: number },
          }),
        ).settings;
        assert.ok(newEntry.shape.municipality.safeParse(place.municipality).success);
        assert.ok(newEntry.shape.counter.safeParse(place.counter).success);
        assert.ok(view.shape.municipality.safeParse(place.municipality).success);
        assert.ok(view.shape.support.safeParse(place.support).success);
        assert.ok(view.shape.ifDeclined.safeParse(visit['if-declined']).success);
        const scan = {
          do: 'scan',
          page: 'card',
          scanner: { kind: 'sane', name: devices.scanner },
          resolution: devices.resolution,
        };
        assert.ok(request.safeParse(scan).success);
      }),
    );
  });
});

describe('a wrong setting', () => {
  it('is named with its line, and leaves every other one as it was set', () => {
    const given = read(
      [
        '[place]',
        'municipality = "甲州市"',
        'counter = 1',
        'language = "fr"',
        '[visit]',
        'policy = "sometimes"',
        'way = "form"',
        'treshold = 0.5',
        'threshold = 0',
        '[devices]',
        'scanner = ""',
        'camera = "a\\u001b[31m"',
        'resolution = 72.5',
        '[time]',
        'key = 5',
        'scan = "60"',
        'photograph = inf',
        '[lights]',
        'red = 17',
        'led1 = 28',
        'camera = 1',
        'required = 1',
        '[light]',
      ].join('\n'),
    );
    assert.deepEqual(given.settings, {
      ...defaults,
      place: { ...defaults.place, municipality: '甲州市' },
      visit: { ...defaults.visit, way: 'form' },
      panel: { ...defaults.panel, lights: 'off' },
      lights: { ...defaults.lights, required: true },
    });
    assert.deepEqual(given.problems, [
      { line: 3, what: 'wrong-value', key: 'place.counter' },
      { line: 4, what: 'wrong-value', key: 'place.language' },
      { line: 6, what: 'wrong-value', key: 'visit.policy' },
      { line: 8, what: 'unknown', name: 'visit.treshold', meant: 'visit.threshold' },
      { line: 9, what: 'wrong-value', key: 'visit.threshold' },
      { line: 11, what: 'wrong-value', key: 'devices.scanner' },
      { line: 12, what: 'unseen-character', key: 'devices.camera', unseen: { character: 'U+001B', at: 2 } },
      { line: 13, what: 'wrong-value', key: 'devices.resolution' },
      { line: 15, what: 'wrong-value', key: 'time.key' },
      { line: 16, what: 'wrong-value', key: 'time.scan' },
      { line: 17, what: 'wrong-value', key: 'time.photograph' },
      { line: 19, what: 'unknown', name: 'lights.red' },
      { line: 20, what: 'wrong-value', key: 'lights.led1' },
      { line: 21, what: 'wrong-value', key: 'lights.camera' },
      { line: 22, what: 'wrong-value', key: 'lights.required' },
      { line: 23, what: 'unknown', name: 'light', meant: 'lights' },
    ]);
  });

  it('names a character that no editor shows, and its place, where the rest would be right', () => {
    // Names and numbers from the Unicode Standard's charts, not from the program.
    const unseen: [character: string, code: string, name?: RegExp][] = [
      ['\u00ad', 'U+00AD', /soft hyphen/],
      ['\u200b', 'U+200B', /zero-width space/],
      ['\u200c', 'U+200C'],
      ['\u200d', 'U+200D'],
      ['\u200e', 'U+200E', /left-to-right mark/],
      ['\u200f', 'U+200F', /right-to-left mark/],
      ['\u202e', 'U+202E'],
      ['\u2060', 'U+2060', /word joiner/],
      ['\u2066', 'U+2066'],
      ['\u3164', 'U+3164'],
      ['\ufeff', 'U+FEFF'],
      ['\u{e0001}', 'U+E0001'],
    ];
    for (const [character, code, name = /cannot be seen/] of unseen) {
      for (const [key, before, after] of [
        ['place.municipality', '忍野', '村'],
        ['place.support', '', '0555-00-0000'],
        ['visit.policy', 'always', ''],
        ['devices.camera', 'imx708', '_wide'],
      ] as const) {
        const [table, setting] = pathOf(key);
        const given = parseSettings(
          Buffer.from(`[${table}]\n${setting} = "${before}${character}${after}"\n`),
        );
        const problem = given.problems[0];
        const at = before.length + 1;
        assert.deepEqual(given.problems, [
          { what: 'unseen-character', line: 2, key, unseen: { character: code, at } },
        ]);
        const { ja, en } = problemWords(problem, given);
        assert.match(ja, new RegExp(`^2行目 ${key}: ${at}文字目に.*${code.replace('+', '\\+')}.*消して`));
        assert.match(en, name);
        assert.doesNotMatch(ja + en, /\p{Cf}/u);
      }
    }
    const tooLong = read(`[place]\nmunicipality = "${'村'.repeat(41)}\u200b"\n`);
    assert.deepEqual(tooLong.problems, [{ what: 'wrong-value', line: 2, key: 'place.municipality' }]);
    const variant = read('[place]\nmunicipality = "葛\u{e0100}城市"\n');
    assert.deepEqual(variant.problems, []);
  });

  it('names what nobody sees around a setting, where that is what breaks the file', () => {
    const broken: [toml: string, character: string, at: number][] = [
      ['[place]\ncounter\u200b = "1"\n', 'U+200B', 8],
      ['[place]\n\u3000counter = "1"\n', 'U+3000', 1],
      ['[place]\ncounter\u00a0= "1"\r\n', 'U+00A0', 8],
    ];
    for (const [toml, character, at] of broken) {
      const given = parseSettings(Buffer.from(toml));
      assert.deepEqual(given.problems, [{ what: 'not-toml', line: 2, unseen: { character, at } }]);
      assert.match(problemWords(given.problems[0], given).ja, new RegExp(`^2行目: ${at}文字目に`));
    }
    const elsewhere = read('[place]\ncounter = 1番 # \u200b\n');
    assert.deepEqual(elsewhere.problems, [{ what: 'not-toml', line: 2 }]);
  });

  it('never guess which of two was meant: a threshold and a rate at once are neither', () => {
    for (const other of ['', 'policy = "sometimes"\n']) {
      const given = read(`[visit]\n${other}threshold = 0.4\nfmr = 0.001\n`);
      assert.deepEqual(given.settings, defaults);
      assert.deepEqual(given.problems.map((problem) => 'key' in problem && problem.key).slice(-2), [
        'visit.threshold',
        'visit.fmr',
      ]);
    }
  });

  it('may be two functions on one pin: both are named with their lines, and neither has it', () => {
    const given = parseSettings(
      Buffer.from('[lights]\nled1 = 7\ncamera = 7\n\n[buttons]\nyes = 7\nno = 21\n'),
    );
    assert.deepEqual(given.settings, { ...defaults, panel: { ...defaults.panel, lights: 'off' } });
    assert.deepEqual(given.problems, [
      { line: 2, what: 'same-pin', key: 'lights.led1', also: 'lights.camera', alsoLine: 3 },
      { line: 3, what: 'same-pin', key: 'lights.camera', also: 'lights.led1', alsoLine: 2 },
      { line: 6, what: 'same-pin', key: 'buttons.yes', also: 'lights.led1', alsoLine: 2 },
      { line: 7, what: 'same-pin', key: 'buttons.no', also: 'buttons.cancel', alsoLine: undefined },
    ]);
    const [first, , , last] = given.problems.map((problem) => problemWords(problem, given));
    assert.match(
      first.ja,
      /^2行目 lights\.led1: lights\.camera（3行目）と同じ番号です。.*ランプとボタンを使っていません/,
    );
    assert.match(last.en, /^Line 7, buttons\.no: .* buttons\.cancel \(its default\).* are off meanwhile/);
    const swapped = read('[lights]\nled1 = 6\nled2 = 5\n');
    assert.deepEqual(swapped.problems, []);
  });

  it('may be a pin beyond the header, which is not ours to drive, unless the chip is named', () => {
    for (const chip of ['', 'chip = "pinctrl-bcm2711"']) {
      const given = read(`[lights]\n${chip}\nled1 = 48\n`);
      assert.deepEqual(given, {
        settings: {
          ...defaults,
          panel: { ...defaults.panel, lights: 'off' },
          lights: { ...defaults.lights, ...(chip && { chip: 'pinctrl-bcm2711' }) },
        },
        problems: [{ line: 3, what: 'wrong-value', key: 'lights.led1' }],
      });
    }
    assert.equal(read('[lights]\nchip = "gpio-sim.0"\nled1 = 48\n').settings.lights.led1, 48);
  });

  it('never loosens the comparison: a threshold out of range is the model’s own', () => {
    for (const threshold of [
      '0',
      '0.0',
      '-0.45',
      '1.01',
      '45',
      'nan',
      'inf',
      '-inf',
      '"0.45"',
      'true',
      '[0.45]',
    ]) {
      const given = read(`[visit]\nthreshold = ${threshold}\n`);
      assert.equal(given.settings.visit.threshold, undefined, threshold);
      assert.equal(given.problems.length, 1, threshold);
    }
    assert.equal(read('[visit]\npolicy = "never"').settings.visit.policy, 'always');
  });

  it('may be a whole table', () => {
    for (const toml of ['\nvisit = 3', '\n[[visit]]\npolicy = "in-doubt"', '\nvisit = 2026-03-04']) {
      const given = read(toml);
      assert.deepEqual(given, {
        settings: defaults,
        problems: [{ line: 2, what: 'not-a-table', table: 'visit' }],
      });
    }
    const nested = read('[visit.policy]\nvalue = "in-doubt"');
    assert.deepEqual(nested.problems, [{ line: 1, what: 'wrong-value', key: 'visit.policy' }]);
  });

  it('may have a name that means something to JavaScript', () => {
    const given = read(
      '__proto__ = 1\nconstructor = 2\n[place]\n__proto__ = 1\n[visit.__proto__]\npolicy = "in-doubt"\n',
    );
    assert.deepEqual(given.settings, defaults);
    assert.deepEqual(
      given.problems.map((problem) => 'name' in problem && [problem.line, problem.name]),
      [
        [1, '__proto__'],
        [2, 'constructor'],
        [4, 'place.__proto__'],
        [5, 'visit.__proto__'],
      ],
    );
  });

  it('makes all defaults of a file that is not TOML, and names the line', () => {
    const broken: [toml: string, line: number][] = [
      ['[place]\ncounter = 1番窓口\n', 2],
      ['[place]\n\ncounter = "1番窓口\n', 3],
      ['[visit]\npolicy = “always”\n', 2],
      ['[visit]\npolicy ＝ "always"\n', 2],
      ['[visit]\nway = "card"\nway = "form"\n', 3],
      ['[visit]\n[place]\n[visit]\n', 3],
    ];
    for (const [toml, line] of broken) {
      assert.deepEqual(read(toml), { settings: defaults, problems: [{ what: 'not-toml', line }] }, toml);
    }
  });
});

describe('the problems', () => {
  const shown = (toml: string) => formatProblems('terashi.toml', parseSettings(Buffer.from(toml)));

  it('are told in Japanese and English: the line, the setting, what is allowed, what is used meanwhile', () => {
    assert.equal(
      shown('[visit]\npolicy = "sometimes"\nthreshold = 0\ntreshold = 1\n[printer]\n'),
      [
        'terashi.toml: 直すところが4件あります',
        '  4 problems in the settings',
        '- 2行目 visit.policy: 使える値は、"always" か "in-doubt"です。今は既定値 "always" を使っています。',
        '  Line 2, visit.policy: must be "always" or "in-doubt". Used meanwhile: the default, "always".',
        '- 3行目 visit.threshold: 使える値は、0より大きく1までの数（fmr と同時には書けません）です。今は照合器の既定の基準を使っています。',
        "  Line 3, visit.threshold: must be a number above 0, at most 1, and not beside fmr. Used meanwhile: the model's own threshold.",
        '- 4行目 visit.treshold: この名前の設定はありません。visit.threshold のまちがいではありませんか。今は照合器の既定の基準を使っています。',
        "  Line 4, visit.treshold: there is no such setting. Is visit.threshold meant? Used meanwhile: the model's own threshold.",
        '- 5行目 printer: この名前の設定はありません。名前を確かめるか、この行を消してください。',
        '  Line 5, printer: there is no such setting. Check its name, or delete the line.',
        '',
      ].join('\n'),
    );
    assert.equal(shown('[visit]\n'), '');
  });

  it('know a slip of the fingers, another case, and a right name in the wrong place', () => {
    const meant = (toml: string) =>
      read(toml).problems.map((problem) => ('meant' in problem ? problem.meant : undefined));
    assert.deepEqual(meant('[visit]\nlivenes = 1\nPolicy = 1\nfnmr = 1\n'), [
      'visit.liveness',
      'visit.policy',
      'visit.fmr',
    ]);
    assert.deepEqual(meant('liveness = 1\n[vist]\n[place]\nthreshold = 1\n'), [
      'visit.liveness',
      'visit',
      'visit.threshold',
    ]);
    // Which of the four, and whose camera?
    assert.deepEqual(meant('camera = 1\n[lights]\nled5 = 1\nglow = 1\n'), [undefined, undefined, undefined]);
  });

  it('do not carry what is in the file to the terminal', () => {
    const told = shown(`"\\u001b[31m\\u202e" = 1\n"${'x '.repeat(500)}" = 1\n`);
    assert.ok(!told.includes('\u001b') && !told.includes('\u202e'));
    assert.ok(told.length < 700);
  });
});
