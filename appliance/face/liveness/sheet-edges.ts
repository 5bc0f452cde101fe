/** Where the sides of a sheet could be about a face, in a small grey patch: see `edgePatch` for its size. */
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

/**
 * How straight an edge runs on each side of a face: the part of the best straight line on which luma steps by more
 * than `leastStep` in one direction, 0 to 1: left, right, top, bottom. A side that lies outside the patch has none.
 */
export function straightEdges(patch: GreyPatch, face: FaceInPatch): number[] {
  return sides.map(({ upright, from, to, along }) => {
    let best = 0;
    const [start, end] = [along[0] * face.eyes, along[1] * face.eyes];
    for (let offset = from * face.eyes; offset <= to * face.eyes; offset++) {
      for (const lean of leans) best = Math.max(best, edgeOn(patch, face, upright, offset, lean, start, end));
    }
    return best;
  });
}

function edgeOn(
  { data, width, height }: GreyPatch,
  face: FaceInPatch,
  upright: boolean,
  offset: number,
  lean: number,
  start: number,
  end: number,
): number {
  let up = 0;
  let down = 0;
  let count = 0;
  const middle = (start + end) / 2;
  for (let t = start; t <= end; t++) {
    const across = offset + lean * (t - middle);
    const x = Math.round(face.x + (upright ? across : t));
    const y = Math.round(face.y + (upright ? t : across));
    count++;
    if (x < 2 || y < 2 || x >= width - 2 || y >= height - 2) continue;
    const at = y * width + x;
    const reach = upright ? 2 : 2 * width;
    const step = data[at + reach] - data[at - reach];
    if (step > leastStep) up++;
    else if (step < -leastStep) down++;
  }
  return Math.max(up, down) / count;
}
