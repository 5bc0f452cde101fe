import { Formula, type Term } from '../convert/formula.js';
import { encodeOnnx } from '../convert/onnx.js';

/**
 * A graph of our own that crops, rotates and scales a square of a picture to a net's input: [1, H, W, 3]
 * uint8 to [1, 3, S, S] float32, each channel times `scale` plus `offset`.
 *
 * `transform` maps the square's coordinates to the picture's, both from -1 to 1 between the outer edges of
 * the outer pixels (ONNX AffineGrid and GridSample, align_corners = 0). Outside the picture is black, as in
 * dlib's extract_image_chip and mediapipe's detector; repeating the edge would draw streaks that are part of
 * nobody's face.
 *
 * Only the window around the square is converted to float32: a 12-megapixel picture would take 144 MB. If the
 * square's pixels are `k` or more picture pixels apart, the window is first averaged over k × k pixels, so
 * that no pixel is skipped.
 *
 * `pair` is the square and its mirror image, for a net that takes both in one batch.
 */
export function warp(): Uint8Array {
  const formula = new Formula();
  const square = readSquare(formula);
  const window = cutWindow(formula, square);
  const levels = shrinkWindow(formula, window, square.factor);
  const sampled = sample(formula, levels, transformTo(formula, square, window));

  const scaled = formula.multiply(sampled, 'scale');
  const image = formula.name('image', 'Add', [scaled, 'offset']);
  formula.name('pair', 'Concat', [image, mirror(formula, image)], { axis: { int: 0 } });

  return encodeOnnx({
    name: 'warp',
    inputs: [
      { name: 'picture', type: 'uint8', shape: [1, 'H', 'W', 3] },
      { name: 'transform', type: 'float32', shape: [1, 2, 3] },
      { name: 'size', type: 'int64', shape: [4] },
      { name: 'scale', type: 'float32', shape: [1, 3, 1, 1] },
      { name: 'offset', type: 'float32', shape: [1, 3, 1, 1] },
    ],
    outputs: [
      { name: 'image', type: 'float32', shape: [1, 3, 'S', 'S'] },
      { name: 'pair', type: 'float32', shape: [2, 3, 'S', 'S'] },
    ],
    constants: formula.constants,
    nodes: formula.nodes,
  });
}

/** Vectors are [x, y] in float32 unless stated otherwise. */
type Square = {
  /** The picture's width and height. */
  readonly extent: Term;
  /** The transform's linear part, a [2, 2] matrix, and its translation. */
  readonly linear: Term;
  readonly shift: Term;
  /** Picture pixels for each pixel of the square, rounded down, at least 1. Shape [1]. */
  readonly factor: Term;
};

function readSquare(formula: Formula): Square {
  const rowsAndColumns = formula.apply('Shape', ['picture'], { start: { int: 1 }, end: { int: 3 } });
  const extent = formula.toFloat(formula.pick(rowsAndColumns, 1, 0));
  const matrix = formula.apply('Squeeze', ['transform', formula.integers(0)]);
  const columnsOf = (from: number, to: number) =>
    formula.apply('Slice', [matrix, formula.integers(from), formula.integers(to), formula.integers(1)]);
  const linear = columnsOf(0, 2);
  const shift = formula.apply('Squeeze', [columnsOf(2, 3), formula.integers(1)]);

  // A unit is half the square's side, and half the picture's extent: the halves cancel.
  const side = formula.toFloat(formula.pick('size', 3));
  const pixels = formula.multiply(linear, asColumn(formula, extent));
  const lengths = formula.apply('ReduceL2', [pixels, formula.integers(0)], { keepdims: { int: 0 } });
  const longest = formula.apply('ReduceMax', [lengths, formula.integers(0)]);
  const step = formula.apply('Floor', [formula.divide(longest, side)]);
  return { extent, linear, shift, factor: formula.apply('Max', [step, formula.floats(1)]) };
}

type Window = {
  /** [1, rows, columns, 3] uint8. */
  readonly pixels: Term;
  /** Its top left corner, and its size in averaged cells. */
  readonly first: Term;
  readonly cells: Term;
};

/**
 * Cuts out the part of the picture around the square, with a margin for averaging at its edges. Never empty.
 */
