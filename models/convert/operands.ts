import type { Value } from './net.js';
import type { Tensor } from './tensor.js';
import { Unconvertible } from './unconvertible.js';

/** An operator's input: a value that depends on the picture, or a constant. */
export type Operand = Value | Tensor;

export function isValue(operand: Operand | undefined): operand is Value {
  return operand !== undefined && 'name' in operand;
}

export function value(operand: Operand | undefined): Value {
  if (!isValue(operand)) throw new Unconvertible('expected a value, found a constant');
  return operand;
}

export function constant(operand: Operand | undefined): Tensor {
  if (!operand || isValue(operand)) throw new Unconvertible('expected a constant, found a value');
  return operand;
}

/** Filters of a convolution, which have four axes in every source. */
export function filters(operand: Operand | undefined): Tensor {
  const tensor = constant(operand);
  if (tensor.shape.length !== 4) throw new Unconvertible('expected filters with four axes');
  return tensor;
}

export function number(operand: Operand | undefined): number {
  const { data } = constant(operand);
  if (data.length !== 1) throw new Unconvertible('expected a scalar');
  return data[0];
}

/** A constant as one number for each of `count` channels; a scalar is repeated. */
export function channels(operand: Operand | undefined, count: number): Float32Array {
  const { data } = constant(operand);
  if (data.length !== 1 && data.length !== count) {
    throw new Unconvertible('expected one number for each channel');
  }
  return Float32Array.from({ length: count }, (_, channel) => data[data.length === 1 ? 0 : channel]);
}
