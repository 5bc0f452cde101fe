import { join } from 'node:path';

import protobuf from 'protobufjs';

import { installation } from '../../appliance/installation.js';

/** ONNX 1.15.0: the first with AffineGrid, and supported by every onnxruntime since 1.17. */
const irVersion = 9;
const opset = 20;

/** TensorProto.DataType of the ONNX standard. */
const elementTypes = { float32: 1, uint8: 2, int64: 7 } as const;
export type ElementType = keyof typeof elementTypes;

/** A dimension's size, or a name if it is only known at run time. */
export type Dimension = number | string;

export type Attribute =
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly text: string };

export type OnnxValue = {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly Dimension[];
};

export type Constant = {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | BigInt64Array;
};

export type OnnxNode = {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
};

export type OnnxGraph = {
  readonly name: string;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly constants: readonly Constant[];
  readonly nodes: readonly OnnxNode[];
};

const modelProto = protobuf
  .loadSync(join(installation.root, 'models', 'convert', 'onnx.proto'))
  .lookupType('onnx.ModelProto');

/** Encodes an ONNX file; the same graph always gives the same bytes. */
export function encodeOnnx(graph: OnnxGraph): Uint8Array {
  const message = {
    irVersion,
    producerName: 'terashi',
    graph: {
      name: graph.name,
      node: graph.nodes.map(encodeNode),
      initializer: graph.constants.map(encodeConstant),
      input: graph.inputs.map(encodeValue),
      output: graph.outputs.map(encodeValue),
    },
    opsetImport: [{ domain: '', version: opset }],
  };
  return modelProto.encode(modelProto.create(message)).finish();
}

function encodeNode({ operator, inputs, outputs, attributes = {} }: OnnxNode) {
  return {
    name: outputs[0],
    opType: operator,
    input: inputs,
    output: outputs,
    attribute: Object.entries(attributes).map(([name, value]) => ({ name, ...encodeAttribute(value) })),
  };
}

/** `type` is an AttributeProto.AttributeType of the ONNX standard. */
function encodeAttribute(value: Attribute) {
  if ('int' in value) return { i: value.int, type: 2 };
  if ('ints' in value) return { ints: value.ints, type: 7 };
  if ('float' in value) return { f: value.float, type: 1 };
  return { s: Buffer.from(value.text), type: 3 };
}

function encodeConstant({ name, shape, data }: Constant) {
  return {
    name,
    dims: shape,
    dataType: data instanceof Float32Array ? elementTypes.float32 : elementTypes.int64,
    rawData: Buffer.from(data.buffer, data.byteOffset, data.byteLength),
  };
}

function encodeValue({ name, type, shape }: OnnxValue) {
  const dim = shape.map((size) => (typeof size === 'string' ? { dimParam: size } : { dimValue: size }));
  return { name, type: { tensorType: { elemType: elementTypes[type], shape: { dim } } } };
}
