import { dirname, resolve } from 'node:path';

import type { OwnModel } from '../protocol/vault.js';

/** Paths in a settings file are told from where it lies. */
export function besideSettings({ pack, calibration }: OwnModel, settingsFile = ''): OwnModel {
  const place = (path: string | undefined) => path && resolve(dirname(settingsFile), path);
  return { pack: place(pack), calibration: place(calibration) };
}
