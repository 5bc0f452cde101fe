import type { FaultCode } from '../findings.js';
import type { Result } from '../result.js';
import type { CameraSeen } from '../protocol/vault.js';
import { type Checked, failed, notMade, type RemarkCode, warning, well } from './check.js';

/** Pictures a second: with fewer the visitor is guided too late. */
const fluent = 5;
/** The camera of the counter's first system had as many: "at least 5 megapixels effective". */
const fewestPixels = 5e6;
/** Mean levels, 0 to 255, of a camera that has adapted: outside, a room is too dark or a window stands in the picture. */
const dark = 45;
const bright = 210;

/** Columns and rows of the largest picture that a camera takes: its effective pixels. */
export type Pixels = { readonly width: number; readonly height: number };

/**
 * The camera, by what a vault saw of it: whether it works, how fine it sees, and how light the room is.
 *
 * @param largest undefined where the camera does not tell without being started
 */
export function judgeCamera(
  seen: Result<CameraSeen, FaultCode>,
  practice: boolean,
  largest?: Pixels,
): Checked[] {
  if (!seen.ok) return [failed('camera', seen.error), ...notLookedThrough('not-looked')];
  return [pictures(seen.value, practice), pixels(practice, largest), light(seen.value)];
}

/** Where a visitor stands before the camera. */
export function cameraInUse(): Checked[] {
  return [notMade('camera', 'visit-under-way'), ...notLookedThrough('visit-under-way')];
}

function notLookedThrough(why: RemarkCode): Checked[] {
  return [notMade('camera-pixels', why), notMade('room-light', why)];
}

function pictures({ width, height, per10Seconds }: CameraSeen, practice: boolean): Checked {
  const framesPerSecond = per10Seconds / 10;
  const numbers = { width, height, framesPerSecond };
  if (framesPerSecond < fluent) return warning('camera', 'camera-slow', numbers);
  return practice ? warning('camera', 'camera-practice', numbers) : well('camera', numbers);
}

function pixels(practice: boolean, largest: Pixels | undefined): Checked {
  if (practice) return notMade('camera-pixels', 'camera-practice');
  if (!largest) return notMade('camera-pixels', 'camera-pixels-unknown');
  const { width, height } = largest;
  const numbers = { width, height, megapixels: Math.round((width * height) / 1e5) / 10 };
  return width * height < fewestPixels
    ? warning('camera-pixels', 'camera-few-pixels', numbers)
    : well('camera-pixels', numbers);
}

function light({ brightness }: CameraSeen): Checked {
  if (brightness < dark) return warning('room-light', 'room-dark', { brightness });
  return brightness > bright
    ? warning('room-light', 'room-bright', { brightness })
    : well('room-light', { brightness });
}
