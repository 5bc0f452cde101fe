import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { installation } from '../../appliance/installation.js';
import { madeAt } from '../package/made-at.js';
import { projectVersion } from '../package/version.js';
import { type Board, boards } from './board.js';
import { entryOf, layBootFiles } from './boot-files.js';
import { makeCard } from './card.js';
import { makeSlot } from './slot.js';
import { layUserspace } from './userspace.js';

const names = boards.map(({ name }) => name).join('|');
const help = `npm run image -- --board ${names} --package FILE.deb

  SDカードのイメージを作ります。できた場所を表示します。
  Makes the image of a card for a board, with this package in it, and says where it lies.
`;

async function make(board: Board, appliance: string): Promise<string> {
  const work = await mkdtemp(join(tmpdir(), 'terashi-image-'));
  try {
    const time = await madeAt();
    say(`Debian 13 (${board.name})`);
    const root = join(work, 'userspace');
    await layUserspace(board, appliance, root, time);
    const boot = join(work, 'boot');
    await mkdir(boot);
    await layBootFiles(board, root, boot);
    say('erofs, verity');
    const slot = await makeSlot(root, join(work, 'root.erofs'), time);
    const entry = entryOf(board, 'a', slot, await projectVersion());
    await writeFile(join(boot, 'loader', 'entries', 'slot-a.conf'), entry);
    say('genimage');
    const card = await makeCard(board.platform, { boot, slot: slot.file }, work, time);
    const kept = join(installation.root, 'build', 'image', `terashi-${board.name}.img`);
    await mkdir(join(kept, '..'), { recursive: true });
    await rename(card, kept);
    return kept;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function say(step: string): void {
  process.stderr.write(`… ${step}\n`);
}

const { values } = parseArgs({
  options: {
    board: { type: 'string' },
    package: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const board = boards.find(({ name }) => name === values.board);
if (values.help || board === undefined || values.package === undefined) {
  (values.help ? process.stdout : process.stderr).write(help);
  process.exitCode = values.help ? 0 : 2;
} else {
  process.stdout.write(`${await make(board, values.package)}\n`);
}
