import type { CameraFault } from '../findings.js';
import type { Result } from '../result.js';

/** One frame as the device gave it: an encoded picture (JPEG from a device; replay hands over its files). */
export type Frame = { readonly encoded: Uint8Array };

/**
 * A source of frames. Iterating opens the device; leaving the loop, or aborting the signal, closes it and ends
 * its processes. A consumer that is slower than the camera gets the newest frame, never a queue of old ones. An
 * error is the last thing an iteration yields.
 */
export type Camera = {
  readonly practice: boolean;
  frames(signal: AbortSignal): AsyncIterable<Result<Frame, CameraFault>>;
};
