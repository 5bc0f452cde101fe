import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { build } from 'esbuild';

import { fileOf, installation, programs } from '../../appliance/installation.js';

/** Pure JavaScript packages that read no files of their own: bundled into the programs. */
const joined = [
  ...['@noble/ciphers', '@noble/curves', '@noble/hashes', '@noble/post-quantum', '@scure/base'],
  ...['age-encryption', 'modern-tar', 'smol-toml', 'xstate', 'zod'],
] as const;

/** The appliance's other packages stay in `node_modules`. */
const apart = ['blessed', 'epoll', 'koffi', 'node-libcamera', 'onnxruntime-node', 'onoff', 'sharp'] as const;

/**
 * Bundles each of the appliance's programs into a few readable files: a program that loads some hundred
 * modules takes nearly twice as long to start, and every visit starts one.
 *
 * @param folder `build/appliance` of the package's tree
 */
export async function joinModules(folder: string): Promise<void> {
  for (const program of programs)
    await build({
      entryPoints: [fileOf(program)],
      outdir: join(folder, dirname(program)),
      bundle: true,
      // Keeps dynamic imports in files of their own.
      splitting: true,
      format: 'esm',
      platform: 'node',
      // The package's Node version.
      target: 'node24',
      chunkNames: '[name]-[hash]',
      // The workbench is not installed on boxes.
      external: [...apart, '../models/*'],
      // Names modules by paths relative to here, wherever their packages are.
      absWorkingDir: installation.root,
      preserveSymlinks: true,
      logLevel: 'warning',
    });
}

/** Removes the bundled packages but for name, version and licence. */
export async function removeJoined(modules: string): Promise<void> {
  for (const name of joined) {
    for (const file of await readdir(join(modules, name), { withFileTypes: true })) {
      if (!/^(package\.json|licen[cs]e.*)$/i.test(file.name))
        await rm(join(modules, name, file.name), { recursive: true });
    }
  }
}
