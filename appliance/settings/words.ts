import type { Bilingual } from '../protocol/language.js';
import type { SettingsRead } from './parse.js';
import type { FileProblem, Problem, SamePin, Unknown, WholeProblem } from './problem.js';
import { accepts, isKey } from './settings.js';
import { unseenWords } from './unseen.js';
import { allUsed, keepsLastGood, safestUsed, usedWords } from './used-words.js';

/** Why nothing of the file is usable, and how to fix it. */
function wholeWords(problem: FileProblem | WholeProblem): Bilingual {
  switch (problem.what) {
    case 'missing':
      return {
        ja: '設定ファイルがありません。場所（カードでは TERASHI という領域の terashi.toml）を確かめてください。',
        en: 'The settings file does not exist. Check its path (on a card: terashi.toml on the partition TERASHI).',
      };
    case 'misnamed':
      return {
        ja: '設定ファイルの名前の終わりに .txt が付いています。.toml で終わる名前に直してください。',
        en: 'The name of the settings file ends with .txt. Rename it so that it ends with .toml.',
      };
    case 'unreadable':
      return {
        ja: '設定ファイルを読み取れません。許可を確かめ、続くときはカードを取り替えてください。',
        en: 'The settings file cannot be read. Check its permissions; if it stays so, replace the card.',
      };
    case 'too-large':
      return {
        ja: '設定ファイルとしては大きすぎます。別のファイルではないか確かめてください。',
        en: 'The file is too large for settings. Check that it is the right one.',
      };
    case 'empty':
      return {
        ja: `${problem.line}行目: ファイルに何も書かれていません。設定を書いて、保存し直してください。`,
        en: `Line ${problem.line}: the file is empty. Write the settings again, and save it.`,
      };
    case 'utf-16':
      return {
        ja: `${problem.line}行目: 文字コードがUTF-16です。メモ帳の「名前を付けて保存」で「UTF-8」を選び、保存し直してください。`,
        en: `Line ${problem.line}: the file is UTF-16. In Notepad choose Save as, encoding UTF-8.`,
      };
    case 'shift-jis':
      return {
        ja: `${problem.line}行目: 文字コードがShift_JIS（ANSI）です。メモ帳の「名前を付けて保存」で「UTF-8」を選び、保存し直してください。`,
        en: `Line ${problem.line}: the file is Shift_JIS (ANSI). In Notepad choose Save as, encoding UTF-8.`,
      };
    case 'not-utf8':
      return {
        ja: `${problem.line}行目: 文字コードがUTF-8ではありません。UTF-8で保存し直してください。`,
        en: `Line ${problem.line}: not UTF-8. Save the file as UTF-8.`,
      };
    case 'blanked':
      return {
        ja: `${problem.line}行目: ここから中身が消えています（NUL）。書き込みの途中で電源が切れたようです。保存し直してください。`,
        en: `Line ${problem.line}: from here the content is gone (NUL), as after a power cut. Save the file again.`,
      };
    case 'cut-short':
      return {
        ja: `${problem.line}行目: ここで途切れているようです。終わりまで書いて保存し直してください。これで全部なら、最後に「# 終わり」の行を足してください。`,
        en: `Line ${problem.line}: the file seems to be cut short here. Save all of it again. If this is all, add the line "# end" to it.`,
      };
    case 'not-toml':
      if (problem.unseen) {
        const { ja, en } = unseenWords(problem.unseen);
        return { ja: `${problem.line}行目: ${ja}`, en: `Line ${problem.line}: ${en}` };
      }
      return {
        ja: `${problem.line}行目: 書き方がTOMLに合っていません。" や = が全角になっていないか、同じ設定が2つないか確かめてください。`,
        en: `Line ${problem.line}: not TOML. Look for a missing quotation mark, or a setting that is there twice.`,
      };
  }
}

