import type { Attribute, Constant, OnnxNode } from './onnx.js';

/** The name of a value in an ONNX graph. */
export type Term = string;

/** Builds an ONNX graph as an expression: each operation returns the name of its result. */
export class Formula {
  readonly nodes: OnnxNode[] = [];
  readonly constants: Constant[] = [];

  /** A constant vector of int64. */
  integers(...values: readonly number[]): Term {
    return this.#constant([values.length], BigInt64Array.from(values, BigInt));
  }

  /** A constant vector of float32. */
  floats(...values: readonly number[]): Term {
    return this.#constant([values.length], Float32Array.from(values));
  }

  apply(
    operator: string,
    inputs: readonly Term[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): Term {
    return this.name(`${operator}-${this.nodes.length}`, operator, inputs, attributes);
  }

  /** Like `apply`, with a given name for the result: an output of the graph. */
  name(
    result: Term,
    operator: string,
    inputs: readonly Term[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): Term {
    this.nodes.push({ operator, inputs, outputs: [result], attributes });
    return result;
  }

  add(left: Term, right: Term): Term {
    return this.apply('Add', [left, right]);
  }

  subtract(left: Term, right: Term): Term {
    return this.apply('Sub', [left, right]);
  }

  multiply(left: Term, right: Term): Term {
    return this.apply('Mul', [left, right]);
  }

  divide(left: Term, right: Term): Term {
    return this.apply('Div', [left, right]);
  }

  /** Entries of a vector, or rows of a matrix, in the given order. */
  pick(from: Term, ...indices: readonly number[]): Term {
    return this.apply('Gather', [from, this.integers(...indices)], { axis: { int: 0 } });
  }

  join(...parts: readonly Term[]): Term {
    return this.apply('Concat', parts, { axis: { int: 0 } });
  }

  /** `to` is a TensorProto.DataType of the ONNX standard. */
  toFloat(value: Term): Term {
    return this.apply('Cast', [value], { to: { int: 1 } });
  }

  toInteger(value: Term): Term {
    return this.apply('Cast', [value], { to: { int: 7 } });
  }

  #constant(shape: readonly number[], data: Constant['data']): Term {
    const name = `constant-${this.constants.length}`;
    this.constants.push({ name, shape, data });
    return name;
  }
}
