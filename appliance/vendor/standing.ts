import type { BoxNumbers, VendorFault } from '../protocol/vendor.js';
import { localTime } from '../record/local-time.js';
import type { Token } from './token.js';

/** What a box knows of the time, in milliseconds since 1970. */
export type KnownTime = {
  readonly now: number;
  readonly isTrusted: boolean;
  /** The present is surely not before this: the software was built then, or a record with a trusted time was made. */
  readonly notBefore: number;
};

/**
 * Why a token does not open this box, if it does not. Where the time is not trusted, it is refused only if it has
 * expired for sure: a box that never had its clock set must be testable too.
 */
export function faultOf(
  { box, image, until }: Token,
  numbers: BoxNumbers,
  { now, isTrusted, notBefore }: KnownTime,
): Extract<VendorFault, 'other-box' | 'expired'> | undefined {
  const isMeant = box === undefined ? image === numbers.image : box === numbers.box;
  if (!isMeant) return 'other-box';
  const today = localTime(new Date(isTrusted ? now : notBefore)).slice(0, 10);
  return today > until ? 'expired' : undefined;
}
