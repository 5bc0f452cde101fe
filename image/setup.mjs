// What `npm start` and `npm test` run first: installs and builds what is missing, and is silent when nothing is.
// Plain JavaScript without a package, since it is what brings the packages and the compiler.
import { fileURLToPath } from 'node:url';

import { build } from './setup/build.mjs';
import { installDebianPackages } from './setup/debian.mjs';
import { checkNode } from './setup/node.mjs';
import { installNpmPackages, npmPackagesAreCurrent } from './setup/npm.mjs';
import { takeTurn } from './setup/turn.mjs';
import { fail } from './setup/words.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const [forTests, forPackage, forGuest, forImage, forArm64] = [
  '--for-tests',
  '--for-package',
  '--for-guest',
  '--for-image',
  '--for-arm64',
].map((asked) => process.argv.includes(asked));

checkNode();
try {
  const turn = await takeTurn(root);
  const forCompiling = !npmPackagesAreCurrent(root);
  await installDebianPackages({ forTests, forPackage, forGuest, forImage, forArm64, forCompiling });
  installNpmPackages(root);
  build(root);
  turn.end();
} catch (error) {
  fail({
    cause: [`準備が止まりました: ${error.message}`, `The set-up stopped: ${error.message}`],
    remedy: [
      '空き容量と、このフォルダーに書き込めることを確かめて、もう一度実行してください',
      'Check the free disk space and that this folder can be written to, and run this again',
    ],
  });
}
