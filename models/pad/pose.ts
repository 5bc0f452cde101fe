/** A surface's pose in front of the camera. Angles in degrees. */
export type Pose = {
  /** Positive turns to the right of the picture. */
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  /** The position of the bridge of the nose, in pixels. */
  readonly x: number;
  readonly y: number;
  /** Pixels between the eyes in frontal pose. */
  readonly size: number;
};

export type Projected = { readonly x: number; readonly y: number; readonly depth: number };

/** The camera's distance in eye distances of 63 mm: 60 cm, as at a counter. */
const distance = 9.5;

/**
 * @param pivot the depth of the rotation axis behind the bridge of the nose, in eye distances: 1.4 for a
 * neck, 0 for a sheet
 */
export function projector(pose: Pose, pivot: number): (x: number, y: number, z: number) => Projected {
  const [yaw, pitch, roll] = [pose.yaw, pose.pitch, pose.roll].map((degrees) => (degrees * Math.PI) / 180);
  return (px, py, pz) => {
    const z0 = pz - pivot;
    // In a turn to the picture's right, nearer points move right.
    const x1 = px * Math.cos(yaw) - z0 * Math.sin(yaw);
    const z1 = px * Math.sin(yaw) + z0 * Math.cos(yaw);
    const y2 = py * Math.cos(pitch) - z1 * Math.sin(pitch);
    const z2 = py * Math.sin(pitch) + z1 * Math.cos(pitch);
    const x3 = x1 * Math.cos(roll) - y2 * Math.sin(roll);
    const y3 = x1 * Math.sin(roll) + y2 * Math.cos(roll);
    const depth = z2 + pivot + distance;
    const scale = (pose.size * distance) / depth;
    return { x: pose.x + x3 * scale, y: pose.y + y3 * scale, depth };
  };
}
