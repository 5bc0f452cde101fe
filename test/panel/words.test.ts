import assert from 'node:assert/strict';

import fc from 'fast-check';

import { faultCodes, findingCodes } from '../../appliance/findings.js';
import { plain } from '../../appliance/panel/screen/cells.js';
import { chanceSaid, faultSaid, findingSaid, strangers, wordsIn } from '../../appliance/panel/words/said.js';

/** Every text of one language with the path to it; what takes a number is said of one and of many. */
function texts(words: unknown, path = ''): [path: string, text: string][] {
  if (typeof words === 'string') return [[path, words]];
  if (typeof words === 'function') {
    const say = words as (...values: unknown[]) => string;
    return [1, 12].map((value) => [`${path}(${value})`, say(value, value)]);
  }
  return Object.entries(words as object).flatMap(([key, value]) => texts(value, `${path}.${key}`));
}

const loanWords = [
  'スキャン',
  'キャンセル',
  'エラー',
  'リトライ',
  'デバイス',
  'タイムアウト',
  'データ',
  'システム',
  'ソフト',
  'メモリ',
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
  'USB',
];

const jargon = [
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
];

describe('the words', () => {
  it('are there for everything, in words that a clerk would use', () => {
    for (const [path, text] of texts(wordsIn.ja)) {
      assert.ok(text.trim(), path);
      for (const word of loanWords) assert.ok(!text.includes(word), `${path}: ${word}`);
    }
    for (const [path, text] of texts(wordsIn.en)) {
      assert.ok(text.trim(), path);
      for (const word of jargon) assert.ok(!text.toLowerCase().includes(word), `${path}: ${word}`);
    }
  });

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

  it('are Japanese in the one and English in the other, but for the way to change over', () => {
    for (const [path, text] of texts(wordsIn.ja)) {
      if (path !== '.keys.language') assert.match(text, /[ぁ-んァ-ヶ一-龠]/, path);
    }
    for (const [path, text] of texts(wordsIn.en)) {
      if (path !== '.keys.language') assert.match(text, /^[\x20-\x7e\n]+$/, path);
    }
    assert.equal(wordsIn.ja.keys.language, 'L: English');
    assert.equal(wordsIn.en.keys.language, 'L: 日本語');
  });

  it('say of each finding what is wrong and how to mend it, on either side', () => {
    for (const language of ['ja', 'en'] as const) {
      for (const code of findingCodes) {
        for (const side of ['document', 'probe'] as const) {
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
  it('is said as one stranger in so many', () => {
    assert.equal(chanceSaid(1 / 1580, 'ja'), '別人がこの値になるのは1,500人に1人より少ない割合です。');
    assert.equal(chanceSaid(0.0041, 'en'), 'Fewer than 1 stranger in 240 reaches this value.');
    assert.deepEqual([0.1, 0.09, 0.04, 0.0013].map(strangers), [10, 11, 25, 760]);
  });

  it('is many strangers above one in ten', () => {
    assert.equal(chanceSaid(1, 'en'), 'Many strangers reach this value too.');
    assert.equal(chanceSaid(0.11, 'ja'), '別人でも、この値になることがよくあります。');
  });

  it('claims no more than a million, whatever the rate', () => {
    assert.equal(strangers(0), 1_000_000);
    assert.equal(strangers(1e-12), 1_000_000);
  });

  it('never overstates, and has two significant digits', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 0.1, noNaN: true }), (rate) => {
        const count = strangers(rate)!;
        assert.ok(rate <= 1 / count, `1 in ${count} is rarer than ${rate}`);
        assert.ok(count > (1 / rate) * 0.9 - 1, `1 in ${count} says too little of ${rate}`);
        assert.match(String(count), /^\d{1,2}0*$/);
      }),
    );
  });
});
