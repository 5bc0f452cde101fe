/** Whether a text is the base64 of its bytes to the last bit: unused bits would let two texts mean the same. */
export function isCanonical(base64: string): boolean {
  return Buffer.from(base64, 'base64').toString('base64') === base64;
}
