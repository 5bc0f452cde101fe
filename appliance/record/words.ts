import type { NotVerified } from './verify.js';

/** What is wrong with a record file. The number of the line is printed beside it. */
export const notVerifiedWords: Record<NotVerified['why'], { readonly ja: string; readonly en: string }> = {
  'too-long': {
    ja: '1件の記録としては長すぎます。',
    en: 'The line is longer than any record.',
  },
  'not-json': {
    ja: '記録として読めません。',
    en: 'The line cannot be read as a record.',
  },
  'not-an-entry': {
    ja: '記録の書き方に合っていません。書きかえられたおそれがあります。',
    en: 'The line is not written as a record is. It may have been changed.',
  },
  'previous-differs': {
    ja: '前の行とつながりません。この行か前の行が書きかえられたか、間の行が消されています。',
    en: 'The line does not continue the one before: one of the two was changed, or a line between was removed.',
  },
  'number-does-not-follow': {
    ja: '記録番号が前の行の続きではありません。',
    en: 'The record number does not follow the one before.',
  },
  'boot-does-not-follow': {
    ja: '起動の回数か、起動からの時間が、前の行より戻っています。',
    en: 'The boot number, or the time since that boot, lies before that of the line before.',
  },
  torn: {
    ja: '最後の行が途中で切れているか、空（NUL）になっています。書き込み中に電源が切れたと考えられます。次の起動時に別のファイルへ移します。',
    en: 'The last line is cut off or blank (NUL), most likely by a power cut. The next start moves it to a file of its own.',
  },
  unreadable: {
    ja: '記録ファイルを開けません。場所と読み取りの許可を確かめてください。',
    en: 'The record file cannot be read. Check its path and its permissions.',
  },
};
