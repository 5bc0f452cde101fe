import sharp from 'sharp';

import type { Point } from '../../face/image.js';

/** One level, 0 to 255, for each pixel. */
export type GreyImage = { readonly data: Uint8Array; readonly width: number; readonly height: number };

/** The picture in greyscale, scaled. */
export async function toGrey(
  { data, width, height, channels }: GreyImage & { readonly channels: 1 | 3 },
  scale = 1,
): Promise<GreyImage> {
  const raw = await sharp(data, { raw: { width, height, channels } })
    .resize(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)), {
      fit: 'fill',
      kernel: 'linear',
    })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: raw.data, width: raw.info.width, height: raw.info.height };
}

/** The level at a point, bilinearly interpolated; outside the picture that of the nearest edge. */
export function levelAt({ data, width, height }: GreyImage, { x, y }: Point): number {
  const [column, row] = [clamp(x - 0.5, width - 1), clamp(y - 0.5, height - 1)];
  const [left, top] = [Math.floor(column), Math.floor(row)];
  const [right, bottom] = [Math.min(left + 1, width - 1), Math.min(top + 1, height - 1)];
  const [across, down] = [column - left, row - top];
  const upper = data[top * width + left] * (1 - across) + data[top * width + right] * across;
  const lower = data[bottom * width + left] * (1 - across) + data[bottom * width + right] * across;
  return upper * (1 - down) + lower * down;
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}
