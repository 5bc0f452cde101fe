import { readFileSync, statSync } from 'node:fs';

import { err, ok, type Result } from '../result.js';
import { calibrationFile, type CalibrationFile } from './calibration.js';

/** Several times the size of 100 points. */
const maxBytes = 64 * 1024;

/** Reads a file that `terashi calibrate` wrote. `model-uncalibrated` if it is missing or invalid. */
export function readCalibration(path: string): Result<CalibrationFile, 'model-uncalibrated'> {
  try {
    const found = statSync(path);
    if (!found.isFile() || found.size > maxBytes) return err('model-uncalibrated');
    const parsed = calibrationFile.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? ok(parsed.data) : err('model-uncalibrated');
  } catch {
    return err('model-uncalibrated');
  }
}
