import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';

import { installation } from '../../appliance/installation.js';
import { faultCodes, findingCodes, side as sides } from '../../appliance/findings.js';
import { draw, smallest } from '../../appliance/panel/screen/draw.js';
import {
  chanceOf,
  chanceSaid,
  faultSaid,
  findingSaid,
  languageKey,
  wordsIn,
} from '../../appliance/panel/words/said.js';
import { plain } from '../../appliance/protocol/drawable.js';
import { type Language, language as languages, nextLanguage } from '../../appliance/protocol/language.js';
import { anyView, everyScene } from './views.js';

/** Every text of one language with the path to it; what takes a number is said of one and of many. */
function texts(words: unknown, path = ''): [path: string, text: string][] {
  if (typeof words === 'string') return [[path, words]];
  if (typeof words === 'function') {
    const say = words as (...values: unknown[]) => string;
    return [1, 12].map((value) => [`${path}(${value})`, say(value, value)]);
  }
  return Object.entries(words as object).flatMap(([key, value]) => texts(value, `${path}.${key}`));
}

/** The same words; the paths of those that are read are added to `read`. */
function recording<T extends object>(words: T, read: Set<string>, path = ''): T {
  return new Proxy(words, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      const at = `${path}.${String(name)}`;
      if (typeof value === 'object' && value !== null) return recording(value, read, at);
      read.add(at);
      return value;
    },
  });
}

type Rules = {
  /** What every text has to match. */
  readonly script: RegExp;
  /** Words that a clerk would not use. */
  readonly avoid: readonly string[];
};

const rules: Readonly<Record<Language, Rules>> = {
  ja: {
    script: /[ぁ-んァ-ヶ一-龠]/,
    avoid: [
      'スキャン',
      'キャンセル',
      'エラー',
      'リトライ',
      'デバイス',
      'タイムアウト',
      'データ',
      'システム',
      'ソフト',
      'ディスク',
      'ファイル',
      'フォルダ',
      'プロセス',
      'サーバ',
      'ログ',
      'スコア',
      'モデル',
      'ユーザ',
      'オペレータ',
      'ステータス',
      'フォーカス',
      'クリック',
      'タップ',
      'リセット',
      '再起動',
      'アプリ',
      'セッション',
      'プライバシー',
      'セルフィー',
      'テンプレート',
      'プローブ',
      'ガイド',
      'フレーム',
      // One word for the stick, USBメモリー.
      'スティック',
    ],
  },
  en: {
    script: /^[\x20-\x7e\n]+$/,
    avoid: [
      'error',
      'device',
      'retry',
      'timeout',
      'time out',
      'invalid',
      'abort',
      'process',
      'vault',
      'template',
      'probe',
      'score',
      'confidence',
      'probability',
      'identif',
      'recogni',
      'operator',
      'user',
      'customer',
      'subject',
      'selfie',
      'server',
      'database',
      'disk',
      'file',
      'reboot',
      'restart',
      'log ',
      'click',
      'session',
      'spoof',
      'biometric',
    ],
  },
};

