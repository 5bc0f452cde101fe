import type { NotVerified } from './verify.js';

/** What to do about every difference that no power cut leaves. */
const evidence = {
  ja: 'ファイルはそのまま残し、納入業者に知らせてください。',
  en: 'Keep the files as they are, and tell the vendor.',
};

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
  'visit-does-not-follow': {
    ja: '来庁の始まりと終わりが合いません。間の行が消されたか、足されています。',
    en: 'The beginning and the end of a visit do not match: a line between was removed or added.',
  },
  'boot-does-not-follow': {
    ja: '起動の回数か、起動からの時間が、前の行より戻っています。',
    en: 'The boot number, or the time since that boot, lies before that of the line before.',
  },
  torn: {
    ja: '最後の行が途中で切れているか、空（NUL）になっています。書き込み中に電源が切れたと考えられます。次の起動時に別のファイルへ移します。',
    en: 'The last line is cut off or blank (NUL), most likely by a power cut. The next start moves it to a file of its own.',
  },
  behind: {
    ja: '最後の行がファイルにまだありません。書き込み中に電源が切れたと考えられます。次の起動時に、署名（records.head）にある控えから書き足します。',
    en: 'The last line is not in the file yet, most likely after a power cut. The next start appends it from the copy in the signature (records.head).',
  },
  changed: {
    ja: `この行かその前の行が書きかえられています。装置の署名と合いません。${evidence.ja}`,
    en: `This line, or one before it, was changed: it differs from what the box signed. ${evidence.en}`,
  },
  cut: {
    ja: `終わりの行が切り取られています。装置が署名した行数より少なくなっています。${evidence.ja}`,
    en: `Lines were cut off at the end: there are fewer than the box signed. ${evidence.en}`,
  },
  removed: {
    ja: `途中の行が抜かれています。${evidence.ja}`,
    en: `Lines were removed in between. ${evidence.en}`,
  },
  reordered: {
    ja: `行の順番が入れかえられています。${evidence.ja}`,
    en: `Lines were put into another order. ${evidence.en}`,
  },
  inserted: {
    ja: `装置が署名していない行が足されています。${evidence.ja}`,
    en: `Lines were added that the box did not sign. ${evidence.en}`,
  },
  remade: {
    ja: `記録の全部が作り直されています。${evidence.ja}`,
    en: `The records were made anew as a whole. ${evidence.en}`,
  },
  deleted: {
    ja: `記録ファイルが消されています。装置の署名（records.head）だけが残っています。${evidence.ja}`,
    en: `The record file was deleted: only what the box signed (records.head) is left. ${evidence.en}`,
  },
  'rolled-back': {
    ja: `記録が前の状態に戻されています。別のフォルダの控えのほうが新しくなっています。${evidence.ja}`,
    en: `The records were set back to an earlier state: the copy in a folder of its own is newer. ${evidence.en}`,
  },
  'counted-more': {
    ja: `記録が前の状態に戻されています。この装置のTPMは、記録にあるより多くの行を数えています。${evidence.ja}`,
    en: `The records were rolled back: this box's TPM counted more lines than there are. ${evidence.en}`,
  },
  'key-changed': {
    ja: `記録の署名が、この装置の鍵のものではありません。鍵（device.key、device.pub）か署名が取りかえられています。--key の値が正しいかも確かめてください。${evidence.ja}`,
    en: `The records are not signed with this box's key: the key (device.key, device.pub) or the signature was replaced. Check the value of --key as well. ${evidence.en}`,
  },
  'key-missing': {
    ja: '署名を確かめる鍵がありません。装置の公開鍵のファイル（device.pub）を記録と同じフォルダに置くか、--key で渡してください。',
    en: "There is no key to check the signature with. Lay the box's public key (device.pub) beside the records, or give it with --key.",
  },
  'head-missing': {
    ja: `記録の署名（records.head）がありません。写しなら、記録と同じフォルダに置いてください。装置の中で消えたなら、消されたと考えられます。${evidence.ja}`,
    en: `The signature of the records (records.head) is missing. Lay it beside a copy of the records. If it is gone from a box, somebody removed it. ${evidence.en}`,
  },
  'head-changed': {
    ja: `記録の署名（records.head）が書きかえられています。${evidence.ja}`,
    en: `The signature of the records (records.head) was changed. ${evidence.en}`,
  },
  'witness-missing': {
    ja: `別のフォルダにあるはずの、署名の控えがありません。${evidence.ja}`,
    en: `The copy of the signature in a folder of its own is missing. ${evidence.en}`,
  },
  'witness-changed': {
    ja: `別のフォルダにある署名の控えが、書きかえられたか、前の状態に戻されています。${evidence.ja}`,
    en: `The copy of the signature in a folder of its own was changed, or set back to an earlier state. ${evidence.en}`,
  },
  unreadable: {
    ja: '記録ファイルを開けません。場所と読み取りの許可を確かめてください。',
    en: 'The record file cannot be read. Check its path and its permissions.',
  },
};
