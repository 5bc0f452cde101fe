import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import type { Platform } from './platform.js';
import { run } from './run-program.js';
import { prune } from './prune.js';

/** Installs the production packages for a platform and compiles epoll against its Node. */
export async function installPackages(platform: Platform, node: string, work: string): Promise<string> {
  const folder = join(work, 'packages');
  await mkdir(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
    await cp(join(installation.root, file), join(folder, file));
  }
  const wanted = ['--omit=dev', '--os=linux', '--libc=glibc', `--cpu=${platform.npm}`];
  await run('npm', ['ci', '--ignore-scripts', ...wanted], { cwd: folder });
  const modules = join(folder, 'node_modules');
  await compileEpoll(platform, node, join(modules, 'epoll'));
  await rm(join(modules, '.bin'), { recursive: true, force: true });
  await prune(platform, modules);
  return modules;
}

/** onoff uses epoll to wait for buttons. */
async function compileEpoll({ npm, gnu }: Platform, node: string, folder: string): Promise<void> {
  await run(process.execPath, [nodeGyp(), 'rebuild', `--nodedir=${node}`, `--arch=${npm}`], {
    cwd: folder,
    env: { CC: `${gnu}-gcc`, CXX: `${gnu}-g++`, LINK: `${gnu}-g++`, npm_config_nodedir: node },
  });
  const built = join('build', 'Release', 'epoll.node');
  await rename(join(folder, built), join(folder, 'epoll.node'));
  await rm(join(folder, 'build'), { recursive: true });
  await mkdir(join(folder, 'build', 'Release'), { recursive: true });
  await rename(join(folder, 'epoll.node'), join(folder, built));
}

/** npm bundles node-gyp. */
function nodeGyp(): string {
  const npm = process.env.npm_execpath;
  if (npm === undefined) throw new Error('run this through npm: npm run package');
  return createRequire(npm).resolve('node-gyp/bin/node-gyp.js');
}
