import { fitHomography } from '../../appliance/face/liveness/homography.js';
import type { Ink } from './ink.js';
import { bridge, eyes } from './portrait.js';
import { type Pose, projector } from './pose.js';
import { type Canvas, frame } from './render.js';

/** A screen's half width, and its extent up and down, in eye distances of the face shown. */
type Glass = { readonly half: number; readonly up: number; readonly down: number };

/**
 * Draws a film shown on a screen. The film's pixels stay where they were drawn; the screen's pixel grid is
 * projected in space; around the glass are a dark rim and the room.
 *
 * @param glass undefined for a screen whose edges lie outside the picture
 */
export function drawFilmOnScreen(
  canvas: Canvas,
  film: Canvas,
  pose: Pose,
  { light, glass }: { readonly light: Ink; readonly glass: Glass | undefined },
): void {
  const [a, b, c, d, e, f, g, h, i] = fromPicture(pose);
  const colour = new Float32Array(3);
  for (let y = 0.5, at = 0; y < frame.height; y++) {
    for (let x = 0.5; x < frame.width; x++, at += 3) {
      const w = g * x + h * y + i;
      const px = (a * x + b * y + c) / w;
      const py = (d * x + e * y + f) / w;
      const beyond = glass ? Math.max(Math.abs(px) - glass.half, -glass.up - py, py - glass.down) : -1;
      if (beyond > rim) continue;
      if (beyond > 0) colour.fill(22);
      else {
        for (let k = 0; k < 3; k++) colour[k] = film.colours[at + k];
        light(colour, px * eyes + bridge.x, py * eyes + bridge.y);
      }
      for (let k = 0; k < 3; k++) canvas.colours[at + k] = colour[k];
    }
  }
}

/** In eye distances. */
const rim = 0.25;

/** The homography from picture pixels to a plane, in eye distances from the bridge of the nose. */
function fromPicture(pose: Pose): readonly number[] {
  const project = projector(pose, 0);
  const corners = [
    { x: -2, y: -2 },
    { x: 2, y: -2 },
    { x: 2, y: 2 },
    { x: -2, y: 2 },
  ];
  return fitHomography(
    corners.map(({ x, y }) => project(x, y, 0)),
    corners,
  );
}
