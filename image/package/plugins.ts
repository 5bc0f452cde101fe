import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';

import type { Platform } from './platform.js';

/**
 * What a vault's pipelines (`appliance/camera/gstreamer.ts`) and its search for cameras need of GStreamer. A file that a
 * box does not have is passed over: libcamera's and a Jetson's, and one of Debian's two names for the conversion.
 */
export const plugins: readonly string[] = [
  'coreelements',
  'jpeg',
  'libcamera',
  'nvarguscamerasrc',
  'nvvidconv',
  'video4linux2',
  'videoconvert',
  'videoconvertscale',
];

/**
 * Links the plugins into a folder of their own. A vault has no place to keep GStreamer's list of all that a system has,
 * and to look through these few takes it no time; the list itself would bear the hour at which a box was made.
 */
export async function linkPlugins({ gnu }: Pick<Platform, 'gnu'>, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const plugin of plugins) {
    const file = `libgst${plugin}.so`;
    await symlink(join('/usr/lib', gnu, 'gstreamer-1.0', file), join(folder, file));
  }
}
