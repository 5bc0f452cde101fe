import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { command } from '../package/programs.js';
import { boards } from './board.js';
import { makeImage } from './image.js';

const names = boards.map(({ name }) => name).join('|');
const help = `npm run image -- --board ${names} [--package FILE.deb] [--raw]

  SDカードのイメージと、その sha256 と部品表（SPDX）を作ります。できた場所を表示します。
  Makes the image of a card for a board, its sha256 and its bill of materials (SPDX), and says where they lie.

  --package FILE.deb  このパッケージを入れます（なければ作ります） / has this package in it; without, one is made
  --raw               圧縮しません / does not compress it
  --raspberry-pi-archive URL, --raspberry-pi-key FILE
                      rpi4, rpi5: Raspberry Pi の部品の置き場と、その公開鍵 / where its packages are, and the key that signs them
  終了コード / exit status: 0 できた made, 1 できなかった not made, 2 書き方の誤り wrong usage
`;

type Asked = {
  board?: string;
  package?: string;
  raw?: boolean;
  help?: boolean;
  'raspberry-pi-archive'?: string;
  'raspberry-pi-key'?: string;
};

function asked(): Asked {
  try {
    return parseArgs({
      options: {
        board: { type: 'string' },
        package: { type: 'string' },
        raw: { type: 'boolean' },
        'raspberry-pi-archive': { type: 'string' },
        'raspberry-pi-key': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch {
    return {};
  }
}

const values = asked();
const { 'raspberry-pi-archive': url, 'raspberry-pi-key': key } = values;
const archive = url !== undefined && key !== undefined ? { url, key: resolve(key) } : undefined;
const board = boards.find(({ name }) => name === values.board);
const complete = board !== undefined && (board.start.kind === 'uefi' || archive !== undefined);
if (values.help || !complete) {
  (values.help ? process.stdout : process.stderr).write(help);
  process.exitCode = values.help ? 0 : 2;
} else {
  const wishes = { appliance: values.package, raw: values.raw ?? false, archive };
  await command(async () => {
    for (const file of await makeImage(board, wishes)) process.stdout.write(`${file}\n`);
  });
}
