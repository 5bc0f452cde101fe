import type { FaultCode } from '../findings.js';
import type { Result } from '../result.js';
import type { CameraSeen } from '../protocol/vault.js';
import { type Checked, failed, notMade, type RemarkCode, warning, well } from './check.js';

/** Frames per second: below this, guidance reaches the visitor too late. */
const lowestFrameRate = 5;
/** The camera specification of the first system at these counters (2015): "at least 5 megapixels effective". */
const fewestPixels = 5e6;
/** Mean levels, 0 to 255, once exposure has adapted. Darker: a dark room; brighter: a window in the picture. */
const darkest = 45;
const brightest = 210;

/** Columns and rows of a camera's largest picture: its effective pixels. */
export type Pixels = { readonly width: number; readonly height: number };

/**
 * Judges what a vault measured: whether the camera works, its resolution, and the light in the room.
 *
 * @param largest undefined if the camera does not report it without being started
 */
export function judgeCamera(
  seen: Result<CameraSeen, FaultCode>,
  practice: boolean,
  largest?: Pixels,
): Checked[] {
  if (!seen.ok) return [failed('camera', seen.error), ...notLookedThrough('not-looked')];
  return [pictures(seen.value, practice), pixels(practice, largest), light(seen.value)];
}

/** The results while a visit uses the camera. */
export function cameraInUse(): Checked[] {
  return [notMade('camera', 'visit-under-way'), ...notLookedThrough('visit-under-way')];
}

function notLookedThrough(why: RemarkCode): Checked[] {
  return [notMade('camera-pixels', why), notMade('room-light', why)];
}

function pictures({ width, height, per10Seconds }: CameraSeen, practice: boolean): Checked {
  const framesPerSecond = per10Seconds / 10;
  const numbers = { width, height, framesPerSecond };
  if (framesPerSecond < lowestFrameRate) return warning('camera', 'camera-slow', numbers);
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
  if (brightness < darkest) return warning('room-light', 'room-dark', { brightness });
  return brightness > brightest
    ? warning('room-light', 'room-bright', { brightness })
    : well('room-light', { brightness });
}
