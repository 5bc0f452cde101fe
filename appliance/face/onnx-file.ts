/**
 * What of an ONNX file (onnx.proto of the ONNX standard, protobuf's wire format) can hold a tensor: for each kind of
 * message its fields that are messages, by number.
 */
const messages = {
  model: { 7: 'graph', 20: 'training', 25: 'function' },
  training: { 1: 'graph', 2: 'graph' },
  graph: { 1: 'node', 5: 'tensor', 15: 'sparse' },
  function: { 7: 'node', 11: 'attribute' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse', 23: 'sparse' },
  sparse: { 1: 'tensor', 2: 'tensor' },
  tensor: {},
} as const satisfies Record<string, Readonly<Record<number, string>>>;
type Kind = keyof typeof messages;

/** Fields of a tensor: where its external data is, and `data_location`, of which 0 is the file itself. */
const externalData = 13;
const dataLocation = 14;

/** Deeper than any net: If and Loop hold graphs, whose nodes have attributes. */
const deepest = 100;

/**
 * Whether a net keeps data of a tensor outside its file, where onnxruntime would fetch it, in whatever part: a graph in a
 * graph, a function, a sparse tensor, an attribute. The file's hash does not cover such data.
 *
 * @returns undefined if the bytes are not ONNX, as those of onnxruntime's own format are not
 */
export function hasExternalData(onnx: Uint8Array): boolean | undefined {
  try {
    return isExternal(onnx, 'model', 0);
  } catch (error) {
    if (error instanceof NotOnnx) return undefined;
    throw error;
  }
}

class NotOnnx extends Error {}

function isExternal(message: Uint8Array, kind: Kind, depth: number): boolean {
  if (depth > deepest) throw new NotOnnx();
  const parts: Readonly<Record<number, Kind>> = messages[kind];
  let external = false;
  for (const { field, value } of fieldsOf(message)) {
    if (kind === 'tensor' && field === externalData) external = true;
    if (kind === 'tensor' && field === dataLocation && value !== 0n) external = true;
    const part = parts[field] as Kind | undefined;
    if (part === undefined) continue;
    if (!(value instanceof Uint8Array)) throw new NotOnnx();
    // To its end, so that what is not ONNX is never taken for it.
    if (isExternal(value, part, depth + 1)) external = true;
  }
  return external;
}

/** The fields of a message: a number, or the bytes of a message, a text or an array. */
function* fieldsOf(
  bytes: Uint8Array,
): Generator<{ readonly field: number; readonly value: bigint | Uint8Array | undefined }> {
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (at >= bytes.length) throw new NotOnnx();
      const byte = bytes[at++];
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new NotOnnx();
  };
  const skip = (length: number): Uint8Array => {
    if (length > bytes.length - at) throw new NotOnnx();
    return bytes.subarray(at, (at += length));
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const field = Math.floor(tag / 8);
    if (field === 0) throw new NotOnnx();
    switch (tag % 8) {
      case 0:
        yield { field, value: varint() };
        break;
      case 1:
        yield { field, value: void skip(8) };
        break;
      case 2:
        yield { field, value: skip(Number(varint())) };
        break;
      case 5:
        yield { field, value: void skip(4) };
        break;
      default:
        // Groups, which ONNX has none of.
        throw new NotOnnx();
    }
  }
}