describe('the words', () => {
  it('are one file per language', () => {
    const files = readdirSync(join(installation.root, 'appliance', 'panel', 'words'));
    const codes = files.flatMap((file) => /^([a-z]{2}(?:-[a-z]+)?)\.ts$/.exec(file)?.[1] ?? []);
    assert.deepEqual(codes.sort(), [...languages.options].sort());
  });

  for (const language of languages.options) {
    it(`are there for everything, in words that a clerk would use (${language})`, () => {
      for (const [path, text] of texts(wordsIn[language])) {
        assert.ok(text.trim(), path);
        assert.match(text, rules[language].script, path);
        for (const word of rules[language].avoid)
          assert.ok(!text.toLowerCase().includes(word.toLowerCase()), `${path}: ${word}`);
      }
    });
  }

  it('need no character whose width a terminal could doubt', () => {
    for (const words of Object.values(wordsIn)) {
      for (const [path, text] of texts(words)) assert.equal(plain(text), text.replaceAll('\n', ''), path);
    }
  });

  it('never give a likeness in per cent', () => {
    for (const words of Object.values(wordsIn)) {
      for (const [path, text] of texts(words)) assert.doesNotMatch(text, /[%％]|パーセント|per ?cent/, path);
    }
  });

  it('are each shown on some screen, but for those that a command line prints or a screen without a core', () => {
    const shown = new Set<string>();
    const original = wordsIn.ja;
    Object.assign(wordsIn, { ja: recording(original, shown) });
    // What belongs to a code is complete by its type; test/codes.test.ts finds codes that nothing uses.
    const forCodes = /\.(findings|faults|remarks|instructions|arrows|notSet|returnedBecause)\./;
    const printed = /^\.clock\.doubts\.|^\.language$|^\.unanswered\./;
    const all = texts(original).map(([path]) => path.replace(/\(.*/, ''));
    const forgotten = () =>
      all.filter((path) => !shown.has(path) && !forCodes.test(path) && !printed.test(path));
    draw(everyScene.idle, { columns: 40, rows: 10 });
    for (const view of Object.values(everyScene)) {
      draw(view, smallest);
      for (const focus of view.choices.keys()) draw({ ...view, focus }, smallest);
    }
    for (let batch = 0; batch < 10 && forgotten().length > 0; batch++)
      for (const view of fc.sample(anyView, 500)) draw({ ...view, language: 'ja' }, smallest);
    Object.assign(wordsIn, { ja: original });
    assert.deepEqual(forgotten(), []);
  });

  it('lead round all languages by one key, which names the next', () => {
    const all = languages.options;
    const round = all.reduce<Language[]>((seen) => [...seen, nextLanguage(seen.at(-1)!)], [all[0]]);
    assert.deepEqual(round, [...all, all[0]]);
    for (const language of all)
      assert.equal(languageKey(language), `L: ${wordsIn[nextLanguage(language)].language}`);
    assert.equal(languageKey('ja'), 'L: English');
  });

  it('say of each finding what is wrong and how to mend it, on either side', () => {
    for (const language of languages.options) {
      for (const code of findingCodes) {
        for (const side of sides.options) {
          const { what, remedy } = findingSaid({ side, code }, language);
          assert.ok(what && remedy && what !== remedy, `${language} ${side} ${code}`);
        }
      }
      for (const code of faultCodes) assert.ok(faultSaid(code, language).remedy, `${language} ${code}`);
    }
    const dark = (side: 'document' | 'probe') => findingSaid({ side, code: 'too-dark' }, 'en').remedy;
    assert.match(dark('probe'), /light/);
    assert.notEqual(dark('document'), dark('probe'));
  });
});

describe('the chance of a false match', () => {
  it('is said in whole strangers of a hundred, and of which strangers', () => {
    assert.equal(
      chanceSaid({ falseMatchRate: 0.0195, among: 'sameGender' }, 'ja'),
      '性別が同じ別人100人のうち、この値以上になるのは2人より少ない見込みです。\nご本人である確率ではありません。',
    );
    assert.equal(
      chanceSaid({ falseMatchRate: 0.0041 }, 'en'),
      'Of 1,000 strangers, fewer than 5 reach this value.\nIt does not say how likely it is that this is the person.',
    );
    assert.match(
      chanceSaid({ falseMatchRate: 0.13, among: 'alike' }, 'en'),
      /^Of 100 strangers of the same sex and origin and about the same age, fewer than 13 reach/,
    );
    assert.deepEqual(
      [0.2, 0.133, 0.07, 0.02, 0.01, 0.0099].map((rate) => Object.values(chanceOf(rate)!)),
      [
        [20, 100],
        [14, 100],
        [7, 100],
        [2, 100],
        [1, 100],
        [10, 1000],
      ],
    );
  });

  it('says where too few people of the counter’s own group were measured', () => {
    for (const language of languages.options) {
      const { fewOfGroup } = wordsIn[language].result;
      assert.ok(chanceSaid({ falseMatchRate: 0.1, fewOfGroup: true }, language).includes(fewOfGroup));
      assert.ok(!chanceSaid({ falseMatchRate: 0.1 }, language).includes(fewOfGroup));
    }
  });

  it('is many strangers above one in five', () => {
    assert.match(chanceSaid({ falseMatchRate: 1 }, 'en'), /^Many strangers reach this value too\./);
    assert.match(chanceSaid({ falseMatchRate: 0.21 }, 'ja'), /^別人でも、この値になることがよくあります。/);
  });

  it('claims nothing rarer than one in a thousand', () => {
    assert.deepEqual(chanceOf(0), { count: 1, of: 1000 });
    assert.deepEqual(chanceOf(1e-12), { count: 1, of: 1000 });
  });

  it('never overstates, and by less than one stranger', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 0.2, noNaN: true }), (rate) => {
        const { count, of } = chanceOf(rate)!;
        assert.ok(rate <= count / of + 1e-8, `${count} of ${of} is rarer than ${rate}`);
        assert.ok(count - 1 < rate * of + 1e-3, `${count} of ${of} says too little of ${rate}`);
      }),
    );
  });
});
