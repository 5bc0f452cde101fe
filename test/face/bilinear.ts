import { type Affine, apply } from '../../appliance/face/affine.js';
import type { RgbImage } from '../../appliance/face/image.js';

/**
 * Samples a square of a picture pixel by pixel, as an independent reference for what the
 * appliance's graph computes.
 *
 * @returns levels, channels innermost; black outside the picture
 */
export function bilinear(picture: RgbImage, toPicture: Affine, side: number): Float32Array {
  const levels = new Float32Array(side * side * 3);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const { x, y } = apply(toPicture, { x: column + 0.5, y: row + 0.5 });
      const [left, top] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
      const [right, down] = [x - 0.5 - left, y - 0.5 - top];
      for (let channel = 0; channel < 3; channel++) {
        const at = (dx: number, dy: number) => level(picture, left + dx, top + dy, channel);
        levels[(row * side + column) * 3 + channel] =
          (1 - down) * ((1 - right) * at(0, 0) + right * at(1, 0)) +
          down * ((1 - right) * at(0, 1) + right * at(1, 1));
      }
    }
  }
  return levels;
}

function level({ data, width, height }: RgbImage, x: number, y: number, channel: number): number {
  return x < 0 || y < 0 || x >= width || y >= height ? 0 : data[(y * width + x) * 3 + channel];
}
