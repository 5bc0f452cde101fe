import { Builder } from 'flatbuffers';

export type TensorSpec = {
  readonly shape: readonly number[];
  readonly data?: Float32Array | Int32Array;
  /** TensorType of the schema: 0 is float32, 2 int32. */
  readonly type?: number;
};

export type OperatorSpec = {
  /** BuiltinOperator of the schema. */
  readonly code: number;
  readonly inputs: readonly number[];
  readonly output: number;
  /** The options' fields in the order of the schema: padding and activations are bytes. */
  readonly options?: readonly ({ readonly byte: number } | { readonly int: number })[];
};

/** A TensorFlow Lite file as its schema (version 3) lays it out, with the last operator's output as the output. */
export function tfliteFile(tensors: readonly TensorSpec[], operators: readonly OperatorSpec[]): Uint8Array {
  const builder = new Builder();
  const buffers = [undefined, ...tensors.map(({ data }) => data)].map((data) => {
    const bytes = data && new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const content = bytes && builder.createByteVector(bytes);
    return table(builder, 1, () => {
      if (content !== undefined) builder.addFieldOffset(0, content, 0);
    });
  });
  const codes = operators.map(({ code }) =>
    table(builder, 4, () => {
      builder.addFieldInt8(0, Math.min(code, 127), 0);
      builder.addFieldInt32(3, code, 0);
    }),
  );
  const tensorTables = tensors.map(({ shape, type = 0 }, index) => {
    const sizes = integers(builder, shape);
    const name = builder.createString(`tensor ${index}`);
    return table(builder, 4, () => {
      builder.addFieldOffset(0, sizes, 0);
      builder.addFieldInt8(1, type, 0);
      builder.addFieldInt32(2, index + 1, 0);
      builder.addFieldOffset(3, name, 0);
    });
  });
  const operatorTables = operators.map((operator, index) => operatorTable(builder, operator, index));
  const graph = graphTable(builder, tensorTables, operatorTables, operators.at(-1)!.output);
  const [codeList, graphs, bufferList] = [codes, [graph], buffers].map((list) => offsets(builder, list));
  const model = table(builder, 5, () => {
    builder.addFieldInt32(0, 3, 0);
    builder.addFieldOffset(1, codeList, 0);
    builder.addFieldOffset(2, graphs, 0);
    builder.addFieldOffset(4, bufferList, 0);
  });
  builder.finish(model, 'TFL3');
  return builder.asUint8Array();
}

function operatorTable(builder: Builder, { inputs, output, options }: OperatorSpec, code: number): number {
  const [read, made] = [inputs, [output]].map((list) => integers(builder, list));
  const chosen =
    options &&
    table(builder, options.length, () => {
      options.forEach((option, field) => {
        if ('byte' in option) builder.addFieldInt8(field, option.byte, 0);
        else builder.addFieldInt32(field, option.int, 0);
      });
    });
  return table(builder, 5, () => {
    builder.addFieldInt32(0, code, 0);
    builder.addFieldOffset(1, read, 0);
    builder.addFieldOffset(2, made, 0);
    if (chosen !== undefined) builder.addFieldOffset(4, chosen, 0);
  });
}

function graphTable(builder: Builder, tensors: number[], operators: number[], output: number): number {
  const [tensorList, operatorList] = [tensors, operators].map((list) => offsets(builder, list));
  const [inputs, outputs] = [[0], [output]].map((list) => integers(builder, list));
  return table(builder, 4, () => {
    builder.addFieldOffset(0, tensorList, 0);
    builder.addFieldOffset(1, inputs, 0);
    builder.addFieldOffset(2, outputs, 0);
    builder.addFieldOffset(3, operatorList, 0);
  });
}

function table(builder: Builder, fields: number, fill: () => void): number {
  builder.startObject(fields);
  fill();
  return builder.endObject();
}

/** FlatBuffers are written from the end. */
function integers(builder: Builder, values: readonly number[]): number {
  builder.startVector(4, values.length, 4);
  for (const value of values.toReversed()) builder.addInt32(value);
  return builder.endVector();
}

function offsets(builder: Builder, values: readonly number[]): number {
  builder.startVector(4, values.length, 4);
  for (const value of values.toReversed()) builder.addOffset(value);
  return builder.endVector();
}
