import { outputSize, type Padding, type Window } from './padding.js';
import { elements, type Tensor } from './tensor.js';
import { Unconvertible } from './unconvertible.js';

/**
 * The intermediate form of a feed-forward net between its source and ONNX. Pictures are [channels, height,
 * width], vectors [features]; the leading batch axis is implicit.
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
  /** One factor or term for each channel. */
  | { readonly kind: 'scale'; readonly factors: Float32Array }
  | { readonly kind: 'shift'; readonly terms: Float32Array }
  /** Clamps values to [low, high]: [0, ∞] is ReLU, [0, 6] ReLU6. */
  | { readonly kind: 'clamp'; readonly low: number; readonly high: number }
  | { readonly kind: 'prelu'; readonly slopes: Float32Array }
  | { readonly kind: 'add' }
  | { readonly kind: 'subtract' }
  | { readonly kind: 'absolute' }
  | { readonly kind: 'max-pool'; readonly window: Window; readonly padding: Padding }
  | { readonly kind: 'average-pool'; readonly window: Window; readonly padding: Padding }
  /** Zeros at the end of each axis. These nets never pad at the beginning. */
  | { readonly kind: 'pad'; readonly end: Shape }
  /** The mean of each channel. */
  | { readonly kind: 'mean' }
  /** A vector times weights [in, out]. */
  | { readonly kind: 'product'; readonly weights: Tensor }
  /** The same numbers with other axes, in TensorFlow's order for pictures: channels innermost. */
  | { readonly kind: 'reshape' }
  | { readonly kind: 'sigmoid' };

export type Layer = {
  readonly name: string;
  readonly operation: Operation;
  readonly inputs: readonly string[];
  readonly shape: Shape;
};

/** The net's input or a layer's output, while the net is being built. */
export type Value = { readonly name: string; readonly shape: Shape };

export type Net = {
  readonly input: Value;
  readonly layers: readonly Layer[];
  readonly outputs: readonly Value[];
};

/** Builds a net layer by layer and infers each layer's shape. Throws `Unconvertible` if shapes do not match. */
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
      throw new Unconvertible(`[${input.shape.join()}] has not as many elements as [${shape.join()}]`);
    }
    return this.#append({ kind: 'reshape' }, [input], shape);
  }

  /** The finished net, with its outputs renamed to the keys of `outputs`. */
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
      if (first[0] !== into * operation.groups || out % operation.groups !== 0)
        throw new Unconvertible('a convolution does not fit its input');
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
      if (first[0] !== operation.weights.shape[0])
        throw new Unconvertible('a product does not fit its input');
      return [operation.weights.shape[1]];
    case 'add':
    case 'subtract':
      if (others.some(({ shape }) => shape.join() !== first.join())) {
        throw new Unconvertible('values of different shapes are added or subtracted');
      }
      return first;
    default:
      return first;
  }
}

function picture(shape: Shape): [height: number, width: number] {
  if (shape.length !== 3) throw new Unconvertible(`[${shape.join()}] is not a picture`);
  return [shape[1], shape[2]];
}
