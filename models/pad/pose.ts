/** How a surface stands before the camera. Angles in degrees. */
export type Stand = {
  /** Positive turns to the right of the picture. */
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  /** Where the bridge of the nose is, in pixels. */
  readonly x: number;
  readonly y: number;
  /** Pixels between the eyes when it stands straight. */
  readonly size: number;
};

export type Projected = { readonly x: number; readonly y: number; readonly depth: number };

/**
 * How far the camera is, in eye distances of 63 mm: 60 cm, as at a counter.
 */
const distance = 9.5;

/** @param pivot how far behind the bridge of the nose it turns, in eye distances: 1.4 for a neck, 0 for a sheet */
export function projector(stand: Stand, pivot: number): (x: number, y: number, z: number) => Projected {
  const [yaw, pitch, roll] = [stand.yaw, stand.pitch, stand.roll].map((degrees) => (degrees * Math.PI) / 180);
  return (px, py, pz) => {
    const z0 = pz - pivot;
    // Turned to the right of the picture, what is nearer to the camera goes to the right.
    const x1 = px * Math.cos(yaw) - z0 * Math.sin(yaw);
    const z1 = px * Math.sin(yaw) + z0 * Math.cos(yaw);
    const y2 = py * Math.cos(pitch) - z1 * Math.sin(pitch);
    const z2 = py * Math.sin(pitch) + z1 * Math.cos(pitch);
    const x3 = x1 * Math.cos(roll) - y2 * Math.sin(roll);
    const y3 = x1 * Math.sin(roll) + y2 * Math.cos(roll);
    const depth = z2 + pivot + distance;
    const scale = (stand.size * distance) / depth;
    return { x: stand.x + x3 * scale, y: stand.y + y3 * scale, depth };
  };
}
