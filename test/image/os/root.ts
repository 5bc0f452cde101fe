import { cpSync } from 'node:fs';
import { join } from 'node:path';

import type { Board } from '../../../image/os/board.js';
import { installation } from '../../../appliance/installation.js';

/** Lays what an image has beside Debian's packages and the appliance's, as image/os/userspace.ts lays it over them. */
export function layRoot(kind: Board['start']['kind'], folder: string): string {
  const os = join(installation.root, 'image', 'os');
  for (const files of [join(os, 'root'), join(os, kind, 'root')]) cpSync(files, folder, { recursive: true });
  return folder;
}
