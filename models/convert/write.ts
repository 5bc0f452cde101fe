import { foldPrelu } from './fold-prelu.js';
import { fold } from './fold.js';
import type { Layer, Net, Shape, Value } from './net.js';
import { type Attribute, type Constant, encodeOnnx, type OnnxNode, type OnnxValue } from './onnx.js';
import type { Padding, Window } from './padding.js';

/** Encodes a net as ONNX. Inputs and outputs are float32 with the batch `N` as first axis. */
export function writeNet(name: string, net: Net): Uint8Array {
  const folded = fold(foldPrelu(net));
  const shapes = new Map([folded.input, ...folded.layers].map((value) => [value.name, value.shape]));
  const parts = folded.layers.map((layer) => writeLayer(layer, shapes.get(layer.inputs[0])!));
  return encodeOnnx({
    name,
    inputs: [batchOf(folded.input)],
    outputs: folded.outputs.map(batchOf),
    constants: parts.flatMap((part) => part.constants),
    nodes: parts.flatMap((part) => part.nodes),
  });
}

function batchOf({ name, shape }: Value): OnnxValue {
  return { name, type: 'float32', shape: ['N', ...shape] };
}

type Part = { readonly nodes: readonly OnnxNode[]; readonly constants: readonly Constant[] };

function writeLayer(layer: Layer, inputShape: Shape): Part {
  const { name, operation, inputs } = layer;
  const constant = (suffix: string, data: Float32Array, shape: readonly number[]): Constant => ({
    name: `${name}/${suffix}`,
    shape,
    data,
  });
  const integers = (suffix: string, values: readonly number[]): Constant => ({
    name: `${name}/${suffix}`,
    shape: [values.length],
    data: BigInt64Array.from(values, BigInt),
  });
  /** One node that reads the layer's inputs, then these constants. */
  const node = (
    operator: string,
    constants: readonly Constant[] = [],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): Part => ({
    nodes: [
      { operator, inputs: [...inputs, ...constants.map((each) => each.name)], outputs: [name], attributes },
    ],
    constants,
  });

  switch (operation.kind) {
    case 'convolution': {
      const { weights, bias, window, padding, groups } = operation;
      const constants = [
        constant('weights', weights.data as Float32Array, weights.shape),
        constant('bias', bias, [bias.length]),
      ];
      return node('Conv', constants, { ...windowAttributes(window, padding), group: { int: groups } });
    }
    case 'scale':
      return node('Mul', [constant('factors', operation.factors, perChannel(operation.factors))]);
    case 'shift':
      return node('Add', [constant('terms', operation.terms, perChannel(operation.terms))]);
    case 'clamp': {
      const { low, high } = operation;
      if (low === 0 && high === Infinity) return node('Relu');
      return node('Clip', [
        constant('low', Float32Array.of(low), []),
        constant('high', Float32Array.of(high), []),
      ]);
    }
    case 'prelu':
      return writePrelu(layer, operation.slopes);
    case 'add':
      return node('Add');
    case 'subtract':
      return node('Sub');
    case 'absolute':
      return node('Abs');
    case 'max-pool':
      return node('MaxPool', [], windowAttributes(operation.window, operation.padding));
    case 'average-pool':
      return node('AveragePool', [], windowAttributes(operation.window, operation.padding));
    case 'pad':
      return node('Pad', [integers('pads', [...new Array<number>(5).fill(0), ...operation.end])]);
    case 'mean': {
      const mean = `${name}/mean`;
      return {
        nodes: [
          { operator: 'GlobalAveragePool', inputs, outputs: [mean] },
          { operator: 'Flatten', inputs: [mean], outputs: [name] },
        ],
        constants: [],
      };
    }
    case 'product': {
      const { weights } = operation;
      return node('Gemm', [constant('weights', weights.data as Float32Array, weights.shape)]);
    }
    case 'reshape':
      return writeReshape(layer, inputShape, integers('shape', [0, ...layer.shape]));
    case 'sigmoid':
      return node('Sigmoid');
  }
}

/**
 * Writes a PReLU as (1 − slope) · relu(x) + slope · x. ONNX Runtime 1.30's own PRelu goes value by value; without it
 * the mesh takes less than half the time, and MobileFaceNet 0.6 of it (x86-64).
 */
function writePrelu({ name, inputs }: Layer, slopes: Float32Array): Part {
  const shape = perChannel(slopes);
  const rest = { name: `${name}/rest`, shape, data: slopes.map((slope) => 1 - slope) };
  const slope = { name: `${name}/slopes`, shape, data: slopes };
  const [positive, bent, straight] = ['positive', 'bent', 'straight'].map((part) => `${name}/${part}`);
  return {
    nodes: [
      { operator: 'Relu', inputs, outputs: [positive] },
      { operator: 'Mul', inputs: [positive, rest.name], outputs: [bent] },
      { operator: 'Mul', inputs: [...inputs, slope.name], outputs: [straight] },
      { operator: 'Add', inputs: [bent, straight], outputs: [name] },
    ],
    constants: [rest, slope],
  };
}

/** Reshapes in channels-last order; transposes first unless there is only one channel or one pixel. */
function writeReshape({ name, inputs }: Layer, from: Shape, shape: Constant): Part {
  const [channels, height, width] = from;
  const reshape = (input: string): OnnxNode => ({
    operator: 'Reshape',
    inputs: [input, shape.name],
    outputs: [name],
  });
  if (from.length !== 3 || channels === 1 || height * width === 1) {
    return { nodes: [reshape(inputs[0])], constants: [shape] };
  }
  const turned = `${name}/channels-last`;
  const transpose: OnnxNode = {
    operator: 'Transpose',
    inputs,
    outputs: [turned],
    attributes: { perm: { ints: [0, 2, 3, 1] } },
  };
  return { nodes: [transpose, reshape(turned)], constants: [shape] };
}

/** The shape [channels, 1, 1], which broadcasts over rows and columns. */
function perChannel(values: Float32Array): [number, 1, 1] {
  return [values.length, 1, 1];
}

function windowAttributes(window: Window, { begin, end }: Padding): Record<string, Attribute> {
  return {
    kernel_shape: { ints: window.kernel },
    strides: { ints: window.stride },
    pads: { ints: [...begin, ...end] },
  };
}
