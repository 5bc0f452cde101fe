import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { runCommand } from '../package/run-program.js';
import { type Archive, boards } from './board.js';
import { forDebug } from './debug/debug.js';
import { makeImage } from './image.js';
import { developmentKeys, type UpdateKeys } from './update-keys.js';

const names = boards.map(({ name }) => name).join('|');
const help = `npm run image -- --board ${names} [--package FILE.deb] [--raw] [--debug]
    [--key FILE.pem --certificate FILE.pem [--keyring FILE.pem]]

  SDカードのイメージと、その sha256、部品表（SPDX）、更新（.raucb、USBメモリーに入れるもの）を作ります。
  できた場所を表示します。
  Builds the card image for a board, its sha256, its bill of materials (SPDX) and the update for boxes that have
  an older version (.raucb, for a USB stick), and prints their paths.
  ほかのアーキテクチャの装置のものを作るには qemu-user-static と arch-test も要り、20分ほどかかります。
  An image for another architecture also needs qemu-user-static and arch-test, and takes about twenty minutes.

  --package FILE.deb  このパッケージを入れます（なければ作ります） / installs this package; built if omitted
  --raw               圧縮しません / no compression
  --debug             基板を試すカードを作ります。起動の様子を画面とシリアル線に出し、terashi-log.txt に残します。
                      窓口では使えず、更新も作りません
                      a card for trying a board: shows the words of its start on screen and serial line, and keeps
                      them in terashi-log.txt. It is not for a counter, and no update is made
  --key, --certificate
                      更新に署名する鍵と証明書 / signs updates; if omitted, with this computer's development key:
                      such images must not ship
  --keyring FILE.pem  装置が信じる証明書（省略時は --certificate のもの） / the certificates that the box trusts
  --raspberry-pi-archive URL, --raspberry-pi-key FILE
                      rpi4, rpi5: Raspberry Pi の部品の置き場と、その公開鍵 / the package archive and its signing key
  終了コード / exit status: 0 できた built, 1 できなかった failed, 2 書き方の誤り wrong usage
`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

function readOptions() {
  try {
    return parseArgs({
      options: {
        board: text,
        package: text,
        raw: flag,
        debug: flag,
        key: text,
        certificate: text,
        keyring: text,
        'raspberry-pi-archive': text,
        'raspberry-pi-key': text,
        help: { ...flag, short: 'h' },
      },
    }).values;
  } catch {
    return undefined;
  }
}

type Options = NonNullable<ReturnType<typeof readOptions>>;

function archiveOf({ 'raspberry-pi-archive': url, 'raspberry-pi-key': key }: Options): Archive | undefined {
  return url !== undefined && key !== undefined ? { url, key: resolve(key) } : undefined;
}

/** A key without a certificate, or the reverse, is a usage error. */
async function keysOf({ key, certificate, keyring = certificate }: Options): Promise<UpdateKeys | undefined> {
  if (key !== undefined && certificate !== undefined && keyring !== undefined)
    return { key, certificate, keyring };
  return key === undefined && keyring === undefined ? developmentKeys() : undefined;
}

const values = readOptions();
const board = boards.find(({ name }) => name === values?.board);
const archive = values && archiveOf(values);
const complete = board !== undefined && (board.start.kind === 'uefi' || archive !== undefined);
const keys = values && complete && !values.help ? await keysOf(values) : undefined;
if (!keys || !board || !values) {
  (values?.help ? process.stdout : process.stderr).write(help);
  process.exitCode = values?.help ? 0 : 2;
} else {
  // File modes must not depend on the user's umask.
  process.umask(0o022);
  const options = { appliance: values.package, raw: values.raw, update: !values.debug, archive, keys };
  await runCommand(async () => {
    for (const file of await makeImage(values.debug ? forDebug(board) : board, options))
      process.stdout.write(`${file}\n`);
  });
}
