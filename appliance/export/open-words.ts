import type { Bilingual } from '../protocol/language.js';
import type { IdentityFault } from './identity.js';
import type { OpenFault } from './open.js';

/** Why a copy of the records was not opened, with the remedy. */
export const openFaultWords: Readonly<Record<OpenFault | IdentityFault, Bilingual>> = {
  unreadable: {
    ja: 'ファイルを読めません。場所と読み取りの許可を確かめ、USBメモリーなら差し直してください。',
    en: 'The file cannot be read. Check its path and its permissions; plug a USB stick in again.',
  },
  'not-age': {
    ja: '暗号にした記録の写し（.age）ではないか、はじめが壊れています。USBメモリーから写し直してください。',
    en: 'This is no encrypted copy of records (.age), or its beginning is damaged. Copy it from the USB stick again.',
  },
  'wrong-identity': {
    ja: 'この鍵では開きません。装置の設定の keys.export と対になる鍵（terashi-export.agekey）で開いてください。',
    en: "This key does not open it. Use the one that belongs to keys.export in the box's settings (terashi-export.agekey).",
  },
  changed: {
    ja: '書き出したときから変わっているか、途中で切れています。USBメモリーから写し直し、だめなら装置から取り出し直してください。',
    en: 'It was changed since it was written, or cut short. Copy it from the stick again; else export it from the box again.',
  },
  'not-records': {
    ja: '開きましたが、中は照らしの記録ではありません。装置から取り出したファイルを指定してください。',
    en: 'It was decrypted, but holds no records of Terashi. Name a file that a box exported.',
  },
  unsigned: {
    ja: '署名（.sig）がとなりにありません。USBメモリーから .age と .sig の両方を写してください。',
    en: 'There is no signature (.sig) beside it. Copy both .age and .sig from the USB stick.',
  },
  'signature-torn': {
    ja: '署名のファイル（.sig）が壊れています。USBメモリーから写し直してください。',
    en: 'The signature file (.sig) is damaged. Copy it from the USB stick again.',
  },
  'other-file': {
    ja: '署名が合いません。別のファイルの署名か、どちらかが変わっています。.age と .sig を USBメモリーから写し直してください。',
    en: 'The signature does not fit: it is of another file, or one of the two was changed. Copy .age and .sig again.',
  },
  'other-key': {
    ja: '別の装置の鍵で署名されています。どの装置から取り出したかを確かめてください。',
    en: 'It is signed with the key of another box. Check which box it was exported from.',
  },
  exists: {
    ja: '書き出し先がすでにあります。--output で別の名前を指定してください。',
    en: 'The folder for it exists already. Name another one with --output.',
  },
  'disk-full': {
    ja: 'ディスクに空きが足りません。空きを作って、もう一度実行してください。',
    en: 'The disk has too little room. Make room, and run this again.',
  },
  'write-failed': {
    ja: '書き出し先に書き込めません。--output で、書き込めるフォルダを指定してください。',
    en: 'The folder for it cannot be written to. Name one that can, with --output.',
  },
  'identity-unreadable': {
    ja: '鍵のファイルを読めません。--identity の場所と読み取りの許可を確かめてください。',
    en: 'The file of the key cannot be read. Check the path of --identity, and its permissions.',
  },
  'not-an-identity': {
    ja: '鍵のファイルではありません。terashi keys が作った terashi-export.agekey を指定してください。',
    en: 'This is no file of a key. Name the terashi-export.agekey that terashi keys made.',
  },
  'wrong-passphrase': {
    ja: 'パスフレーズが違うか、鍵のファイルが壊れています。もう一度実行して、入れ直してください。',
    en: 'The passphrase is wrong, or the file of the key is damaged. Run this again, and type it again.',
  },
};
