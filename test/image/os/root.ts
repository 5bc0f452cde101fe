import { cpSync } from 'node:fs';
import { join } from 'node:path';

import type { Board } from '../../../image/os/board.js';
import { installation } from '../../../appliance/installation.js';

/** Writes the files that image/os/userspace.ts adds to those of the packages. */
export function layRoot(kind: Board['start']['kind'], folder: string): string {
  const os = join(installation.root, 'image', 'os');
  for (const files of [join(os, 'root'), join(os, kind, 'root')]) cpSync(files, folder, { recursive: true });
  return folder;
}
