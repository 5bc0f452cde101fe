/** A small grey picture in which the edges of a sheet around a face are searched for. */
export type GreyPatch = { readonly data: ArrayLike<number>; readonly width: number; readonly height: number };

/** The bridge of the nose in the patch and the eye distance, in pixels. */
export type FaceInPatch = { readonly x: number; readonly y: number; readonly eyes: number };

/** In eye distances from the bridge of the nose: where an edge may be, and which part of it must be visible. */
const sides = [
  { name: 'left', upright: true, from: -3.4, to: -1.15, along: [-0.9, 1.9] },
  { name: 'right', upright: true, from: 1.15, to: 3.4, along: [-0.9, 1.9] },
  { name: 'top', upright: false, from: -2.9, to: -1.2, along: [-1.1, 1.1] },
  { name: 'bottom', upright: false, from: 2, to: 3.9, along: [-1.1, 1.1] },
] as const;

/** The least luma step of an edge. */
const leastStep = 10;
const leans = [-0.2, -0.15, -0.1, -0.05, 0, 0.05, 0.1, 0.15, 0.2];
/** In pixels: the distance to either side of an edge over which luma must step. */
const reach = 2;

/**
 * The straightness of edges to the left, right, top and bottom of a face, 0 to 1: the fraction of the best straight
 * line along which luma steps by more than `leastStep` in one direction. 0 for a side outside the patch.
 */
export function straightEdges(patch: GreyPatch, face: FaceInPatch): number[] {
  const { width, height } = patch;
  const ways = {
    upright: { steps: stepsOf(patch, 1), across: 1, along: width, breadth: width, length: height },
    lying: { steps: stepsOf(patch, width), across: width, along: 1, breadth: height, length: width },
  };
  return sides.map((side) => {
    const [middle, centre] = side.upright ? [face.x, face.y] : [face.y, face.x];
    const [nearest, furthest] = [side.from, side.to].map((position) =>
      Math.round(middle + position * face.eyes),
    );
    const [first, last] = side.along.map((position) => Math.round(centre + position * face.eyes));
    const way = side.upright ? ways.upright : ways.lying;
    return longestLine(way, { nearest, furthest, first, last }) / (last - first + 1);
  });
}

/** The luma steps of a patch across vertical or horizontal edges. */
type Way = {
  /** See `stepsOf`. */
  readonly steps: Int8Array;
  /** The strides in `steps` across and along an edge. */
  readonly across: number;
  readonly along: number;
  /** The number of pixels across and along. */
  readonly breadth: number;
  readonly length: number;
};

/** The range of a line's centre across, and its extent along, in pixels. */
type LineRange = Readonly<Record<'nearest' | 'furthest' | 'first' | 'last', number>>;

/** The largest number of pixels on one line of the range at which luma steps in one direction. */
function longestLine(way: Way, { nearest, furthest, first, last }: LineRange): number {
  let longest = 0;
  for (const lean of leans) {
    const shifts = Int32Array.from({ length: last - first + 1 }, (_, i) =>
      Math.round(lean * (i - (last - first) / 2)),
    );
    for (let offset = nearest; offset <= furthest; offset++) {
      longest = Math.max(longest, stepsOn(way, offset, first, shifts));
    }
  }
  return longest;
}

function stepsOn(
  { steps, across, along, breadth, length }: Way,
  offset: number,
  first: number,
  shifts: Int32Array,
) {
  let rising = 0;
  let falling = 0;
  for (let i = Math.max(0, -first); i < shifts.length && first + i < length; i++) {
    const position = offset + shifts[i];
    if (position < 0 || position >= breadth) continue;
    const step = steps[position * across + (first + i) * along];
    if (step > 0) rising++;
    else if (step < 0) falling++;
  }
  return Math.max(rising, falling);
}

/** 1 for each pixel where luma rises by more than `leastStep` along the stride, -1 where it falls, else 0. */
function stepsOf({ data, width, height }: GreyPatch, stride: number): Int8Array {
  const steps = new Int8Array(width * height);
  for (let y = reach; y < height - reach; y++) {
    for (let at = y * width + reach; at < (y + 1) * width - reach; at++) {
      const step = data[at + reach * stride] - data[at - reach * stride];
      steps[at] = step > leastStep ? 1 : step < -leastStep ? -1 : 0;
    }
  }
  return steps;
}

/**
 * How busy a patch is: the share of it, 0 to 1, at which luma steps across or along, as at an edge. Where shelves or other
 * people fill it, straight edges are everywhere.
 */
export function busyness(patch: GreyPatch): number {
  const [across, along] = [stepsOf(patch, 1), stepsOf(patch, patch.width)];
  return across.filter((step, i) => step !== 0 || along[i] !== 0).length / across.length;
}
