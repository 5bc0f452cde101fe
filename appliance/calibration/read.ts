import { createHash } from 'node:crypto';

import { err, ok, type Result } from '../result.js';
import { readSigned, type Trusted } from '../signature/signed-file.js';
import type { Unsigned } from '../signature/signature.js';
import { calibrationFile, type CalibrationFile } from './calibration.js';

/** Several times the size of 100 points. */
const maxBytes = 64 * 1024;

/** A calibration, with the hash of its file. */
export type ReadCalibration = { readonly calibration: CalibrationFile; readonly sha256: string };

/**
 * Reads a file that `terashi calibrate` wrote and its signer has signed.
 *
 * @returns `missing`, also for a file that is too long; `invalid`; or why its signature does not hold
 */
export function readCalibration(
  path: string,
  trusted: Trusted,
): Result<ReadCalibration, 'missing' | 'invalid' | 'unsigned' | Unsigned> {
  const bytes = readSigned(path, maxBytes, 'calibration', trusted);
  if (!bytes.ok) return bytes;
  const calibration = parseCalibration(bytes.value);
  if (!calibration) return err('invalid');
  return ok({ calibration, sha256: createHash('sha256').update(bytes.value).digest('hex') });
}

/** The calibration in a file; undefined if it holds none. */
export function parseCalibration(bytes: Uint8Array): CalibrationFile | undefined {
  try {
    return calibrationFile.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8'))).data;
  } catch {
    return undefined;
  }
}
