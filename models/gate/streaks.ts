import type { Sharp } from 'sharp';

import type { Face } from '../../appliance/face/faces.js';
import type { RgbImage } from '../../appliance/face/image.js';
import { drawnOn } from './canvas.js';

/**
 * Draws three white streaks over the face, like a hologram's glare. `width` is relative to the face's height.
 */
export function withStreaks(picture: RgbImage, { mesh }: Face, opacity: number, width: number): Sharp {
  const { points } = mesh;
  const height = Math.hypot(points[10].x - points[152].x, points[10].y - points[152].y);
  const { x, y } = points[6];
  const streak = (at: number) =>
    `<rect x="${x - 2 * height}" y="${y + (at - width / 2) * height}" width="${4 * height}"
       height="${width * height}" fill="white" fill-opacity="${opacity}"/>`;
  return drawnOn(
    picture,
    `<filter id="soft"><feGaussianBlur stdDeviation="${height * 0.02}"/></filter>
     <g transform="rotate(30 ${x} ${y})" filter="url(#soft)">${[-0.22, 0.12, 0.5].map(streak).join('')}</g>`,
  );
}
