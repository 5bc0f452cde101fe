import { readFileSync, statSync } from 'node:fs';

import { err, ok, type Result } from '../result.js';
import { calibrationFile, type CalibrationFile } from './calibration.js';

/** In bytes: several times what 100 points take. */
const largestFile = 64 * 1024;

/** Reads a file that `terashi calibrate` wrote: `model-uncalibrated` for one that is missing or is none. */
export function readCalibration(path: string): Result<CalibrationFile, 'model-uncalibrated'> {
  try {
    const found = statSync(path);
    if (!found.isFile() || found.size > largestFile) return err('model-uncalibrated');
    const parsed = calibrationFile.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? ok(parsed.data) : err('model-uncalibrated');
  } catch {
    return err('model-uncalibrated');
  }
}
