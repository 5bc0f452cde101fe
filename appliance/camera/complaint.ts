import type { CameraFault } from '../findings.js';

// What GStreamer's elements and libcamera's programs write in the C locale, by what it means at the counter.
const complaints: readonly (readonly [RegExp, CameraFault])[] = [
  [/is busy|resource busy|failed to acquire camera|in use by another/i, 'camera-busy'],
  [
    /cannot identify device|no cameras? available|could not find (a|any) .*camera|no such device/i,
    'camera-missing',
  ],
];

/** The fault behind what a camera program wrote on its standard error before it ended. */
export function faultOf(complaint: string): CameraFault {
  return complaints.find(([words]) => words.test(complaint))?.[1] ?? 'camera-failed';
}
