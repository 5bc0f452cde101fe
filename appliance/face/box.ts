import type { Point } from './image.js';

/** A rectangle in a picture, in pixels; it may reach beyond the picture. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export function centreOf({ x, y, width, height }: Box): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/** The square around a point. */
export function squareAround(middle: Point, side: number): Box {
  return { x: middle.x - side / 2, y: middle.y - side / 2, width: side, height: side };
}

/** The bounding box of points. */
export function boundsOf(points: readonly Point[]): Box {
  const x = Math.min(...points.map((point) => point.x));
  const y = Math.min(...points.map((point) => point.y));
  return {
    x,
    y,
    width: Math.max(...points.map((point) => point.x)) - x,
    height: Math.max(...points.map((point) => point.y)) - y,
  };
}
