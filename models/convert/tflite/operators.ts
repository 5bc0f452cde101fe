import type { NetLayout, Value } from '../net.js';
import { channels, constant, filters, isValue, type Operand, value } from '../operands.js';
import { noPadding, type Padding, samePadding, type Window } from '../padding.js';
import { permute, type Tensor } from '../tensor.js';
import { Unconvertible } from '../unconvertible.js';
import type { Table } from './table.js';

type Operator = (net: NetLayout, options: Table | undefined, operands: readonly Operand[]) => Value;

/** The translation of each TensorFlow Lite operator to layers. */
export const operators: ReadonlyMap<string, Operator> = new Map(
  Object.entries<Operator>({
    CONV_2D: convolution,
    DEPTHWISE_CONV_2D: depthwiseConvolution,
    ADD: (net, options, [one, other]) => {
      refuseActivation(options, arithmeticFields);
      return net.add({ kind: 'add' }, value(one), value(other));
    },
    SUB: (net, options, [one, other]) => {
      refuseActivation(options, arithmeticFields);
      return net.add({ kind: 'subtract' }, value(one), value(other));
    },
    MUL: scale,
    ABS: (net, _, [input]) => net.add({ kind: 'absolute' }, value(input)),
    RELU: (net, _, [input]) => net.add({ kind: 'clamp', low: 0, high: Infinity }, value(input)),
    RESHAPE: (net, _, [input, shape]) => net.reshape(value(input), [...constant(shape).data].slice(1)),
  }),
);

/** Field numbers of the schema's options. */
const convolutionFields = { padding: 0, strideX: 1, strideY: 2, activation: 3, dilationX: 4, dilationY: 5 };
const depthwiseFields = { padding: 0, strideX: 1, strideY: 2, activation: 4, dilationX: 5, dilationY: 6 };
const arithmeticFields = { activation: 0 };

/** Padding of the schema. */
const paddings = { same: 0, valid: 1 };

function convolution(net: NetLayout, options: Table | undefined, operands: readonly Operand[]): Value {
  // TensorFlow Lite: [out, height, width, in].
  const weights = permute(filters(operands[1]), [0, 3, 1, 2]);
  return convolve(net, options, convolutionFields, operands, weights, 1);
}

function depthwiseConvolution(
  net: NetLayout,
  options: Table | undefined,
  operands: readonly Operand[],
): Value {
  // TensorFlow Lite: [1, height, width, out]; ONNX: each input channel is a group of its own.
  const weights = permute(filters(operands[1]), [3, 0, 1, 2]);
  return convolve(net, options, depthwiseFields, operands, weights, value(operands[0]).shape[0]);
}

function convolve(
  net: NetLayout,
  options: Table | undefined,
  fields: typeof convolutionFields,
  [input, , bias]: readonly Operand[],
  weights: Tensor,
  groups: number,
): Value {
  if (!options) throw new Unconvertible('a convolution without its options');
  refuseActivation(options, fields);
  if (options.integer(fields.dilationX, 1) !== 1 || options.integer(fields.dilationY, 1) !== 1) {
    throw new Unconvertible('dilated convolutions are not supported');
  }
  const [out, , height, width] = weights.shape;
  const window: Window = {
    kernel: [height, width],
    stride: [options.integer(fields.strideY), options.integer(fields.strideX)],
  };
  if (window.stride.some((cells) => cells < 1)) throw new Unconvertible('a stride below 1');
  const padding = paddingOf(options.byte(fields.padding), value(input), window);
  return net.add(
    { kind: 'convolution', weights, bias: channels(bias, out), window, padding, groups },
    value(input),
  );
}

function scale(net: NetLayout, options: Table | undefined, [one, other]: readonly Operand[]): Value {
  refuseActivation(options, arithmeticFields);
  const [input, factors] = isValue(one) ? [one, other] : [value(other), one];
  return net.add({ kind: 'scale', factors: channels(factors, input.shape[0]) }, input);
}

function paddingOf(kind: number, input: Value, window: Window): Padding {
  if (kind === paddings.valid) return noPadding;
  if (kind === paddings.same) return samePadding([input.shape[1], input.shape[2]], window);
  throw new Unconvertible(`padding ${kind} is not known`);
}

function refuseActivation(options: Table | undefined, { activation }: { readonly activation: number }): void {
  if (options && options.byte(activation) !== 0)
    throw new Unconvertible('fused activations are not supported');
}
