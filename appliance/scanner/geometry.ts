import type { Point } from '../face/image.js';

/** A part of a picture, in pixels; it may reach beyond the picture's edges. */
export type Rectangle = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** Rotations of a picture, in degrees clockwise. */
export const turns = [0, 90, 180, 270] as const;
export type Turn = (typeof turns)[number];

export function centre({ x, y, width, height }: Rectangle): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/** The longer side. */
export function side({ width, height }: Rectangle): number {
  return Math.max(width, height);
}

export function squareAround({ x, y }: Point, length: number): Rectangle {
  return { x: x - length / 2, y: y - length / 2, width: length, height: length };
}

/** Maps a part of a rotated picture back; `width` and `height` are those of the picture before the rotation. */
export function turnBack(
  part: Rectangle,
  turn: Turn,
  { width, height }: { readonly width: number; readonly height: number },
): Rectangle {
  switch (turn) {
    case 0:
      return part;
    case 90:
      return { x: part.y, y: height - part.x - part.width, width: part.height, height: part.width };
    case 180:
      return { ...part, x: width - part.x - part.width, y: height - part.y - part.height };
    case 270:
      return { x: width - part.y - part.height, y: part.x, width: part.height, height: part.width };
  }
}

/** Maps a part of a scaled picture back. */
export function scaledBack({ x, y, width, height }: Rectangle, scale: number): Rectangle {
  return { x: x / scale, y: y / scale, width: width / scale, height: height / scale };
}

export function shifted(part: Rectangle, by: Point): Rectangle {
  return { ...part, x: part.x + by.x, y: part.y + by.y };
}

/** Whether two boxes show one face: the centre of one lies well within the other. */
export function sameFace(a: Rectangle, b: Rectangle): boolean {
  const [from, to] = [centre(a), centre(b)];
  return Math.hypot(from.x - to.x, from.y - to.y) < Math.max(side(a), side(b)) / 2;
}

/** The start positions of tiles that cover `length` and overlap by at least half. */
export function tileStarts(length: number, tile: number): readonly number[] {
  if (length <= tile) return [0];
  const gaps = Math.ceil((length - tile) / (tile / 2));
  return Array.from({ length: gaps + 1 }, (_, i) => Math.round((i * (length - tile)) / gaps));
}
