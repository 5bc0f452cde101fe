/** A constant in row-major order. Weights are float32, shapes and paddings int32. */
export type Tensor = {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
};

export function elements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Transposes a tensor: axis `i` of the result is axis `order[i]` of `tensor`. */
export function permute({ shape, data }: Tensor, order: readonly number[]): Tensor {
  const strides = shape.map((_, axis) => elements(shape.slice(axis + 1)));
  const permuted = { shape: order.map((axis) => shape[axis]), data: data.slice() };
  const steps = order.map((axis) => strides[axis]);
  const index = new Array<number>(order.length).fill(0);
  let from = 0;
  for (let to = 0; to < data.length; to++) {
    permuted.data[to] = data[from]!;
    for (let axis = order.length - 1; axis >= 0; axis--) {
      from += steps[axis];
      if (++index[axis] < permuted.shape[axis]) break;
      from -= steps[axis] * permuted.shape[axis];
      index[axis] = 0;
    }
  }
  return permuted;
}
