import { outputSize, type Padding, type Window } from './padding.js';
import { elements, type Tensor } from './tensor.js';

/**
 * A feed-forward net between its source and ONNX. Pictures are [channels, height, width], vectors [features];
 * the batch comes before both and is never written down.
 */
export type Shape = readonly number[];

export type Operation =
  /** Weights [out, in / groups, height, width], one bias for each output channel. */
  | {
      readonly kind: 'convolution';
      readonly weights: Tensor;
      readonly bias: Float32Array;
      readonly window: Window;
      readonly padding: Padding;
      readonly groups: number;
    }
  /** Times and plus one number a channel. */
  | { readonly kind: 'scale'; readonly factors: Float32Array }
  | { readonly kind: 'shift'; readonly terms: Float32Array }
  /** Cuts values off below `low` and above `high`: [0, ∞] is ReLU, [0, 6] ReLU6. */
  | { readonly kind: 'clamp'; readonly low: number; readonly high: number }
  | { readonly kind: 'prelu'; readonly slopes: Float32Array }
  | { readonly kind: 'add' }
  | { readonly kind: 'max-pool'; readonly window: Window; readonly padding: Padding }
  | { readonly kind: 'average-pool'; readonly window: Window; readonly padding: Padding }
  /** Zeros at the end of each axis; nothing in these nets is padded at the beginning. */
  | { readonly kind: 'pad'; readonly end: Shape }
  /** The mean of each channel. */
  | { readonly kind: 'mean' }
  /** A vector times weights [in, out]. */
  | { readonly kind: 'product'; readonly weights: Tensor }
  /** Other axes for the same numbers, counted as TensorFlow stores a picture: channels innermost. */
  | { readonly kind: 'reshape' }
  | { readonly kind: 'sigmoid' };

export type Layer = {
  readonly name: string;
  readonly operation: Operation;
  readonly inputs: readonly string[];
  readonly shape: Shape;
};

/** A value in a net that is being laid out: the net's input, or what a layer makes. */
export type Value = { readonly name: string; readonly shape: Shape };

export type Net = {
  readonly input: Value;
  readonly layers: readonly Layer[];
  readonly outputs: readonly Value[];
};

/** Lays out a net, layer by layer, and works out each layer's shape. Throws where shapes do not fit. */
export class NetLayout {
  readonly #input: Value;
  readonly #layers: Layer[] = [];

  constructor(shape: Shape) {
    this.#input = { name: 'image', shape };
  }

  get input(): Value {
    return this.#input;
  }

  add(operation: Operation, input: Value, ...others: readonly Value[]): Value {
    return this.#append(operation, [input, ...others], shapeAfter(operation, input.shape, others));
  }

  reshape(input: Value, shape: Shape): Value {
    if (elements(shape) !== elements(input.shape)) {
      throw new Error(`[${input.shape.join()}] does not hold as many numbers as [${shape.join()}]`);
    }
    return this.#append({ kind: 'reshape' }, [input], shape);
  }

  /** The finished net; `outputs` says what its outputs are called from now on. */
  finish(outputs: Readonly<Record<string, Value>>): Net {
    const renamed = new Map(Object.entries(outputs).map(([name, value]) => [value.name, name]));
    const rename = (name: string) => renamed.get(name) ?? name;
    return {
      input: this.#input,
      layers: this.#layers.map((layer) => ({
        ...layer,
        name: rename(layer.name),
        inputs: layer.inputs.map(rename),
      })),
      outputs: Object.entries(outputs).map(([name, { shape }]) => ({ name, shape })),
    };
  }

  #append(operation: Operation, inputs: readonly Value[], shape: Shape): Value {
    const name = `${operation.kind}-${this.#layers.length}`;
    this.#layers.push({ name, operation, inputs: inputs.map((input) => input.name), shape });
    return { name, shape };
  }
}

function shapeAfter(operation: Operation, first: Shape, others: readonly Value[]): Shape {
  switch (operation.kind) {
    case 'convolution': {
      const [out, into] = operation.weights.shape;
      if (first[0] !== into * operation.groups) throw new Error('a convolution does not fit its input');
      return [out, ...outputSize(picture(first), operation.window, operation.padding)];
    }
    case 'max-pool':
    case 'average-pool':
      return [first[0], ...outputSize(picture(first), operation.window, operation.padding)];
    case 'pad':
      return first.map((size, axis) => size + operation.end[axis]);
    case 'mean':
      return [first[0]];
    case 'product':
      if (first[0] !== operation.weights.shape[0]) throw new Error('a product does not fit its input');
      return [operation.weights.shape[1]];
    case 'add':
      if (others.some(({ shape }) => shape.join() !== first.join())) {
        throw new Error('values of different shapes are added');
      }
      return first;
    default:
      return first;
  }
}

function picture(shape: Shape): [height: number, width: number] {
  if (shape.length !== 3) throw new Error(`[${shape.join()}] is not a picture`);
  return [shape[1], shape[2]];
}
