import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { command } from '../package/programs.js';
import { type Archive, boards } from './board.js';
import { makeImage } from './image.js';
import { developmentKeys, type UpdateKeys } from './update-keys.js';

const names = boards.map(({ name }) => name).join('|');
const help = `npm run image -- --board ${names} [--package FILE.deb] [--raw]
    [--key FILE.pem --certificate FILE.pem [--keyring FILE.pem]]

  SDカードのイメージと、その sha256、部品表（SPDX）、更新（.raucb、更新スティックに入れるもの）を作ります。
  できた場所を表示します。
  Makes the image of a card for a board, its sha256, its bill of materials (SPDX) and the update for boxes that have
  an older one (.raucb, for a USB stick), and says where they lie.
  ほかのアーキテクチャの装置のものを作るには qemu-user-static と arch-test も要り、20分ほどかかります。
  One for a box of another architecture needs qemu-user-static and arch-test as well, and takes some twenty minutes.

  --package FILE.deb  このパッケージを入れます（なければ作ります） / has this package in it; without, one is made
  --raw               圧縮しません / does not compress it
  --key, --certificate
                      更新に署名する鍵と証明書 / what updates are signed with; without, a key for development on this
                      computer: such images must not ship
  --keyring FILE.pem  装置が信じる証明書（省略時は --certificate のもの） / whose updates the box takes
  --raspberry-pi-archive URL, --raspberry-pi-key FILE
                      rpi4, rpi5: Raspberry Pi の部品の置き場と、その公開鍵 / where its packages are, and the key that signs them
  終了コード / exit status: 0 できた made, 1 できなかった not made, 2 書き方の誤り wrong usage
`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

function asked() {
  try {
    return parseArgs({
      options: {
        board: text,
        package: text,
        raw: flag,
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

type Asked = NonNullable<ReturnType<typeof asked>>;

function archiveOf({ 'raspberry-pi-archive': url, 'raspberry-pi-key': key }: Asked): Archive | undefined {
  return url !== undefined && key !== undefined ? { url, key: resolve(key) } : undefined;
}

/** Whoever names one of key and certificate and not the other has made a slip. */
async function keysOf({ key, certificate, keyring = certificate }: Asked): Promise<UpdateKeys | undefined> {
  if (key !== undefined && certificate !== undefined && keyring !== undefined)
    return { key, certificate, keyring };
  return key === undefined && keyring === undefined ? developmentKeys() : undefined;
}

const values = asked();
const board = boards.find(({ name }) => name === values?.board);
const archive = values && archiveOf(values);
const complete = board !== undefined && (board.start.kind === 'uefi' || archive !== undefined);
const keys = values && complete && !values.help ? await keysOf(values) : undefined;
if (!keys || !board || !values) {
  (values?.help ? process.stdout : process.stderr).write(help);
  process.exitCode = values?.help ? 0 : 2;
} else {
  // What is laid is readable to the same people, whoever makes it.
  process.umask(0o022);
  const wishes = { appliance: values.package, raw: values.raw, archive, keys };
  await command(async () => {
    for (const file of await makeImage(board, wishes)) process.stdout.write(`${file}\n`);
  });
}
