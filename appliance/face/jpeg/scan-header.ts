import type { Component, Frame } from './frame.js';

/** What a scan header says (ITU-T T.81, B.2.3). */
export type Scan = {
  readonly parts: readonly { readonly component: Component; readonly dc: number; readonly ac: number }[];
  /** The coefficients of this scan, in zigzag order. */
  readonly first: number;
  readonly last: number;
  /** Successive approximation: the bit down to which earlier scans and this one go. */
  readonly high: number;
  readonly low: number;
};

/** @param segment the header's parameters, behind its length */
export function scanOf(frame: Frame, segment: Uint8Array): Scan | undefined {
  const count = segment.at(0) ?? 0;
  if (count < 1 || count > 4 || segment.length < 4 + 2 * count) return undefined;
  const parts = [];
  for (let i = 0; i < count; i++) {
    const [id, tables] = segment.subarray(1 + 2 * i);
    const component = frame.components.find((each) => each.id === id);
    if (!component) return undefined;
    parts.push({ component, dc: tables >> 4, ac: tables & 15 });
  }
  // A sequential scan has all coefficients, whatever its header says.
  if (!frame.progressive) return { parts, first: 0, last: 63, high: 0, low: 0 };
  const [first, last, approximation] = segment.subarray(1 + 2 * count);
  if (first > last || last > 63 || (first === 0) !== (last === 0) || (first > 0 && count > 1))
    return undefined;
  return { parts, first, last, high: approximation >> 4, low: approximation & 15 };
}
