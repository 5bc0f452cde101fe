import type { CameraFault } from '../findings.js';

// Messages of GStreamer's elements and libcamera's programs in the C locale.
const patterns: readonly (readonly [RegExp, CameraFault])[] = [
  [/is busy|resource busy|failed to acquire camera|in use by another/i, 'camera-busy'],
  [
    /cannot identify device|no cameras? available|could not find (a|any) .*camera|no such device/i,
    'camera-missing',
  ],
];

/** The fault that a camera program's error output describes. */
export function faultOf(errorOutput: string): CameraFault {
  return patterns.find(([pattern]) => pattern.test(errorOutput))?.[1] ?? 'camera-failed';
}
