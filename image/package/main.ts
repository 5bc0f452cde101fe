import { parseArgs } from 'node:util';

import { makePackage } from './make.js';
import { platforms } from './platform.js';
import { runCommand } from './run-program.js';

const help = `npm run package -- [--arch amd64|arm64]

  Debian のパッケージを作ります（何も書かなければ両方）。できた場所を表示します。
  Builds the Debian package (for both architectures by default) and prints its path.
`;

const { values } = parseArgs({
  options: { arch: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
});
const wanted = platforms.filter(({ debian }) => values.arch === undefined || values.arch === debian);
if (values.help || wanted.length === 0) {
  (values.help ? process.stdout : process.stderr).write(help);
  process.exitCode = values.help ? 0 : 2;
} else {
  await runCommand(async () => {
    for (const platform of wanted) process.stdout.write(`${await makePackage(platform)}\n`);
  });
}
