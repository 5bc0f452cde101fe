import type { FailOnOptions } from 'sharp';

import { wholeJpeg } from './jpeg/whole.js';
import { pictureType } from './picture-type.js';

/** What to give the decoder, and what it may complain of. */
export type WholePicture = { readonly encoded: Uint8Array; readonly failOn: FailOnOptions };

/**
 * Makes sure that the decoder refuses what ends early, and nothing because of a warning. Its JPEG part only warns of data
 * that ends early before an end marker, not always in the last lines, and warns in the same way of much that does no harm.
 * So that data is read here first, and the warnings count only where this cannot tell.
 *
 * @returns undefined for a JPEG that lacks data
 */
export function wholePicture(encoded: Uint8Array): WholePicture | undefined {
  const type = pictureType(encoded);
  if (type === 'avif') return { encoded: branded(encoded), failOn: 'error' };
  if (type !== 'jpeg') return { encoded, failOn: 'error' };
  const whole = wholeJpeg(encoded);
  if (whole.ok) return { encoded: whole.value, failOn: 'error' };
  return whole.error === 'short' ? undefined : { encoded, failOn: 'warning' };
}

/** The same file with the major brand avif, by which alone the decoder finds out what it is. */
function branded(encoded: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(encoded);
  copy.set(Buffer.from('avif'), 8);
  return copy;
}
