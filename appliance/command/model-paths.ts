import { dirname, resolve } from 'node:path';

import type { CustomModel } from '../protocol/vault.js';
import type { Settings } from '../settings/settings.js';

/**
 * The model of the settings: its paths, which are relative to the settings file that names them, and the municipality's
 * key that a pack or a calibration may be signed with.
 */
export function modelPaths(
  { model, keys }: Pick<Settings, 'model' | 'keys'>,
  settingsFile = '',
): CustomModel {
  const absolute = (path: string | undefined) => path && resolve(dirname(settingsFile), path);
  const { pack, calibration, ...others } = model;
  return { ...others, pack: absolute(pack), calibration: absolute(calibration), trust: keys.signing };
}
