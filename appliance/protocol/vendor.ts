import * as z from 'zod';

/** The number of a box, or of an image: the beginning of a hash, in hexadecimal. */
export const shortNumber = z.string().regex(/^[0-9a-f]{12}$/);

/** Identifies a token: the beginning of the sha256 of what was signed. */
export const tokenId = z.string().regex(/^[0-9a-f]{16}$/);

/** Why a stick does not open the vendor's menu. */
export const vendorFault = z.enum([
  /** Not a token: cut short, changed, or another kind of file. */
  'torn',
  /** Not signed with a key that this box trusts for updates. */
  'foreign-key',
  /** For another box or another image. */
  'other-box',
  'expired',
  /** This machine trusts no key: it does not run from a card's image. */
  'no-keyring',
  /** The audit records cannot be written, and nothing is done that they do not show. */
  'unrecorded',
]);
export type VendorFault = z.infer<typeof vendorFault>;

/** What a vendor did at a box, as the audit records name it. */
export const vendorDeed = z.enum(['refused', 'entered', 'bench-test', 'doctor', 'export']);
export type VendorDeed = z.infer<typeof vendorDeed>;

/** What a token must name to open this box; a machine without a card's image has neither. */
export type BoxNumbers = { readonly box?: string | undefined; readonly image?: string | undefined };
