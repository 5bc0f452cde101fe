import type { Bilingual } from '../../../appliance/protocol/language.js';
import type { Problem } from '../../../appliance/settings/problem.js';
import { accepts } from '../../../appliance/settings/settings.js';
import { unseenWords } from '../../../appliance/settings/unseen.js';

/** What is wrong with settings and how to mend it, where no box runs with a last good value meanwhile. */
export function causeWords(problem: Problem): Bilingual {
  switch (problem.what) {
    case 'wrong-value': {
      const { ja, en } = accepts(problem.key);
      return { ja: `${problem.key}: 使える値は、${ja}です。`, en: `${problem.key}: must be ${en}.` };
    }
    case 'unseen-character': {
      const { ja, en } = unseenWords(problem.unseen);
      return { ja: `${problem.key}: ${ja}`, en: `${problem.key}: ${en}` };
    }
    case 'same-pin': {
      const { key, also } = problem;
      return {
        ja: `${key}: ${also} と同じ番号です。別の番号にしてください。`,
        en: `${key}: has the same number as ${also}. Give each its own.`,
      };
    }
    case 'not-a-table':
      return {
        ja: `[${problem.table}] という見出しの下に設定を並べてください。`,
        en: `${problem.table} must be a heading, [${problem.table}], with its settings below.`,
      };
    case 'unknown': {
      const { name, meant } = problem;
      return meant === undefined
        ? {
            ja: `${name}: この名前の設定はありません。名前を確かめるか、この行を消してください。`,
            en: `${name}: there is no such setting. Check its name, or delete the line.`,
          }
        : {
            ja: `${name}: この名前の設定はありません。${meant} のまちがいではありませんか。`,
            en: `${name}: there is no such setting. Is ${meant} meant?`,
          };
    }
    default:
      return {
        ja: 'この設定ファイルは使えません。terashi settings check が、直すところを示します。',
        en: 'this settings file cannot be used. terashi settings check shows what to mend.',
      };
  }
}
