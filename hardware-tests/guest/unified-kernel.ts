import { execFileSync } from 'node:child_process';

import type { Board } from '../../image/os/board.js';
import { platformOf } from '../../image/package/platform.js';

/** What a unified kernel image is made of, by the names of its sections (UAPI.5). */
export type UnifiedSection = '.cmdline' | '.initrd' | '.linux';

/** Copies a section out of a unified kernel image, with binutils, of which each architecture has its own. */
export function extractSection(
  { platform }: Pick<Board, 'platform'>,
  image: string,
  name: UnifiedSection,
  into: string,
): void {
  const objcopy = `${platformOf(platform).gnu}-objcopy`;
  execFileSync(objcopy, ['--output-target=binary', `--only-section=${name}`, image, into]);
}
