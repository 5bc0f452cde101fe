import { cp, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import { commitTime } from './commit-time.js';
import { installNode } from './node-program.js';
import { installPackages } from './npm-packages.js';
import type { Platform } from './platform.js';
import { logStep, run, withTempFolder } from './run-program.js';
import { buildTree } from './tree.js';
import { projectVersion } from './version.js';

const { root } = installation;

/** Builds the package for one architecture and returns its path. */
export async function makePackage(platform: Platform): Promise<string> {
  return withTempFolder('terashi-package-', async (work) => {
    logStep(`Node (${platform.debian})`);
    const node = await installNode(platform, work);
    logStep(`npm (${platform.debian})`);
    const modules = await installPackages(platform, node, work);
    const source = join(work, 'terashi');
    await buildTree(platform, { node, modules }, join(source, 'tree'));
    await writeDebianFolder(join(source, 'debian'));
    logStep(`dpkg-buildpackage (${platform.debian})`);
    await run('dpkg-buildpackage', ['-b', '-us', '-uc', '-d', `-a${platform.debian}`], {
      cwd: source,
      env: { SOURCE_DATE_EPOCH: String(await commitTime()), DEB_BUILD_OPTIONS: 'nostrip' },
    });
    return moveToOutput(work);
  });
}

/** Copies the debian folder, with the units from `systemd/` under the names that debhelper expects. */
async function writeDebianFolder(folder: string): Promise<void> {
  await cp(join(root, 'image', 'debian'), folder, { recursive: true });
  for (const unit of await readdir(join(root, 'systemd'))) {
    if (unit.endsWith('.md')) continue;
    await cp(join(root, 'systemd', unit), join(folder, `terashi.${unit}`));
  }
  const version = await projectVersion();
  const date = new Date((await commitTime()) * 1000).toUTCString().replace('GMT', '+0000');
  await writeFile(
    join(folder, 'changelog'),
    `terashi (${version}) unstable; urgency=medium\n\n  * See CHANGELOG.md in the source repository.\n\n -- Terashi maintainers <maintainers@terashi.invalid>  ${date}\n`,
  );
}

async function moveToOutput(work: string): Promise<string> {
  const file = (await readdir(work)).find((name) => name.endsWith('.deb'));
  if (file === undefined) throw new Error('dpkg-buildpackage left no package');
  await mkdir(join(root, 'build', 'package'), { recursive: true });
  const kept = join(root, 'build', 'package', basename(file));
  await cp(join(work, file), `${kept}.new`);
  await rename(`${kept}.new`, kept);
  return kept;
}
