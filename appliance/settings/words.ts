import type { Problem, SamePin } from './problem.js';
import { defaults, type SettingKey } from './settings.js';

type Words = { readonly ja: string; readonly en: string };

const pin: Words = {
  ja: '2から27までのBCM番号（chip に名前を書いたときは0から511まで）',
  en: 'a BCM number from 2 to 27 (0 to 511 where chip has a name)',
};
const yesOrNo: Words = { ja: 'true か false', en: 'true or false' };

/** What each setting can be. */
const allowed: Record<SettingKey, Words> = {
  'place.municipality': { ja: '40文字までの文字', en: 'text of at most 40 characters' },
  'place.counter': { ja: '40文字までの文字', en: 'text of at most 40 characters' },
  'place.language': { ja: '"ja"（日本語）か "en"（英語）', en: '"ja" or "en"' },
  'visit.policy': { ja: '"always" か "in-doubt"', en: '"always" or "in-doubt"' },
  'visit.way': { ja: '"card" か "form"', en: '"card" or "form"' },
  'visit.threshold': {
    ja: '0より大きく1までの数（fmr と同時には書けません）',
    en: 'a number above 0, at most 1, and not beside fmr',
  },
  'visit.fmr': {
    ja: '0.000001から0.02までの数（threshold と同時には書けません）',
    en: 'a number from 0.000001 to 0.02, and not beside threshold',
  },
  'visit.liveness': { ja: '"off" か "advisory" か "required"', en: '"off", "advisory" or "required"' },
  'devices.scanner': { ja: '"auto" か読み取り機の名前', en: '"auto" or the name of a scanner' },
  'devices.camera': { ja: '"auto" かカメラの名前', en: '"auto" or the name of a camera' },
  'devices.resolution': { ja: '300から600までの整数', en: 'a whole number from 300 to 600' },
  'model.pack': { ja: '照合器のパックのフォルダ', en: 'the folder of a model pack' },
  'model.calibration': { ja: '較正ファイルの場所', en: 'the path of a calibration file' },
  'time.key': { ja: '30から600までの整数（秒）', en: 'a whole number of seconds from 30 to 600' },
  'time.scan': { ja: '20から300までの整数（秒）', en: 'a whole number of seconds from 20 to 300' },
  'time.photograph': { ja: '20から300までの整数（秒）', en: 'a whole number of seconds from 20 to 300' },
  'panel.screen': { ja: '"auto" か "none"', en: '"auto" or "none"' },
  'panel.lights': { ja: '"auto" か "off"', en: '"auto" or "off"' },
  'lights.chip': { ja: '"auto" かGPIOチップの名前', en: '"auto" or the label of a GPIO chip' },
  'lights.led1': pin,
  'lights.led2': pin,
  'lights.led3': pin,
  'lights.led4': pin,
  'lights.camera': pin,
  'lights.buzzer': pin,
  'lights.required': yesOrNo,
  'lights.active-low': yesOrNo,
  'buttons.yes': pin,
  'buttons.no': pin,
  'buttons.cancel': pin,
};

/** What is wrong, how to mend it, and what is used meanwhile. */
export function problemWords(problem: Problem): Words {
  switch (problem.what) {
    case 'missing':
      return nothingUsed(
        '設定ファイルがありません。場所を確かめてください。',
        'The settings file does not exist. Check its path.',
      );
    case 'unreadable':
      return nothingUsed(
        '設定ファイルを開けません。読み取りの許可を確かめてください。',
        'The settings file cannot be read. Check its permissions.',
      );
    case 'too-large':
      return nothingUsed(
        '設定ファイルとしては大きすぎます。別のファイルではないか確かめてください。',
        'The file is too large for settings. Check that it is the right one.',
      );
    case 'not-utf8':
      return nothingUsed(
        `${problem.line}行目: 文字コードがUTF-8ではありません。UTF-8で保存し直してください。`,
        `Line ${problem.line}: not UTF-8. Save the file as UTF-8.`,
      );
    case 'not-toml':
      return nothingUsed(
        `${problem.line}行目: 書き方がTOMLに合っていません。" や = が全角になっていないか、同じ設定が2つないか確かめてください。`,
        `Line ${problem.line}: not TOML. Look for a missing quotation mark, or a setting that is there twice.`,
      );
    case 'not-a-table': {
      const { line, table } = problem;
      return {
        ja: `${line}行目 ${table}: [${table}] という見出しの下に設定を並べてください。今は既定値を使っています。`,
        en: `Line ${line}, ${table}: must be a heading, [${table}], with its settings below. The defaults are used.`,
      };
    }
    case 'wrong-value': {
      const { line, key } = problem;
      const used = usedMeanwhile(key);
      return {
        ja: `${line}行目 ${key}: 使える値は、${allowed[key].ja}です。今は${used.ja}を使っています。`,
        en: `Line ${line}, ${key}: must be ${allowed[key].en}. Used meanwhile: ${used.en}.`,
      };
    }
    case 'same-pin': {
      const { line, key, also } = problem;
      const used = usedMeanwhile(key);
      const other = alsoWords(problem);
      return {
        ja: `${line}行目 ${key}: ${also}（${other.ja}）と同じ番号です。別の番号にしてください。今は${used.ja}を使っています。`,
        en: `Line ${line}, ${key}: has the same number as ${also} (${other.en}). Give each its own. Used meanwhile: ${used.en}.`,
      };
    }
    case 'unknown':
      return {
        ja: `${problem.line}行目 ${problem.name}: この名前の設定はありません。使われていません。`,
        en: `Line ${problem.line}, ${problem.name}: there is no such setting. It has no effect.`,
      };
  }
}

/**
 * All problems as lines for a terminal, Japanese first and the English under it; empty where there are none.
 *
 * @param file how the file is called in the heading
 */
export function formatProblems(file: string, problems: readonly Problem[]): string {
  if (problems.length === 0) return '';
  const heading = [
    `${file}: 直すところが${problems.length}件あります`,
    `  ${problems.length === 1 ? '1 problem' : `${problems.length} problems`} in the settings`,
  ];
  const listed = problems.map(problemWords).flatMap(({ ja, en }) => [`- ${ja}`, `  ${en}`]);
  return [...heading, ...listed].map((line) => `${line}\n`).join('');
}

function alsoWords({ alsoLine }: SamePin): Words {
  if (alsoLine === undefined) return { ja: '書かれていないので既定値', en: 'not written, so the default' };
  return { ja: `${alsoLine}行目`, en: `line ${alsoLine}` };
}

function nothingUsed(ja: string, en: string): Words {
  return { ja: `${ja}今はすべて既定値を使っています。`, en: `${en} All defaults are used meanwhile.` };
}

function usedMeanwhile(key: SettingKey): Words {
  const [table, name] = key.split('.') as [keyof typeof defaults, string];
  const value = (defaults[table] as Record<string, unknown>)[name];
  if (table === 'model') return { ja: '組み込みのもの', en: 'the built-in one' };
  if (value === undefined) return { ja: '照合器の既定の基準', en: "the model's own threshold" };
  const shown = JSON.stringify(value);
  return { ja: `既定値 ${shown} `, en: `the default, ${shown}` };
}
