import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import type { Platform } from './platform.js';
import { run } from './programs.js';

/** What npm packages hold that nothing runs. */
const idle = /\.(map|d\.ts|d\.cts|d\.mts|cc|c|h|hh|cpp|gyp|gypi)$|\.test\.js$/;
const idleFolders = [
  'koffi/doc',
  'koffi/vendor',
  'epoll/example',
  'epoll/test',
  'nan',
  'node-libcamera/examples',
];

/** Brings the production packages for a platform, and compiles the one that comes as source against its Node. */
export async function bringPackages(platform: Platform, node: string, work: string): Promise<string> {
  const folder = join(work, 'packages');
  await mkdir(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) {
    await cp(join(installation.root, file), join(folder, file));
  }
  const wanted = ['--omit=dev', '--os=linux', '--libc=glibc', `--cpu=${platform.npm}`];
  await run('npm', ['ci', '--ignore-scripts', ...wanted], { cwd: folder });
  const modules = join(folder, 'node_modules');
  await compileEpoll(platform, node, join(modules, 'epoll'));
  await prune(platform, modules);
  return modules;
}

/** onoff waits for buttons through it. */
async function compileEpoll({ npm, gnu }: Platform, node: string, folder: string): Promise<void> {
  await run(process.execPath, [nodeGyp(), 'rebuild', `--nodedir=${node}`, `--arch=${npm}`], {
    cwd: folder,
    env: { CC: `${gnu}-gcc`, CXX: `${gnu}-g++`, LINK: `${gnu}-g++`, npm_config_nodedir: node },
  });
  const built = join(folder, 'build', 'Release');
  await cp(join(built, 'epoll.node'), join(folder, 'epoll.node'));
  await rm(join(folder, 'build'), { recursive: true });
  await mkdir(built, { recursive: true });
  await cp(join(folder, 'epoll.node'), join(built, 'epoll.node'));
  await rm(join(folder, 'epoll.node'));
}

/** npm brings node-gyp along. */
function nodeGyp(): string {
  const npm = process.env.npm_execpath;
  if (npm === undefined) throw new Error('run this through npm: npm run package');
  return createRequire(npm).resolve('node-gyp/bin/node-gyp.js');
}

async function prune({ npm }: Platform, modules: string): Promise<void> {
  for (const folder of idleFolders) await rm(join(modules, folder), { recursive: true, force: true });
  const files = await readdir(modules, { recursive: true, withFileTypes: true });
  for (const file of files) {
    if (file.isFile() && idle.test(file.name)) await rm(join(file.parentPath, file.name));
  }
  await rm(join(modules, '.bin'), { recursive: true, force: true });
  await rm(join(modules, '.package-lock.json'), { force: true });
  await keepOnly(join(modules, 'onnxruntime-node', 'bin'), `/linux/${npm}/`);
}

/** Removes every file whose path does not hold `part`. */
async function keepOnly(folder: string, part: string): Promise<void> {
  for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath, file.name);
    if (file.isFile() && !path.includes(part)) await rm(path);
  }
}
