import { dirname, resolve } from 'node:path';

import type { CustomModel } from '../protocol/vault.js';

/** Resolves the model's paths, which are relative to the settings file that names them. */
export function modelPaths({ pack, calibration, ...others }: CustomModel, settingsFile = ''): CustomModel {
  const absolute = (path: string | undefined) => path && resolve(dirname(settingsFile), path);
  return { ...others, pack: absolute(pack), calibration: absolute(calibration) };
}
