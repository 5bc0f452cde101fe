import type { Problem } from './problem.js';
import { defaults, type SettingKey } from './settings.js';

type Words = { readonly ja: string; readonly en: string };

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
