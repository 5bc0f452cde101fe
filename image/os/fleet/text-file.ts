import { basename } from 'node:path';

import { readBytes } from '../../../appliance/settings/bytes.js';
import { decode } from '../../../appliance/settings/decode.js';
import type { FileProblem, WholeProblem } from '../../../appliance/settings/problem.js';
import type { Bilingual } from '../../../appliance/protocol/language.js';
import { err, type Result } from '../../../appliance/result.js';
import type { FleetProblem } from './problem.js';

/** In bytes: room for a hundred thousand boxes with long names. */
const largest = 64 * 2 ** 20;

/** Reads a file in UTF-8, with or without a byte order mark. */
export async function readText(file: string): Promise<Result<string, FleetProblem>> {
  const bytes = await readBytes(file, largest);
  if (!bytes.ok) return err({ file: basename(file), ...words(bytes.error.what) });
  const text = decode(bytes.value);
  if (text.ok) return text;
  return err({ file: basename(file), line: text.error.line, ...words(text.error.what) });
}

function words(what: (FileProblem | WholeProblem)['what']): Bilingual {
  switch (what) {
    case 'missing':
    case 'misnamed':
      return {
        ja: 'ファイルがありません。場所と名前を確かめてください。',
        en: 'there is no such file. Check its path.',
      };
    case 'too-large':
      return {
        ja: '大きすぎます。別のファイルではないか確かめてください。',
        en: 'the file is too large. Check that it is the right one.',
      };
    case 'empty':
      return { ja: '何も書かれていません。', en: 'the file is empty.' };
    case 'utf-16':
    case 'shift-jis':
    case 'not-utf8':
    case 'blanked':
      return {
        ja: '文字コードがUTF-8ではありません。Excelでは「名前を付けて保存」で「CSV UTF-8（コンマ区切り）」を選びます。',
        en: 'the file is not UTF-8. In Excel, choose Save as, "CSV UTF-8 (Comma delimited)".',
      };
    default:
      return {
        ja: '読み取れません。許可を確かめてください。',
        en: 'the file cannot be read. Check its permissions.',
      };
  }
}
