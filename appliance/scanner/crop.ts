import sharp, { type Sharp } from 'sharp';

import type { RgbImage } from '../face/image.js';
import type { Rectangle, Turn } from './geometry.js';
import type { Page } from './scanner.js';

/** The whole page, scaled. */
export async function scaled(page: Page, scale: number): Promise<RgbImage> {
  return rgb(
    pixels(page).resize({
      width: Math.max(1, Math.round(page.width * scale)),
      height: Math.max(1, Math.round(page.height * scale)),
      fit: 'fill',
      kernel: 'linear',
    }),
  );
}

/**
 * Crops a square of the page and scales it down to at most `side` pixels. Outside the page its edge is repeated.
 * `scale` is output pixels per page pixel, at most 1.
 */
export async function cropSquare(
  page: Page,
  square: Rectangle,
  side: number,
): Promise<{ image: RgbImage; scale: number; region: Rectangle }> {
  const region = wholePixels(square);
  const scale = Math.min(1, side / region.width);
  const size = Math.max(1, Math.round(region.width * scale));
  const across = span(region.x, region.width, page.width, size);
  const down = span(region.y, region.height, page.height, size);
  const image = await rgb(
    pixels(page)
      .extract({ left: across.from, top: down.from, width: across.length, height: down.length })
      .resize({ width: across.scaled, height: down.scaled, fit: 'fill', kernel: 'linear' })
      .extend({
        left: across.before,
        right: across.after,
        top: down.before,
        bottom: down.after,
        extendWith: 'copy',
      }),
  );
  return { image, scale: size / region.width, region };
}

export async function rotated(image: RgbImage, turn: Turn): Promise<RgbImage> {
  return turn === 0 ? image : rgb(pixels({ ...image, channels: 3 }).rotate(turn));
}

function wholePixels({ x, y, width }: Rectangle): Rectangle {
  const side = Math.max(1, Math.round(width));
  return { x: Math.round(x), y: Math.round(y), width: side, height: side };
}

/** For an interval that may reach beyond the page: the part on the page, and its scaled length with the margins. */
function span(start: number, length: number, limit: number, size: number) {
  const from = Math.min(Math.max(start, 0), limit - 1);
  const to = Math.max(Math.min(start + length, limit), from + 1);
  const before = Math.min(Math.max(Math.round(((from - start) * size) / length), 0), size - 1);
  const scaled = Math.min(Math.max(Math.round(((to - from) * size) / length), 1), size - before);
  return { from, length: to - from, before, scaled, after: size - before - scaled };
}

function pixels({ data, width, height, channels }: Omit<Page, 'resolution'>) {
  return sharp(data, { raw: { width, height, channels } });
}

async function rgb(picture: Sharp): Promise<RgbImage> {
  const { data, info } = await picture.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
