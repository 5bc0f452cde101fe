import { join, resolve } from 'node:path';

import { linesAt } from '../panel/words/bilingual.js';
import { defineCommand } from './command.js';
import { exitCode } from './exit-code.js';
import { keyFiles, makeKeys, type PublicKeys } from './make-keys.js';
import { askPassphrase } from './passphrase.js';
import { print } from './print.js';

export const command = defineCommand({
  synopsis: ['keys [--output フォルダ/FOLDER] [--passphrase] [--json]'],
  description: `
    市区町村の鍵を2組作ります。役場のPCで、一度だけ行います。装置の上では作りません。
    Makes the municipality's two pairs of keys: once, on a PC of the town hall, and not on a box.

    ${keyFiles.export}  記録の写しを開く鍵 / opens the copies of the records (terashi records open)
    ${keyFiles.signing}    パックと較正ファイルに署名する鍵 / signs model packs and calibrations

    画面に出る2行を、装置の terashi.toml の [keys] に書きます。
    Write the two lines that it prints into [keys] of the box's terashi.toml.
    なくすと、写しは二度と開けません。2か所に分けて保管してください。
    Without the keys no copy can ever be opened again: keep them in two places.
  `,
  options: {
    output: {
      type: 'string',
      value: 'FOLDER',
      help: ['鍵を置くフォルダ。省略時は今のフォルダ', 'where to write them; the current folder by default'],
    },
    passphrase: {
      type: 'boolean',
      default: false,
      help: [
        'パスフレーズで守ります。入力を求めます（端末でないときは標準入力の1行目）',
        'protects both with a passphrase, which it asks for (the first line of standard input without a terminal)',
      ],
    },
  },
  notes: `
    JSON: { "made": true, "files", "keys": { "export", "signing" } } · { "made": false, "why", "folder", "ja", "en" }

    終了コード / exit codes: 0 作りました made · 1 できませんでした failed · 2 使い方の誤り bad usage
  `,
  run: ({ output, passphrase, json }) => make(resolve(output ?? '.'), passphrase, json),
});

/** Fewer characters can be guessed by whoever has the file. */
const shortestPassphrase = 12;

async function make(folder: string, isProtected: boolean, json: boolean): Promise<number> {
  const passphrase = isProtected
    ? await askPassphrase(
        `パスフレーズ（${shortestPassphrase}文字以上） / passphrase (${shortestPassphrase} characters or more): `,
      )
    : undefined;
  if (passphrase !== undefined && Array.from(passphrase).length < shortestPassphrase)
    return notMade('short-passphrase', folder, json);
  const made = await makeKeys(folder, passphrase);
  return made.ok ? tell(made.value, folder, json) : notMade(made.error, folder, json);
}

function tell(keys: PublicKeys, folder: string, json: boolean): number {
  const files = Object.values(keyFiles).map((name) => join(folder, name));
  print(json, { made: true, files, keys }, () =>
    [
      '鍵を作りました。2か所に分けて保管し、装置やUSBメモリーには入れないでください / made; keep them in two places, off boxes and sticks',
      ...files.map((file) => `  ${file}`),
      '装置の terashi.toml に、次を書いてください / write this into terashi.toml of each box:',
      '',
      '[keys]',
      `signing = "${keys.signing}"`,
      `export = "${keys.export}"`,
      '',
    ].join('\n'),
  );
  return exitCode.done;
}

const faultWords = {
  exists: {
    ja: '鍵がすでにあります。上書きしません。--output で別のフォルダを指定してください。',
    en: 'There are keys already, and none is replaced. Name another folder with --output.',
  },
  'disk-full': {
    ja: 'ディスクに空きがありません。空きを作って、もう一度実行してください。',
    en: 'The disk is full. Make room, and run this again.',
  },
  'write-failed': {
    ja: 'フォルダに書き込めません。--output で、書き込めるフォルダを指定してください。',
    en: 'The folder cannot be written to. Name one that can, with --output.',
  },
  'short-passphrase': {
    ja: `パスフレーズが短すぎます。${shortestPassphrase}文字以上にして、もう一度実行してください。`,
    en: `The passphrase is too short. Run this again with ${shortestPassphrase} characters or more.`,
  },
} as const;

function notMade(why: keyof typeof faultWords, folder: string, json: boolean): number {
  const words = faultWords[why];
  print(json, { made: false, why, folder, ...words }, () => linesAt(folder, words), process.stderr);
  return exitCode.failed;
}
