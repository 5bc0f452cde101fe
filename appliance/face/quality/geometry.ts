import type { Face } from '../faces.js';
import type { RgbImage } from '../image.js';
import { type Pose } from '../pose.js';
import { betweenEyes, eyeDistance, eyeMiddles, eyesToChin } from './landmarks.js';
import { clamp, measured, type Measured, type Quality, sigmoid } from './value.js';

/** The most that a native measure says, so that a face at the very edge of sense stays within the door's bounds. */
const most = 10_000;

/** The eyes' distance as it would be from the front, in the picture's pixels; the standard's sigmoid. */
export function interEyeDistance({ mesh }: Face, { yaw }: Pose): Measured {
  const pixels = Math.min(eyeDistance(mesh) / Math.max(Math.cos(radians(yaw)), 0.1), most);
  return measured(pixels, 100 * sigmoid(pixels, 70, 20));
}

/** From the eyes to the chin in heights of the picture; the standard's best is 0.45, as in a passport. */
export function headSize({ height }: RgbImage, { mesh }: Face): Measured {
  const size = Math.min(eyesToChin(mesh) / height, most);
  return measured(size, 200 * (1 - sigmoid(Math.abs(size - 0.45), 0, 0.05)));
}

/**
 * The room about the face: beside each eye in eye distances, above and below the eyes in lengths from eyes to
 * chin. The standard's measures, and its sigmoids; "leftward" is the picture's left. A portrait off a page is measured
 * in the square that was cut about it, not in its own frame.
 */
export function crops({ width, height }: RgbImage, { mesh }: Face): Quality {
  const [left, right] = eyeMiddles(mesh);
  const apart = Math.max(eyeDistance(mesh), 1e-6);
  const long = Math.max(eyesToChin(mesh), 1e-6);
  const { y } = betweenEyes(mesh);
  return {
    'leftward-crop-of-the-face-image': margin(left.x / apart, 0.9),
    'rightward-crop-of-the-face-image': margin((width - right.x) / apart, 0.9),
    'upward-crop-of-the-face-image': margin((height - y) / long, 1.8),
    'downward-crop-of-the-face-image': margin(y / long, 1.4),
  };
}

function margin(room: number, enough: number): Measured {
  return measured(clamp(room, -most, most), 100 * sigmoid(room, enough, 0.1));
}

/** How far the head is turned, in degrees, each way; the standard's squared cosine. */
export function headPose({ yaw, pitch, roll }: Pose): Quality {
  return {
    'head-pose-yaw': angle(yaw),
    'head-pose-pitch': angle(pitch),
    'head-pose-roll': angle(roll),
  };
}

function angle(degrees: number): Measured {
  return measured(degrees, 100 * Math.max(Math.cos(radians(degrees)), 0) ** 2);
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
