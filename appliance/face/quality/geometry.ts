import type { Face } from '../faces.js';
import type { RgbImage } from '../image.js';
import { type Pose } from '../pose.js';
import { betweenEyes, eyeDistance, eyeCentres, eyesToChin } from './landmarks.js';
import { clamp, measured, type Measured, type Quality, sigmoid } from './value.js';

/** The bound of a native measure, which keeps degenerate faces within the protocol's bounds. */
const bound = 10_000;

/** The distance between the eyes, corrected for yaw, in the picture's pixels; the standard's sigmoid. */
export function interEyeDistance({ mesh }: Face, { yaw }: Pose): Measured {
  const pixels = Math.min(eyeDistance(mesh) / Math.max(Math.cos(radians(yaw)), 0.1), bound);
  return measured(pixels, 100 * sigmoid(pixels, 70, 20));
}

/**
 * The distance from eyes to chin relative to the picture's height; the standard's optimum is 0.45, as in a passport.
 */
export function headSize({ height }: RgbImage, { mesh }: Face): Measured {
  const size = Math.min(eyesToChin(mesh) / height, bound);
  return measured(size, 200 * (1 - sigmoid(Math.abs(size - 0.45), 0, 0.05)));
}

/**
 * The margins around the face: beside the eyes in eye distances, above and below the eyes relative to the distance
 * from eyes to chin. The standard's measures and sigmoids; "leftward" is the picture's left. A scanned portrait is
 * measured in its square crop, not in its own frame.
 */
export function crops({ width, height }: RgbImage, { mesh }: Face): Quality {
  const [left, right] = eyeCentres(mesh);
  const eyes = Math.max(eyeDistance(mesh), 1e-6);
  const face = Math.max(eyesToChin(mesh), 1e-6);
  const { y } = betweenEyes(mesh);
  return {
    'leftward-crop-of-the-face-image': margin(left.x / eyes, 0.9),
    'rightward-crop-of-the-face-image': margin((width - right.x) / eyes, 0.9),
    'upward-crop-of-the-face-image': margin((height - y) / face, 1.8),
    'downward-crop-of-the-face-image': margin(y / face, 1.4),
  };
}

function margin(space: number, enough: number): Measured {
  return measured(clamp(space, -bound, bound), 100 * sigmoid(space, enough, 0.1));
}

/** The angles of the head, in degrees; the standard's squared cosine. */
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