/** What is wrong, how to fix it, and what is in force meanwhile. */
export function problemWords(problem: Problem, read: SettingsRead): Bilingual {
  switch (problem.what) {
    case 'not-a-table': {
      const { line, table } = problem;
      const used = allUsed(read);
      return {
        ja: `${line}行目 ${table}: [${table}] という見出しの下に設定を並べてください。${used.ja}`,
        en: `Line ${line}, ${table}: must be a heading, [${table}], with its settings below. ${used.en}`,
      };
    }
    case 'wrong-value': {
      const { line, key } = problem;
      const used = usedWords(key, read);
      return {
        ja: `${line}行目 ${key}: 使える値は、${accepts(key).ja}です。${used.ja}`,
        en: `Line ${line}, ${key}: must be ${accepts(key).en}. ${used.en}`,
      };
    }
    case 'unseen-character': {
      const { line, key, unseen } = problem;
      const used = usedWords(key, read);
      const { ja, en } = unseenWords(unseen);
      return { ja: `${line}行目 ${key}: ${ja}${used.ja}`, en: `Line ${line}, ${key}: ${en} ${used.en}` };
    }
    case 'same-pin': {
      const { line, key, also } = problem;
      const used = usedWords(key, read);
      const other = alsoWords(problem);
      return {
        ja: `${line}行目 ${key}: ${also}（${other.ja}）と同じ番号です。別の番号にしてください。${used.ja}`,
        en: `Line ${line}, ${key}: has the same number as ${also} (${other.en}). Give each its own. ${used.en}`,
      };
    }
    case 'unknown':
      return unknownWords(problem, read);
    default: {
      const why = wholeWords(problem);
      const used = allUsed(read);
      return { ja: why.ja + used.ja, en: `${why.en} ${used.en}` };
    }
  }
}

/**
 * Formats all problems for a terminal, Japanese first and English below; empty without problems.
 *
 * @param file its name for the heading
 */
export function formatProblems(file: string, read: SettingsRead): string {
  const { problems } = read;
  if (problems.length === 0) return '';
  const heading = [
    `${file}: 直すところが${problems.length}件あります`,
    `  ${problems.length === 1 ? '1 problem' : `${problems.length} problems`} in the settings`,
  ];
  const listed = problems.map((problem) => problemWords(problem, read));
  return [...heading, ...listed.flatMap(({ ja, en }) => [`- ${ja}`, `  ${en}`])]
    .map((line) => `${line}\n`)
    .join('');
}

function alsoWords({ alsoLine }: SamePin): Bilingual {
  if (alsoLine === undefined) return { ja: '既定値', en: 'its default' };
  return { ja: `${alsoLine}行目`, en: `line ${alsoLine}` };
}

function unknownWords({ line, name, meant }: Unknown & { line: number }, read: SettingsRead): Bilingual {
  const begun = {
    ja: `${line}行目 ${name}: この名前の設定はありません。`,
    en: `Line ${line}, ${name}: there is no such setting.`,
  };
  if (meant === undefined) {
    const kept = keepsLastGood(read)
      ? {
          ja: '書かれていない設定は、前の正しい値のままです。',
          en: ' What is not written keeps its last good value.',
        }
      : { ja: '', en: '' };
    const safe = safestUsed(read);
    const stricter =
      safe === ''
        ? { ja: '', en: '' }
        : { ja: `今は安全のため ${safe} として使っています。`, en: ` Used meanwhile, for safety: ${safe}.` };
    return {
      ja: `${begun.ja}名前を確かめるか、この行を消してください。${kept.ja}${stricter.ja}`,
      en: `${begun.en} Check its name, or delete the line.${kept.en}${stricter.en}`,
    };
  }
  const shown = isKey(meant) ? meant : `[${meant}]`;
  const used = isKey(meant) ? usedWords(meant, read) : allUsed(read);
  return {
    ja: `${begun.ja}${shown} のまちがいではありませんか。${used.ja}`,
    en: `${begun.en} Is ${shown} meant? ${used.en}`,
  };
}
