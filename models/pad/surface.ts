import { bridge, eyes, side, type Portrait } from './portrait.js';

/**
 * A textured surface in eye distances from the bridge of the nose: x right, y down, z away from the camera.
 * Its grid has `across` × `across` vertices over the portrait.
 */
export type Surface = {
  readonly across: number;
  /** x, y, z of each vertex, row by row. */
  readonly vertices: Float32Array;
  /** For each pixel of the portrait, whether the surface exists there, 0 or 1. */
  readonly mask: Uint8Array;
};

const across = 49;

/**
 * In eye distances: half the breadth, height and depth of a head with hair (ISO/TR 7250-2: 155, 225, 190 mm
 * by 63 mm).
 */
const head = { x: 1.42, y: 2.05, z: 1.55, middle: 0.45 } as const;

/** A head: the mesh's relief blended into an ellipsoid, with neck and shoulders. */
export function headOf({ mesh }: Portrait): Surface {
  const ellipsoid = (x: number, y: number): number => {
    const r = (x / head.x) ** 2 + ((y - head.middle) / head.y) ** 2;
    return head.z * (1 - Math.sqrt(Math.max(0, 1 - r)));
  };
  const excess = mesh.map(({ x, y, z }) => z - ellipsoid(x, y));
  return surface(
    (x, y) => {
      let sum = 0;
      let weights = 0;
      let nearest = Infinity;
      mesh.forEach((point, i) => {
        const squared = (point.x - x) ** 2 + (point.y - y) ** 2;
        const weight = 1 / (squared + 1e-3) ** 2;
        sum += weight * excess[i];
        weights += weight;
        nearest = Math.min(nearest, squared);
      });
      return { x, y, z: ellipsoid(x, y) + (sum / weights) * Math.exp(-nearest / 0.5) };
    },
    (x, y) =>
      (x / (head.x * 0.97)) ** 2 + ((y - head.middle) / (head.y * 0.97)) ** 2 < 1 ||
      (y > 1.6 && Math.abs(x) < 0.75 + Math.max(0, y - 2.1) * 2.2),
  );
}

/** A rectangular sheet, flat or bent to a cylinder. */
export type Sheet = {
  /** Its half width, and its extent up and down, in eye distances. */
  readonly half: number;
  readonly up: number;
  readonly down: number;
  /**
   * The cylinder's radius in eye distances; positive bulges towards the camera. Undefined for a flat sheet.
   */
  readonly radius?: number;
  /** The angle of the cylinder's axis from upright, in radians. */
  readonly lean?: number;
  /** Whether it is cut along the face like a mask. */
  readonly cut?: boolean;
  /** Holes cut at these points, for the eyes. */
  readonly holes?: readonly { readonly x: number; readonly y: number }[];
};

/** The whole portrait. */
export const whole: Sheet = { half: 2.5, up: 2, down: 2.99 };

export function sheetOf({ half, up, down, radius, lean = 0, cut, holes = [] }: Sheet): Surface {
  const [cos, sin] = [Math.cos(lean), Math.sin(lean)];
  return surface(
    (x, y) => {
      if (radius === undefined) return { x, y, z: 0 };
      const along = x * cos + y * sin;
      const other = y * cos - x * sin;
      const angle = along / radius;
      const bent = radius * Math.sin(angle);
      return { x: bent * cos - other * sin, y: bent * sin + other * cos, z: radius * (1 - Math.cos(angle)) };
    },
    (x, y) =>
      Math.abs(x) < half &&
      y > -up &&
      y < down &&
      (!cut || (x / 1.2) ** 2 + ((y - 0.5) / 1.75) ** 2 < 1) &&
      holes.every((hole) => ((x - hole.x) / 0.3) ** 2 + ((y - hole.y) / 0.15) ** 2 > 1),
  );
}

function surface(
  place: (x: number, y: number) => { x: number; y: number; z: number },
  exists: (x: number, y: number) => boolean,
): Surface {
  const unit = (pixel: number, from: number): number => (pixel - from) / eyes;
  const vertices = new Float32Array(across * across * 3);
  for (let row = 0; row < across; row++) {
    for (let column = 0; column < across; column++) {
      const step = side / (across - 1);
      const p = place(unit(column * step, bridge.x), unit(row * step, bridge.y));
      vertices.set([p.x, p.y, p.z], (row * across + column) * 3);
    }
  }
  const mask = new Uint8Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      mask[y * side + x] = exists(unit(x + 0.5, bridge.x), unit(y + 0.5, bridge.y)) ? 1 : 0;
    }
  }
  return { across, vertices, mask };
}
