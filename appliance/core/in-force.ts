import { createHash } from 'node:crypto';

import type { InForce, InForcePart } from '../record/in-force.js';
import { keySettings, type Noted } from './noted.js';

/** The longest name of a device in a record. */
const longestLabel = 120;

/**
 * What is in force, as a record holds it: digests, and names of settings and devices.
 *
 * @param weakened settings that protect less than their defaults
 * @param changed what differs from the visit before
 */
export function inForceOf(
  { settings, recogniser, camera, scanner }: Noted,
  weakened: readonly string[],
  changed: readonly InForcePart[],
): InForce {
  const keys = Object.entries(settings).filter(([name]) => keySettings.some((key) => key === name));
  return {
    settings: digestOf(settings),
    ...(recogniser ? { recogniser: recogniser.sha256 } : {}),
    ...(recogniser?.calibration ? { calibration: recogniser.calibration } : {}),
    ...(keys.length > 0 ? { keys: digestOf(Object.fromEntries(keys)) } : {}),
    weakened: [...weakened],
    ...(camera === undefined ? {} : { camera: camera.slice(0, longestLabel) }),
    ...(scanner === undefined ? {} : { scanner: scanner.slice(0, longestLabel) }),
    changed: [...changed],
  };
}

/** Of canonical JSON: keys in order, no blanks. */
function digestOf(values: Noted['settings']): string {
  const sorted = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify(Object.fromEntries(sorted)))
    .digest('hex');
}