function cutWindow(formula: Formula, { extent, linear, shift, factor }: Square): Window {
  const half = formula.multiply(extent, formula.floats(0.5));
  const centre = formula.multiply(formula.add(shift, formula.floats(1)), half);
  const corners = formula.apply('ReduceSum', [formula.apply('Abs', [linear]), formula.integers(1)], {
    keepdims: { int: 0 },
  });
  const room = formula.multiply(factor, formula.floats(2));
  const reach = formula.add(formula.multiply(corners, half), room);
  const from = formula.apply('Floor', [formula.subtract(centre, reach)]);
  const to = formula.apply('Ceil', [formula.add(centre, reach)]);

  const lastPixel = formula.subtract(extent, formula.floats(1));
  const first = formula.apply('Max', [formula.apply('Min', [from, lastPixel]), formula.floats(0)]);
  const beyond = formula.apply('Max', [to, formula.add(first, formula.floats(1))]);
  const end = formula.apply('Min', [beyond, extent]);
  const pixels = formula.apply('Slice', [
    'picture',
    rowColumn(formula, first),
    rowColumn(formula, end),
    formula.integers(1, 2),
  ]);
  const cells = formula.apply('Ceil', [formula.divide(formula.subtract(end, first), factor)]);
  return { pixels, first, cells };
}

/** Averages `factor` × `factor` pixels, to [1, 3, rows, columns] float32; missing pixels are black. */
function shrinkWindow(formula: Formula, { pixels, cells }: Window, factor: Term): Term {
  const covered = rowColumn(formula, formula.multiply(cells, factor));
  const cut = formula.apply('Shape', [pixels], { start: { int: 1 }, end: { int: 3 } });
  const pads = formula.join(formula.integers(0, 0), formula.subtract(covered, cut));
  const padded = formula.apply('Pad', [pixels, pads, '', formula.integers(1, 2)]);

  // Columns first, then rows: onnxruntime is fast when it averages one axis at a time.
  const counts = rowColumn(formula, cells);
  const [rows, columns] = [formula.pick(counts, 0), formula.pick(counts, 1)];
  const cellSize = formula.toInteger(factor);
  const planes = formula.apply('Transpose', [padded], { perm: { ints: [0, 3, 1, 2] } });
  const levels = formula.toFloat(planes);
  const rowBlocks = formula.join(formula.integers(3), rows, cellSize, formula.integers(-1));
  const down = formula.apply('ReduceMean', [
    formula.apply('Reshape', [levels, rowBlocks]),
    formula.integers(2),
  ]);
  const columnBlocks = formula.join(formula.integers(1, 3), rows, columns, cellSize);
  return formula.apply('ReduceMean', [formula.apply('Reshape', [down, columnBlocks]), formula.integers(4)], {
    keepdims: { int: 0 },
  });
}

/** The transform from the square to the shrunk window instead of the picture, [1, 2, 3]. */
function transformTo(
  formula: Formula,
  { extent, linear, shift, factor }: Square,
  { first, cells }: Window,
): Term {
  const covered = formula.multiply(cells, factor);
  const ratio = formula.divide(extent, covered);
  const ahead = formula.subtract(extent, formula.multiply(first, formula.floats(2)));
  const moved = formula.add(formula.multiply(shift, ratio), formula.divide(ahead, covered));
  const parts = [
    formula.multiply(linear, asColumn(formula, ratio)),
    asColumn(formula, formula.subtract(moved, formula.floats(1))),
  ];
  const matrix = formula.apply('Concat', parts, { axis: { int: 1 } });
  return formula.apply('Unsqueeze', [matrix, formula.integers(0)]);
}

function sample(formula: Formula, levels: Term, transform: Term): Term {
  const grid = formula.apply('AffineGrid', [transform, 'size'], { align_corners: { int: 0 } });
  return formula.apply('GridSample', [levels, grid], {
    mode: { text: 'linear' },
    padding_mode: { text: 'zeros' },
    align_corners: { int: 0 },
  });
}

function mirror(formula: Formula, image: Term): Term {
  // A negative step counts down from the last column (-1); only the smallest end lies before the first.
  const [last, beforeFirst] = [-1, -(2 ** 31)];
  return formula.apply('Slice', [
    image,
    formula.integers(last),
    formula.integers(beforeFirst),
    formula.integers(3),
    formula.integers(-1),
  ]);
}

/** A vector as a column. */
function asColumn(formula: Formula, vector: Term): Term {
  return formula.apply('Unsqueeze', [vector, formula.integers(1)]);
}

/** [x, y] as [row, column] in int64. */
function rowColumn(formula: Formula, vector: Term): Term {
  return formula.toInteger(formula.pick(vector, 1, 0));
}
