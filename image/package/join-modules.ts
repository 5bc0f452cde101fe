import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { build } from 'esbuild';

import { fileOf, installation, programs } from '../../appliance/installation.js';

/** Packages that are JavaScript alone and read no file of their own: what is used of them goes into the programs. */
const joined = ['smol-toml', 'xstate', 'zod'] as const;

/** The others of the appliance are found in `node_modules`, as everywhere. */
const apart = ['blessed', 'epoll', 'koffi', 'node-libcamera', 'onnxruntime-node', 'onoff', 'sharp'] as const;

/**
 * Lays the appliance's programs, each with its modules joined into few files that are as legible as they were: a program
 * that reads some hundred takes nearly twice as long to start, and each visit starts one.
 *
 * @param folder `build/appliance` of the tree that is made
 */
export async function joinModules(folder: string): Promise<void> {
  for (const program of programs)
    await build({
      entryPoints: [fileOf(program)],
      outdir: join(folder, dirname(program)),
      bundle: true,
      // What a program reads only when it is asked for stays a file of its own.
      splitting: true,
      format: 'esm',
      platform: 'node',
      // The Node in the package.
      target: 'node24',
      chunkNames: '[name]-[hash]',
      // The workbench is on no box.
      external: [...apart, '../models/*'],
      // Each module is told by its path from here, wherever its package lies.
      absWorkingDir: installation.root,
      preserveSymlinks: true,
      logLevel: 'warning',
    });
}

/** Leaves of the packages that were joined what says whose they are. */
export async function removeJoined(modules: string): Promise<void> {
  for (const name of joined) {
    for (const file of await readdir(join(modules, name), { withFileTypes: true })) {
      if (!/^(package\.json|licen[cs]e.*)$/i.test(file.name))
        await rm(join(modules, name, file.name), { recursive: true });
    }
  }
}
