/** Cells added to a picture at the top and left (`begin`) and at the bottom and right (`end`). */
export type Padding = {
  readonly begin: readonly [height: number, width: number];
  readonly end: readonly [height: number, width: number];
};

export type Window = {
  readonly kernel: readonly [height: number, width: number];
  readonly stride: readonly [height: number, width: number];
};

export const noPadding: Padding = { begin: [0, 0], end: [0, 0] };

/**
 * TensorFlow's SAME: the output has ceil(input / stride) cells; the missing input is added half on each side,
 * an odd cell at the end. Equals ONNX's SAME_UPPER, which is deprecated.
 */
export function samePadding(input: readonly [number, number], window: Window): Padding {
  const total = input.map((size, axis) => {
    const stride = window.stride[axis];
    return Math.max((Math.ceil(size / stride) - 1) * stride + window.kernel[axis] - size, 0);
  });
  const begin = total.map((cells) => Math.floor(cells / 2));
  return { begin: [begin[0], begin[1]], end: [total[0] - begin[0], total[1] - begin[1]] };
}

/** The output size of a sliding window over a padded input. */
export function outputSize(
  input: readonly [number, number],
  window: Window,
  { begin, end }: Padding,
): [height: number, width: number] {
  const along = (axis: 0 | 1) =>
    Math.floor((input[axis] + begin[axis] + end[axis] - window.kernel[axis]) / window.stride[axis]) + 1;
  return [along(0), along(1)];
}
