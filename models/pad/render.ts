import type { RgbImage } from '../../appliance/face/image.js';
import { copyPixel, side } from './portrait.js';
import { projector, type Stand } from './pose.js';
import type { Surface } from './surface.js';

export const frame = { width: 800, height: 600 } as const;

/** What is drawn into: linear colours 0 to 255, and how far away each pixel's surface is. */
export type Canvas = { readonly colours: Float32Array; readonly depths: Float32Array };

export function blank(background: Float32Array): Canvas {
  return {
    colours: background.slice(),
    depths: new Float32Array(frame.width * frame.height).fill(Infinity),
  };
}

/** How what is drawn looks. */
export type Look = {
  readonly texture: RgbImage;
  /** Where the light comes from, a vector of length 1, and the part of it that comes from everywhere. */
  readonly light: readonly [x: number, y: number, z: number];
  readonly ambient: number;
  readonly pivot: number;
  /** Changes a colour by where it is on the surface (texture pixels) and the frame. */
  readonly ink?: (colour: Float32Array, u: number, v: number, x: number, y: number) => void;
};

/** Draws a surface over what is on the canvas, nearer things hiding what is behind them. */
export function draw(canvas: Canvas, { across, places, there }: Surface, stand: Stand, look: Look): void {
  const project = projector(stand, look.pivot);
  const count = across * across;
  const [xs, ys, ds] = [new Float32Array(count), new Float32Array(count), new Float32Array(count)];
  for (let i = 0; i < count; i++) {
    const p = project(places[3 * i], places[3 * i + 1], places[3 * i + 2]);
    xs[i] = p.x;
    ys[i] = p.y;
    ds[i] = p.depth;
  }
  const shades = shadesOf(xs, ys, ds, across, stand.size, look);
  const step = side / (across - 1);
  const colour = new Float32Array(3);
  const triangle = (a: number, b: number, c: number): void => {
    const area = (xs[b] - xs[a]) * (ys[c] - ys[a]) - (xs[c] - xs[a]) * (ys[b] - ys[a]);
    if (area <= 0) return;
    const left = Math.max(0, Math.ceil(Math.min(xs[a], xs[b], xs[c]) - 0.5));
    const right = Math.min(frame.width - 1, Math.floor(Math.max(xs[a], xs[b], xs[c]) - 0.5));
    const top = Math.max(0, Math.ceil(Math.min(ys[a], ys[b], ys[c]) - 0.5));
    const bottom = Math.min(frame.height - 1, Math.floor(Math.max(ys[a], ys[b], ys[c]) - 0.5));
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const [px, py] = [x + 0.5, y + 0.5];
        const wa = ((xs[b] - px) * (ys[c] - py) - (xs[c] - px) * (ys[b] - py)) / area;
        const wb = ((xs[c] - px) * (ys[a] - py) - (xs[a] - px) * (ys[c] - py)) / area;
        const wc = 1 - wa - wb;
        if (wa < 0 || wb < 0 || wc < 0) continue;
        const depth = wa * ds[a] + wb * ds[b] + wc * ds[c];
        const at = y * frame.width + x;
        if (depth >= canvas.depths[at]) continue;
        const u = step * (wa * (a % across) + wb * (b % across) + wc * (c % across));
        const v =
          step * (wa * Math.floor(a / across) + wb * Math.floor(b / across) + wc * Math.floor(c / across));
        if (!there[Math.min(side - 1, Math.floor(v)) * side + Math.min(side - 1, Math.floor(u))]) continue;
        canvas.depths[at] = depth;
        copyPixel(look.texture, u - 0.5, v - 0.5, colour, 0);
        look.ink?.(colour, u, v, x, y);
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

/** Lambert's law at each vertex, by the normal that its neighbours span. */
function shadesOf(
  xs: Float32Array,
  ys: Float32Array,
  ds: Float32Array,
  across: number,
  size: number,
  { light, ambient }: Look,
): Float32Array {
  return Float32Array.from(xs, (_, i) => {
    const [column, row] = [i % across, Math.floor(i / across)];
    const [l, r] = [column > 0 ? i - 1 : i, column + 1 < across ? i + 1 : i];
    const [t, b] = [row > 0 ? i - across : i, row + 1 < across ? i + across : i];
    const [ax, ay, az] = [xs[r] - xs[l], ys[r] - ys[l], (ds[r] - ds[l]) * size];
    const [bx, by, bz] = [xs[b] - xs[t], ys[b] - ys[t], (ds[b] - ds[t]) * size];
    const [nx, ny, nz] = [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
    // The normal points away from the camera, and the light comes from before it.
    const lambert = -(nx * light[0] + ny * light[1] + nz * light[2]) / Math.max(1e-6, Math.hypot(nx, ny, nz));
    return ambient + (1 - ambient) * Math.max(0, lambert);
  });
}
