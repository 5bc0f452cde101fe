import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Platform } from './platform.js';

/** Files needed at run time, and licences. */
const useful =
  /\.(js|cjs|mjs|json|node)$|\.so(\.\d+)*$|(^|\/)(licen[cs]e|copying|notice)[^/]*$|\/blessed\/usr\//i;
/** Files that only a package's developers need, and libraries for another libc. */
const idle = /\/(tests?|examples?|benchmarks?|musl_[^/]+)\/|\/\.[^/]+$|^\/nan\/|\/(cnoke|trampolines)\.cjs$/;

/** Removes what a box does not run on this platform, and empty folders. */
export async function prune({ npm }: Platform, modules: string): Promise<void> {
  const otherRuntimes = new RegExp(`/onnxruntime-node/bin/(?!.*/linux/${npm}/)`);
  for (const file of await readdir(modules, { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath, file.name);
    const inside = path.slice(modules.length);
    if (!file.isFile() || (useful.test(inside) && !idle.test(inside) && !otherRuntimes.test(inside)))
      continue;
    await rm(path);
  }
  await removeEmptyFolders(modules);
}

async function removeEmptyFolders(folder: string): Promise<void> {
  for (const inner of await readdir(folder, { withFileTypes: true })) {
    if (inner.isDirectory()) await removeEmptyFolders(join(folder, inner.name));
  }
  if ((await readdir(folder)).length === 0) await rmdir(folder);
}
