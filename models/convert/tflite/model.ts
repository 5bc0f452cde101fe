import { elements, type Tensor } from '../tensor.js';
import { Unconvertible } from '../unconvertible.js';
import { builtinOperators } from './builtin-operators.js';
import { Table } from './table.js';

/** What flows between two operators, or is constant: float32 or int32. Pictures are [batch, height, width, channels]. */
export type TfliteTensor = {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data?: Tensor['data'];
};

export type TfliteOperator = {
  readonly operator: string;
  /** Indices of tensors. */
  readonly inputs: readonly number[];
  readonly output: number;
  readonly options: Table | undefined;
};

/** A net of one graph with one input and one output; its operators are in the order in which they run. */
export type TfliteModel = {
  readonly tensors: readonly TfliteTensor[];
  readonly operators: readonly TfliteOperator[];
  readonly input: number;
  readonly output: number;
};

/** Field numbers of TensorFlow Lite's schema, version 3 (tensorflow/lite/schema/schema.fbs). */
const modelFields = { version: 0, operatorCodes: 1, subgraphs: 2, buffers: 4 };
const codeFields = { oldBuiltin: 0, custom: 1, builtin: 3 };
const graphFields = { tensors: 0, inputs: 1, outputs: 2, operators: 3 };
const tensorFields = { shape: 0, type: 1, buffer: 2, name: 3 };
const operatorFields = { code: 0, inputs: 1, outputs: 2, options: 4 };
const bufferFields = { data: 0 };

/** TensorType of the schema. */
const types = { float32: 0, int32: 2 };

/** Reads a `.tflite` file. Throws `Unconvertible` if it is damaged, or needs what this reader does not know. */
export function readTflite(bytes: Uint8Array): TfliteModel {
  const model = Table.root(bytes, 'TFL3');
  if (model.integer(modelFields.version) !== 3) throw new Unconvertible('expected version 3 of the schema');
  const names = model.tables(modelFields.operatorCodes).map(operatorName);
  const buffers = model.tables(modelFields.buffers);
  const graph = only(model.tables(modelFields.subgraphs), 'graph');
  return {
    tensors: graph.tables(graphFields.tensors).map((tensor) => readTensor(tensor, buffers)),
    operators: graph.tables(graphFields.operators).map((operator) => readOperator(operator, names)),
    input: only(graph.integers(graphFields.inputs), 'input'),
    output: only(graph.integers(graphFields.outputs), 'output'),
  };
}

/** Files from before 2020 have the operator's code in the old field alone, newer ones in the larger of both. */
function operatorName(code: Table): string {
  const builtin = Math.max(code.byte(codeFields.oldBuiltin), code.integer(codeFields.builtin));
  return builtinOperators.at(builtin) ?? `operator ${builtin}`;
}

function readTensor(tensor: Table, buffers: readonly Table[]): TfliteTensor {
  const shape = tensor.integers(tensorFields.shape);
  const name = tensor.text(tensorFields.name);
  if (shape.some((size) => size < 1)) throw new Unconvertible(`${name}: a size below 1`);
  const buffer = tensor.integer(tensorFields.buffer);
  if (!(buffer in buffers)) throw new Unconvertible(`${name}: there is no buffer ${buffer}`);
  const bytes = buffers[buffer].bytes(bufferFields.data);
  if (bytes.length === 0) return { name, shape };
  const type = tensor.byte(tensorFields.type);
  if (bytes.length !== elements(shape) * 4)
    throw new Unconvertible(`${name}: not as many numbers as its shape says`);
  // Copied, since the bytes need not begin at a multiple of four.
  const copy = Uint8Array.from(bytes).buffer;
  if (type === types.float32) return { name, shape, data: new Float32Array(copy) };
  if (type === types.int32) return { name, shape, data: new Int32Array(copy) };
  throw new Unconvertible(`${name}: constants of type ${type} are not supported`);
}

function readOperator(operator: Table, names: readonly string[]): TfliteOperator {
  const code = operator.integer(operatorFields.code);
  if (!(code in names)) throw new Unconvertible('an operator without a code');
  const name = names[code];
  return {
    operator: name,
    inputs: operator.integers(operatorFields.inputs),
    output: only(operator.integers(operatorFields.outputs), `output of ${name}`),
    options: operator.table(operatorFields.options),
  };
}

function only<T>(list: readonly T[], what: string): T {
  if (list.length !== 1) throw new Unconvertible(`expected one ${what}, found ${list.length}`);
  return list[0];
}
