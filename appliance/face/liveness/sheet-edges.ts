/** A small grey patch in which the sides of a sheet about a face are looked for. */
export type GreyPatch = { readonly data: ArrayLike<number>; readonly width: number; readonly height: number };

/** Where the face is in the patch, in its pixels. */
export type FaceInPatch = { readonly x: number; readonly y: number; readonly eyes: number };

/** In eye distances from the bridge of the nose: where an edge may run, and how much of it must be seen. */
const sides = [
  { name: 'left', upright: true, from: -3.4, to: -1.15, along: [-0.9, 1.9] },
  { name: 'right', upright: true, from: 1.15, to: 3.4, along: [-0.9, 1.9] },
  { name: 'top', upright: false, from: -2.9, to: -1.2, along: [-1.1, 1.1] },
  { name: 'bottom', upright: false, from: 2, to: 3.9, along: [-1.1, 1.1] },
] as const;

/** In steps of luma between the two sides of an edge. */
const leastStep = 10;
const leans = [-0.2, -0.15, -0.1, -0.05, 0, 0.05, 0.1, 0.15, 0.2];
/** Pixels to either side of an edge between which luma must step. */
const reach = 2;

/**
 * How straight an edge runs on each side of a face: the part of the best straight line on which luma steps by more
 * than `leastStep` in one direction, 0 to 1: left, right, top, bottom. A side that lies outside the patch has none.
 */
export function straightEdges(patch: GreyPatch, face: FaceInPatch): number[] {
  const { width, height } = patch;
  const ways = {
    upright: { steps: stepsOf(patch, 1), across: 1, along: width, breadth: width, length: height },
    lying: { steps: stepsOf(patch, width), across: width, along: 1, breadth: height, length: width },
  };
  return sides.map((side) => {
    const [middle, centre] = side.upright ? [face.x, face.y] : [face.y, face.x];
    const [nearest, furthest] = [side.from, side.to].map((place) => Math.round(middle + place * face.eyes));
    const [first, last] = side.along.map((place) => Math.round(centre + place * face.eyes));
    const way = side.upright ? ways.upright : ways.lying;
    return longestLine(way, { nearest, furthest, first, last }) / (last - first + 1);
  });
}

/** The steps of a patch as upright edges cross them, or lying ones. */
type Way = {
  /** See `stepsOf`. */
  readonly steps: Int8Array;
  /** How far it is in `steps` from one pixel to the next: across an edge, and along it. */
  readonly across: number;
  readonly along: number;
  /** How many pixels there are across, and along. */
  readonly breadth: number;
  readonly length: number;
};

/** Where the middle of a line may lie across, and from where to where it runs along, in pixels. */
type Place = Readonly<Record<'nearest' | 'furthest' | 'first' | 'last', number>>;

/** Of all lines in this place the most pixels on one at which luma steps in one direction. */
function longestLine(way: Way, { nearest, furthest, first, last }: Place): number {
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
    const place = offset + shifts[i];
    if (place < 0 || place >= breadth) continue;
    const step = steps[place * across + (first + i) * along];
    if (step > 0) rising++;
    else if (step < 0) falling++;
  }
  return Math.max(rising, falling);
}

/** For each pixel 1 where luma rises by more than `leastStep` along the stride, -1 where it falls, or 0. */
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
