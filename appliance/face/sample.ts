import { type Affine, apply, chain, scaledRotation, translation } from './affine.js';
import type { RgbImage } from './image.js';
import type { Net, Recogniser } from './manifest.js';
import { Tensor } from './onnxruntime.js';

/**
 * Samples a square of a picture for a net's input, bilinearly. Where the net's pixels are k or more of the picture's
 * apart, the picture is first averaged over k × k pixels, so that none is skipped.
 *
 * A loop of our own: a graph of ONNX's AffineGrid and GridSample takes several times as long.
 *
 * @param toPicture maps the pixels of the net's square input to the picture's
 * @param mirrored whether the square is followed by its mirror image, as a batch of two
 * @returns float32 [1 or 2, 3, S, S] in the net's range and order of colours; black outside the picture, as in dlib's
 *   extract_image_chip and mediapipe's detector
 */
export function sample(
  { data, width, height }: RgbImage,
  input: Net['input'] | Recogniser['input'],
  toPicture: Affine,
  mirrored = false,
): Tensor {
  const side = input.shape[2];
  const step = Math.max(1, Math.floor(Math.max(...spacing(toPicture))));
  const window = windowOf(toPicture, side, step, width, height);
  const cells = average(data, width, window, step);
  const toCells = chain(
    toPicture,
    translation(-window.left, -window.top),
    scaledRotation(1 / step, 0),
    // Half a cell, since a level belongs to its cell's centre, less the black edge around them.
    translation(edge - 0.5, edge - 0.5),
  );
  const count = mirrored ? 2 : 1;
  const planes = new Float32Array(count * 3 * side * side);
  interpolate(cells, toCells, planes, side);
  toRange(planes, input, side * side);
  if (mirrored) mirror(planes, side);
  return new Tensor('float32', planes, [count, 3, side, side]);
}

/** How many of the picture's pixels lie between neighbours in a row of the input, and in a column. */
function spacing({ a, b, d, e }: Affine): readonly [number, number] {
  return [Math.hypot(a, d), Math.hypot(b, e)];
}

/** In pixels; `right` and `bottom` are beyond the last ones. */
type Window = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

/** The part of the picture around the square, with room for averaging at its edges; never empty. */
function windowOf(toPicture: Affine, side: number, step: number, width: number, height: number): Window {
  const centre = apply(toPicture, { x: side / 2, y: side / 2 });
  const room = 2 * step;
  const across = ((Math.abs(toPicture.a) + Math.abs(toPicture.b)) * side) / 2 + room;
  const down = ((Math.abs(toPicture.d) + Math.abs(toPicture.e)) * side) / 2 + room;
  const left = clamp(Math.floor(centre.x - across), 0, width - 1);
  const top = clamp(Math.floor(centre.y - down), 0, height - 1);
  return {
    left,
    top,
    right: clamp(Math.ceil(centre.x + across), left + 1, width),
    bottom: clamp(Math.ceil(centre.y + down), top + 1, height),
  };
}

/** In cells: the black around them, so that a neighbour outside needs no question. */
const edge = 1;

/** Means of the window's pixels, three a cell, with a black edge around them. */
type Cells = { readonly levels: Float32Array; readonly columns: number; readonly rows: number };

/** Averages `step` × `step` pixels; what is missing at the window's end is black. */
function average(data: Uint8Array, width: number, window: Window, step: number): Cells {
  const { left, top, right, bottom } = window;
  const columns = Math.ceil((right - left) / step) + 2 * edge;
  const rows = Math.ceil((bottom - top) / step) + 2 * edge;
  const levels = new Float32Array(columns * rows * 3);
  const share = 1 / (step * step);
  for (let y = top; y < bottom; y++) {
    let to = ((Math.floor((y - top) / step) + edge) * columns + edge) * 3;
    for (let x = left; x < right; x += step, to += 3) {
      let [red, green, blue] = [0, 0, 0];
      const end = (y * width + Math.min(x + step, right)) * 3;
      for (let from = (y * width + x) * 3; from < end; from += 3) {
        red += data[from];
        green += data[from + 1];
        blue += data[from + 2];
      }
      levels[to] += red * share;
      levels[to + 1] += green * share;
      levels[to + 2] += blue * share;
    }
  }
  return { levels, columns, rows };
}

/** Fills the first three planes with the levels, 0 to 255, at the centres of the square's pixels. */
function interpolate(
  { levels, columns, rows }: Cells,
  toCells: Affine,
  planes: Float32Array,
  side: number,
): void {
  const { a, d } = toCells;
  const plane = side * side;
  const rowOfCells = columns * 3;
  for (let row = 0, at = 0; row < side; row++) {
    let { x, y } = apply(toCells, { x: 0.5, y: row + 0.5 });
    for (let column = 0; column < side; column++, at++, x += a, y += d) {
      const left = Math.floor(x);
      const top = Math.floor(y);
      if (left < 0 || top < 0 || left >= columns - 1 || top >= rows - 1) continue;
      const right = x - left;
      const down = y - top;
      const nw = (1 - right) * (1 - down);
      const ne = right * (1 - down);
      const sw = (1 - right) * down;
      const se = right * down;
      const from = top * rowOfCells + left * 3;
      const below = from + rowOfCells;
      planes[at] = nw * levels[from] + ne * levels[from + 3] + sw * levels[below] + se * levels[below + 3];
      planes[at + plane] =
        nw * levels[from + 1] + ne * levels[from + 4] + sw * levels[below + 1] + se * levels[below + 4];
      planes[at + 2 * plane] =
        nw * levels[from + 2] + ne * levels[from + 5] + sw * levels[below + 2] + se * levels[below + 5];
    }
  }
}

/** Brings the first three planes, of red, green and blue, into the net's range and order. */
function toRange(
  planes: Float32Array,
  { colours, scale, offset }: Net['input'] | Recogniser['input'],
  plane: number,
): void {
  for (let channel = 0; channel < 3; channel++) {
    const [factor, added] = [scale[channel], offset[channel]];
    for (let at = channel * plane; at < (channel + 1) * plane; at++) planes[at] = planes[at] * factor + added;
  }
  if (colours === 'RGB') return;
  const red = planes.slice(0, plane);
  planes.copyWithin(0, 2 * plane, 3 * plane);
  planes.set(red, 2 * plane);
}

/** Puts the mirror image of the first three planes behind them. */
function mirror(planes: Float32Array, side: number): void {
  const second = 3 * side * side;
  for (let row = 0; row < second; row += side) {
    planes.set(planes.subarray(row, row + side).toReversed(), second + row);
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
