import type { GraphNode } from './graph-model.js';
import type { NetLayout, Value } from './net.js';
import { channels, constant, filters, isValue, number, type Operand, value } from './operands.js';
import { noPadding, samePadding, type Padding, type Window } from './padding.js';
import { permute, type Tensor } from './tensor.js';
import { Unconvertible } from './unconvertible.js';

type Operator = (net: NetLayout, node: GraphNode, operands: readonly Operand[]) => Value;

/** The translation of each TensorFlow operator to layers. */
export const operators: ReadonlyMap<string, Operator> = new Map(
  Object.entries<Operator>({
    Conv2D: convolution,
    _FusedConv2D: convolution,
    DepthwiseConv2dNative: depthwiseConvolution,
    Add: add,
    AddV2: add,
    Mul: (net, _, [input, factors]) =>
      net.add({ kind: 'scale', factors: channels(factors, value(input).shape[0]) }, value(input)),
    Relu: (net, _, [input]) => net.add({ kind: 'clamp', low: 0, high: Infinity }, value(input)),
    Minimum: (net, _, [input, high]) =>
      net.add({ kind: 'clamp', low: -Infinity, high: number(high) }, value(input)),
    Maximum: (net, _, [input, low]) =>
      net.add({ kind: 'clamp', low: number(low), high: Infinity }, value(input)),
    Prelu: (net, _, [input, slopes]) => prelu(net, value(input), slopes),
    MaxPool: maxPool,
    Pad: pad,
    Mean: mean,
    Reshape: reshape,
    Sigmoid: (net, _, [input]) => net.add({ kind: 'sigmoid' }, value(input)),
    Identity: (_net, _, [input]) => value(input),
  }),
);

function convolution(net: NetLayout, node: GraphNode, operands: readonly Operand[]): Value {
  const [input, weights, ...fused] = operands;
  // TensorFlow: [height, width, in, out].
  return convolve(net, node, value(input), permute(filters(weights), [3, 2, 0, 1]), 1, fused);
}

function depthwiseConvolution(net: NetLayout, node: GraphNode, operands: readonly Operand[]): Value {
  const [input, tensor, ...fused] = operands;
  // TensorFlow: [height, width, in, multiplier]; ONNX: each input channel is a group of its own.
  const [height, width, into, multiplier] = filters(tensor).shape;
  const { data } = permute(filters(tensor), [2, 3, 0, 1]);
  const weights = { shape: [into * multiplier, 1, height, width], data };
  return convolve(net, node, value(input), weights, into, fused);
}

function convolve(
  net: NetLayout,
  node: GraphNode,
  input: Value,
  weights: Tensor,
  groups: number,
  fused: readonly Operand[],
): Value {
  const { shape } = weights;
  if (node.attr.dilations?.list.i.some((dilation) => dilation !== 1)) {
    throw new Unconvertible(`${node.name}: dilated convolutions are not supported`);
  }
  const window: Window = {
    kernel: [shape[2], shape[3]],
    stride: rowsAndColumns(node.attr.strides?.list.i),
  };
  const padding = paddingOf(node, input, window);
  const bias = new Float32Array(shape[0]);
  const convolved = net.add({ kind: 'convolution', weights, bias, window, padding, groups }, input);
  return applyFused(net, node, convolved, fused);
}

/** Applies what TensorFlow fuses into a convolution: a bias, then an activation, with their operands. */
function applyFused(net: NetLayout, node: GraphNode, input: Value, operands: readonly Operand[]): Value {
  const left = [...operands];
  return (node.attr.fused_ops?.list.s ?? []).reduce((result, operation) => {
    switch (operation) {
      case 'BiasAdd':
        return net.add({ kind: 'shift', terms: channels(left.shift(), result.shape[0]) }, result);
      case 'Relu':
        return net.add({ kind: 'clamp', low: 0, high: Infinity }, result);
      case 'Prelu':
        return prelu(net, result, left.shift());
      default:
        throw new Unconvertible(`${node.name}: ${operation} cannot be fused`);
    }
  }, input);
}

function add(net: NetLayout, _: GraphNode, [input, other]: readonly Operand[]): Value {
  if (isValue(other)) return net.add({ kind: 'add' }, value(input), other);
  return net.add({ kind: 'shift', terms: channels(other, value(input).shape[0]) }, value(input));
}

function prelu(net: NetLayout, input: Value, slopes: Operand | undefined): Value {
  return net.add({ kind: 'prelu', slopes: channels(slopes, input.shape[0]) }, input);
}

function maxPool(net: NetLayout, node: GraphNode, [input]: readonly Operand[]): Value {
  const window: Window = {
    kernel: rowsAndColumns(node.attr.ksize?.list.i),
    stride: rowsAndColumns(node.attr.strides?.list.i),
  };
  const padding = paddingOf(node, value(input), window);
  return net.add({ kind: 'max-pool', window, padding }, value(input));
}

function pad(net: NetLayout, node: GraphNode, [input, paddings]: readonly Operand[]): Value {
  // [begin, end] for each of batch, rows, columns, channels.
  const cells = [...constant(paddings).data];
  const [rows, columns, depth] = [cells[3], cells[5], cells[7]];
  if (cells.some((count, index) => count !== 0 && (index % 2 === 0 || index === 1))) {
    throw new Unconvertible(`${node.name}: only the ends of a picture's axes can be padded`);
  }
  return net.add({ kind: 'pad', end: [depth, rows, columns] }, value(input));
}

function mean(net: NetLayout, node: GraphNode, [input, axes]: readonly Operand[]): Value {
  if (constant(axes).data.join() !== '1,2')
    throw new Unconvertible(`${node.name}: only rows and columns are averaged`);
  return net.add({ kind: 'mean' }, value(input));
}

function reshape(net: NetLayout, _: GraphNode, [input, shape]: readonly Operand[]): Value {
  return net.reshape(value(input), [...constant(shape).data].slice(1));
}

function paddingOf(node: GraphNode, input: Value, window: Window): Padding {
  const kind = node.attr.padding?.s;
  if (kind === 'VALID') return noPadding;
  if (kind === 'SAME') return samePadding([input.shape[1], input.shape[2]], window);
  throw new Unconvertible(`${node.name}: padding ${kind ?? 'is missing'}`);
}

/** Reads [batch, rows, columns, channels]. */
function rowsAndColumns(list: readonly number[] | undefined): [number, number] {
  if (list?.length !== 4 || list[0] !== 1 || list[3] !== 1)
    throw new Unconvertible('a window over more than a picture');
  return [list[1], list[2]];
}
