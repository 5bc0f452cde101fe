/** A file that the converter cannot turn into ONNX: damaged, or with something that it does not know. */
export class Unconvertible extends Error {
  override readonly name = 'Unconvertible';
}
