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
  終了コード / exit status: 0 できた made, 1 できなかった not made, 2 書き方の誤り wrong usage
`;

function asked(): { board?: string; package?: string; raw?: boolean; help?: boolean } {
  try {
    return parseArgs({
      options: {
        board: { type: 'string' },
        package: { type: 'string' },
        raw: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch {
    return {};
  }
}

const { board: name, package: appliance, raw = false, help: helpWanted = false } = asked();
const board = boards.find((one) => one.name === name);
if (helpWanted || board === undefined) {
  (helpWanted ? process.stdout : process.stderr).write(help);
  process.exitCode = helpWanted ? 0 : 2;
} else {
  await command(async () => {
    for (const file of await makeImage(board, { appliance, raw })) process.stdout.write(`${file}\n`);
  });
}
