import { chmod, cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import { joinModules, removeJoined } from './join-modules.js';
import { writeInvisiblePointer } from './no-pointer.js';
import type { Platform } from './platform.js';
import { linkPlugins } from './plugins.js';

const { root } = installation;

/** Builds the tree as installed on a box: no workbench, no practice pictures, no tests. */
export async function buildTree(
  platform: Platform,
  { node, modules }: { readonly node: string; readonly modules: string },
  tree: string,
): Promise<void> {
  const home = join(tree, 'usr', 'lib', 'terashi');
  await mkdir(home, { recursive: true });
  await cp(join(root, 'package.json'), join(home, 'package.json'));
  await cp(join(root, 'models', 'manifest.json'), join(home, 'models', 'manifest.json'));
  const isNet = (file: string) => !file.endsWith('.stamp');
  await cp(join(root, 'build', 'onnx'), join(home, 'build', 'onnx'), { recursive: true, filter: isNet });
  await joinModules(join(home, 'build', 'appliance'));
  await copyOtherFiles(join(root, 'appliance'), join(home, 'appliance'));
  await cp(join(node, 'bin', 'node'), join(home, 'node', 'bin', 'node'));
  await cp(join(node, 'LICENSE'), join(home, 'node', 'LICENSE'));
  await chmod(join(home, 'node', 'bin', 'node'), 0o755);
  await cp(modules, join(home, 'node_modules'), { recursive: true });
  await removeJoined(join(home, 'node_modules'));
  // node-libcamera runs `libcamera-vid`, which newer systems only call `rpicam-vid`.
  await mkdir(join(home, 'build', 'programs'), { recursive: true });
  await symlink('/usr/bin/rpicam-vid', join(home, 'build', 'programs', 'libcamera-vid'));
  await linkPlugins(platform, join(home, 'gstreamer'));
  await cp(join(root, 'image', 'screen'), join(home, 'screen'), { recursive: true });
  await writeInvisiblePointer(join(home, 'screen', 'icons'));
  await writeCommand(join(tree, 'usr', 'bin'));
  const documents = join(tree, 'usr', 'share', 'doc', 'terashi');
  await mkdir(documents, { recursive: true });
  await cp(join(root, 'README.md'), join(documents, 'README.md'));
  // Not the program that draws its pictures.
  const isRead = (file: string) => basename(file) !== 'drawings';
  await cp(join(root, 'image', 'handbook'), documents, { recursive: true, filter: isRead });
}

/** Copies files that the compiler does not emit: SANE's configuration, the commented settings. */
async function copyOtherFiles(from: string, to: string): Promise<void> {
  for (const file of await readdir(from, { recursive: true, withFileTypes: true })) {
    if (!file.isFile() || /\.(ts|md)$/.test(file.name)) continue;
    const path = join(file.parentPath, file.name);
    await cp(path, join(to, path.slice(from.length)));
  }
}

/** The variables by which somebody could have Node do something else (node(1)); the units unset the same. */
const nodeVariables = [
  'NODE_COMPILE_CACHE',
  'NODE_DEBUG',
  'NODE_DEBUG_NATIVE',
  'NODE_EXTRA_CA_CERTS',
  'NODE_PATH',
  'NODE_REDIRECT_WARNINGS',
  'NODE_REPL_EXTERNAL_MODULE',
  'NODE_V8_COVERAGE',
];

/** Writes the `terashi` command for technicians. */
export async function writeCommand(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const command = join(folder, 'terashi');
  const program = '/usr/lib/terashi/node/bin/node /usr/lib/terashi/build/appliance/main.js';
  // As in the units: no debugger at a signal, and no options of Node's from outside.
  const closed = 'NODE_OPTIONS=--disable-sigusr1';
  const unset = `unset ${nodeVariables.join(' ')}`;
  // The same folders that systemd passes to the appliance.
  const folders = 'STATE_DIRECTORY=/var/lib/terashi:/var/lib/terashi/head RUNTIME_DIRECTORY=/run/terashi';
  // systemd starts the stick programs for the command as for the appliance.
  const sockets =
    'TERASHI_UPDATE_SOCKET=/run/terashi/update.sock TERASHI_EXPORT_SOCKET=/run/terashi/export.sock';
  await writeFile(command, `#!/bin/sh\n${unset}\n${closed} ${folders} ${sockets} exec ${program} "$@"\n`);
  await chmod(command, 0o755);
}
