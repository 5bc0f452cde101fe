import type { RgbImage } from '../../appliance/face/image.js';
import { copyPixel, side } from './portrait.js';
import { type Pose, projector } from './pose.js';
import type { Surface } from './surface.js';

export const frame = { width: 800, height: 600 } as const;

/** A frame buffer: linear colours 0 to 255, and depths. */
export type Canvas = { readonly colours: Float32Array; readonly depths: Float32Array };

export function blank(): Canvas {
  const pixels = frame.width * frame.height;
  return { colours: new Float32Array(3 * pixels), depths: new Float32Array(pixels) };
}

/** Material and light. */
export type Material = {
  readonly texture: RgbImage;
  /** A unit vector towards the light, and the fraction that is ambient. */
  readonly light: readonly [x: number, y: number, z: number];
  readonly ambient: number;
  readonly pivot: number;
  /** Changes a colour by its position on the surface, in texture pixels. */
  readonly ink?: (colour: Float32Array, u: number, v: number) => void;
};

/** Draws a surface on the canvas with a depth test. */
export function draw(
  canvas: Canvas,
  { across, vertices, mask }: Surface,
  pose: Pose,
  material: Material,
): void {
  const project = projector(pose, material.pivot);
  const count = across * across;
  const [xs, ys, ds] = [new Float32Array(count), new Float32Array(count), new Float32Array(count)];
  for (let i = 0; i < count; i++) {
    const p = project(vertices[3 * i], vertices[3 * i + 1], vertices[3 * i + 2]);
    xs[i] = p.x;
    ys[i] = p.y;
    ds[i] = p.depth;
  }
  const shades = shadesOf(xs, ys, ds, across, pose.size, material);
  const step = side / (across - 1);
  const colour = new Float32Array(3);
  const triangle = (a: number, b: number, c: number): void => {
    const area = (xs[b] - xs[a]) * (ys[c] - ys[a]) - (xs[c] - xs[a]) * (ys[b] - ys[a]);
    if (area <= 0) return;
    const left = Math.max(0, Math.ceil(Math.min(xs[a], xs[b], xs[c]) - 0.5));
    const right = Math.min(frame.width - 1, Math.floor(Math.max(xs[a], xs[b], xs[c]) - 0.5));
    const top = Math.max(0, Math.ceil(Math.min(ys[a], ys[b], ys[c]) - 0.5));
    const bottom = Math.min(frame.height - 1, Math.floor(Math.max(ys[a], ys[b], ys[c]) - 0.5));
    // The barycentric weights of b and c change linearly along a row.
    const [bStep, cStep] = [(ys[c] - ys[a]) / area, (ys[a] - ys[b]) / area];
    const [ua, ub, uc] = [a % across, b % across, c % across];
    const [va, vb, vc] = [(a - ua) / across, (b - ub) / across, (c - uc) / across];
    for (let y = top; y <= bottom; y++) {
      const px = left + 0.5;
      const py = y + 0.5;
      let wb = ((px - xs[a]) * (ys[c] - ys[a]) - (xs[c] - xs[a]) * (py - ys[a])) / area;
      let wc = ((xs[b] - xs[a]) * (py - ys[a]) - (px - xs[a]) * (ys[b] - ys[a])) / area;
      for (let x = left; x <= right; x++, wb += bStep, wc += cStep) {
        const wa = 1 - wb - wc;
        if (wa < 0 || wb < 0 || wc < 0) continue;
        const depth = wa * ds[a] + wb * ds[b] + wc * ds[c];
        const at = y * frame.width + x;
        if (depth >= canvas.depths[at]) continue;
        const u = step * (wa * ua + wb * ub + wc * uc);
        const v = step * (wa * va + wb * vb + wc * vc);
        if (!mask[Math.min(side - 1, Math.floor(v)) * side + Math.min(side - 1, Math.floor(u))]) continue;
        canvas.depths[at] = depth;
        copyPixel(material.texture, u - 0.5, v - 0.5, colour, 0);
        material.ink?.(colour, u, v);
        const shade = wa * shades[a] + wb * shades[b] + wc * shades[c];
        for (let k = 0; k < 3; k++) canvas.colours[3 * at + k] = colour[k] * shade;
      }
    }
  };
  for (let row = 0; row + 1 < across; row++) {
    for (let column = 0; column + 1 < across; column++) {
      const a = row * across + column;
      triangle(a, a + 1, a + across);
      triangle(a + 1, a + across + 1, a + across);
    }
  }
}

/** Lambertian shading at each vertex, with normals from its neighbours. */
function shadesOf(
  xs: Float32Array,
  ys: Float32Array,
  ds: Float32Array,
  across: number,
  size: number,
  { light, ambient }: Material,
): Float32Array {
  return Float32Array.from(xs, (_, i) => {
    const [column, row] = [i % across, Math.floor(i / across)];
    const [l, r] = [column > 0 ? i - 1 : i, column + 1 < across ? i + 1 : i];
    const [t, b] = [row > 0 ? i - across : i, row + 1 < across ? i + across : i];
    const [ax, ay, az] = [xs[r] - xs[l], ys[r] - ys[l], (ds[r] - ds[l]) * size];
    const [bx, by, bz] = [xs[b] - xs[t], ys[b] - ys[t], (ds[b] - ds[t]) * size];
    const [nx, ny, nz] = [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
    // The normal points away from the camera and the light shines from the camera's side.
    const lambert = -(nx * light[0] + ny * light[1] + nz * light[2]) / Math.max(1e-6, Math.hypot(nx, ny, nz));
    return ambient + (1 - ambient) * Math.max(0, lambert);
  });
}
