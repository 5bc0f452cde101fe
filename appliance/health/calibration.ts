import type { CustomModel } from '../protocol/vault.js';
import { type Checked, warning, well } from './check.js';

/** Checks that the false match rates were measured on the municipality's own people, and not on those of the manifest. */
export function checkCalibration({ calibration }: Pick<CustomModel, 'calibration'>): Checked {
  return calibration === undefined ? warning('calibration', 'not-calibrated') : well('calibration');
}
