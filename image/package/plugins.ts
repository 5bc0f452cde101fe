import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';

import type { Platform } from './platform.js';

/**
 * The GStreamer plugins for a vault's pipelines (`appliance/camera/gstreamer.ts`) and its search for cameras.
 * A box may lack some: libcamera's, a Jetson's, and one of Debian's two names for the conversion.
 */
const plugins: readonly string[] = [
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
 * Links the plugins into a folder of their own. A vault has nowhere to keep GStreamer's registry; scanning
 * these few files is fast, and a prebuilt registry would contain the build time.
 */
export async function linkPlugins({ gnu }: Pick<Platform, 'gnu'>, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const plugin of plugins) {
    const file = `libgst${plugin}.so`;
    await symlink(join('/usr/lib', gnu, 'gstreamer-1.0', file), join(folder, file));
  }
}
