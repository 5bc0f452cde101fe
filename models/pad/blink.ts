import type { RgbImage } from '../../appliance/face/image.js';
import { bridge, copyPixel, eyes, side, type Portrait } from './portrait.js';

/** Mesh indices along the upper and lower lid, from the left corner to the right (mediapipe's numbering). */
const lids = [
  {
    upper: [33, 246, 161, 160, 159, 158, 157, 173, 133],
    lower: [33, 7, 163, 144, 145, 153, 154, 155, 133],
  },
  {
    upper: [362, 398, 384, 385, 386, 387, 388, 466, 263],
    lower: [362, 382, 381, 380, 374, 373, 390, 249, 263],
  },
] as const;

/**
 * The portrait with its upper lids lowered by stretching the skin above the eyes.
 *
 * @param closed 0 as it is, 1 shut
 */
export function blinked({ picture, mesh }: Portrait, closed: number): RgbImage {
  if (closed <= 0) return picture;
  const data = Uint8Array.from(picture.data);
  const pixel = (index: number) => ({
    x: mesh[index].x * eyes + bridge.x,
    y: mesh[index].y * eyes + bridge.y,
  });
  for (const { upper, lower } of lids) {
    const [above, below] = [upper.map(pixel), lower.map(pixel)];
    for (let x = Math.ceil(above[0].x); x < above[above.length - 1].x; x++) {
      const top = heightAt(above, x) - 1;
      const bottom = heightAt(below, x) + 1;
      const edge = top + closed * (bottom - top);
      const skin = eyes * 0.12;
      for (let y = Math.floor(top - skin); y < Math.min(edge, side); y++) {
        const part = (y - (top - skin)) / (edge - (top - skin));
        copyPixel(picture, x, top - skin + part * (skin - 1), data, (y * side + x) * 3);
        // The lashes.
        if (edge - y < 2.5) for (let c = 0; c < 3; c++) data[(y * side + x) * 3 + c] *= 0.45;
      }
    }
  }
  return { ...picture, data };
}

function heightAt(line: readonly { readonly x: number; readonly y: number }[], x: number): number {
  const next = Math.max(
    1,
    line.findIndex((point) => point.x >= x),
  );
  const [from, to] = [line[next - 1], line[next]];
  const part = to.x === from.x ? 0 : (x - from.x) / (to.x - from.x);
  return from.y + Math.min(Math.max(part, 0), 1) * (to.y - from.y);
}
