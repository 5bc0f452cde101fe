import type { Point } from '../../../appliance/face/image.js';

type Place = Point & { readonly z: number };

/** A pose: degrees, pixels from the centre, pixels between the eyes. */
export type Turned = {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  readonly x: number;
  readonly size: number;
};

/** The points of the mesh on the nose, from bridge to tip. */
const nose = new Set([1, 4, 5, 195, 197, 45, 275, 51, 281, 44, 274]);

/**
 * A head as a formula, in eye distances: 468 points spread evenly over the front of an ellipsoid, and those of the
 * nose half an eye distance in front of it. z grows away from the camera.
 */
export const drawnHead: readonly Place[] = Array.from({ length: 468 }, (_, i) => {
  if (nose.has(i)) {
    const x = ((i % 5) - 2) * 0.04;
    return { x, y: 0.3 + ((i % 7) - 3) * 0.05, z: -0.5 };
  }
  // Fixed places for the corners of the eyes, which set the scale; a sunflower spiral for the rest.
  if (i === 33 || i === 263) return { x: i === 33 ? -0.72 : 0.72, y: 0, z: 0.16 };
  const radius = Math.sqrt((i + 0.5) / 468) * 0.9;
  const angle = i * Math.PI * (3 - Math.sqrt(5));
  return {
    x: 1.2 * radius * Math.cos(angle),
    y: 0.4 + 1.6 * radius * Math.sin(angle),
    z: 1.2 * (1 - Math.sqrt(1 - radius * radius)),
  };
});

/** Projects points in space to the pixels of a camera 9.5 eye distances away. */
export function seen(places: readonly Place[], held: Turned): Point[] {
  const [yaw, pitch, roll] = [held.yaw, held.pitch, held.roll].map((degrees) => (degrees * Math.PI) / 180);
  return places.map(({ x, y, z }) => {
    const x1 = x * Math.cos(yaw) - z * Math.sin(yaw);
    const z1 = x * Math.sin(yaw) + z * Math.cos(yaw);
    const y2 = y * Math.cos(pitch) - z1 * Math.sin(pitch);
    const z2 = y * Math.sin(pitch) + z1 * Math.cos(pitch);
    const scale = (held.size * 9.5) / (9.5 + z2);
    return {
      x: 400 + held.x + scale * (x1 * Math.cos(roll) - y2 * Math.sin(roll)),
      y: 300 + scale * (x1 * Math.sin(roll) + y2 * Math.cos(roll)),
    };
  });
}
