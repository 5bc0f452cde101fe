import type { CameraFault } from '../findings.js';
import type { Result } from '../result.js';

/** An encoded picture: JPEG from a device, or a replayed file of any format. */
export type Frame = { readonly encoded: Uint8Array };

/**
 * A stream of frames. Iterating opens the device; leaving the loop or aborting the signal closes it and ends
 * its processes. A slow consumer gets the newest frame, never a backlog. An error is the last thing an
 * iteration yields.
 */
export type Camera = {
  readonly practice: boolean;
  frames(signal: AbortSignal): AsyncIterable<Result<Frame, CameraFault>>;
};
