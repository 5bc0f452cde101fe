import { cp } from 'node:fs/promises';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import type { Board } from './board.js';
import { layRaspberryPi } from './raspberry-pi.js';
import { entryOf, layUefi } from './uefi.js';

/** Lays what the firmware and a Windows PC read: how to start the slot, its kernel, the settings and a word about them. */
export async function layBootFiles(
  { start }: Pick<Board, 'start'>,
  { root, kernel }: { readonly root: string; readonly kernel: string },
  options: string,
  version: string,
  folder: string,
): Promise<void> {
  await cp(kernel, join(folder, 'slot-a'), { recursive: true });
  if (start.kind === 'uefi') await layUefi(start, root, entryOf('a', options, version), folder);
  else await layRaspberryPi(start, root, options, folder);
  await cp(installation.settings, join(folder, 'terashi.toml'));
  await cp(join(installation.root, 'image', 'os', 'boot', 'README.txt'), join(folder, 'README.txt'));
  // Windows opens text by this name.
  for (const name of ['handbook.ja', 'handbook.en'])
    await cp(join(installation.root, 'image', 'handbook', `${name}.md`), join(folder, `${name}.txt`));
}
