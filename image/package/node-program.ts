import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import type { Platform } from './platform.js';
import { run } from './run-program.js';

const pinned = join(installation.root, 'image', 'package', 'node');

/**
 * Installs Node 24 LTS for a platform, as pinned in `node/package-lock.json`.
 *
 * @returns the folder with `bin/node` and its headers
 */
export async function installNode({ npm }: Platform, work: string): Promise<string> {
  const folder = join(work, 'node');
  await mkdir(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) await cp(join(pinned, file), join(folder, file));
  await run('npm', ['ci', '--ignore-scripts', '--os=linux', `--cpu=${npm}`], { cwd: folder });
  return join(folder, 'node_modules', `node-linux-${npm}`);
}
