/** What a frame header says (ITU-T T.81, B.2.2), with the sizes that follow from it. */
export type Frame = {
  readonly progressive: boolean;
  /** In minimum coded units of all components. */
  readonly unitsWide: number;
  readonly unitsHigh: number;
  readonly components: readonly Component[];
};

export type Component = {
  readonly id: number;
  /** Blocks of this component in a unit. */
  readonly blocksInUnit: number;
  /** Blocks of this component that a scan of its own has. */
  readonly blocks: number;
  /**
   * Progressive only: which coefficients of each block are not zero so far, in two words a block; and down to which bit
   * each coefficient is known, `unknown` if not at all.
   */
  readonly nonzero: Uint32Array;
  readonly known: Uint8Array;
};

export const unknown = 255;

/** In pixels and in parts. More than a decoder takes, and few enough to hold. */
const mostPixels = 100_000_000;
const mostComponents = 4;

/** @param segment the header's parameters, behind its length */
export function frameOf(segment: Uint8Array, progressive: boolean): Frame | undefined {
  if (segment.length < 6) return undefined;
  const [precision, highLines, lowLines, highWidth, lowWidth, parts] = segment as unknown as number[];
  const height = (highLines << 8) | lowLines;
  const width = (highWidth << 8) | lowWidth;
  if (precision !== 8 || width * height === 0 || width * height > mostPixels) return undefined;
  if (parts === 0 || parts > mostComponents || segment.length < 6 + 3 * parts) return undefined;
  const sampled = Array.from({ length: parts }, (_, i) => {
    const [id, factors] = segment.subarray(6 + 3 * i);
    return { id, across: factors >> 4, down: factors & 15 };
  });
  if (sampled.some(({ across, down }) => across < 1 || across > 4 || down < 1 || down > 4)) return undefined;
  const most = {
    across: Math.max(...sampled.map(({ across }) => across)),
    down: Math.max(...sampled.map(({ down }) => down)),
  };
  return {
    progressive,
    unitsWide: Math.ceil(width / (8 * most.across)),
    unitsHigh: Math.ceil(height / (8 * most.down)),
    components: sampled.map(({ id, across, down }) => {
      const wide = Math.ceil(Math.ceil((width * across) / most.across) / 8);
      const high = Math.ceil(Math.ceil((height * down) / most.down) / 8);
      return {
        id,
        blocksInUnit: across * down,
        blocks: wide * high,
        nonzero: new Uint32Array(progressive ? 2 * wide * high : 0),
        known: new Uint8Array(64).fill(unknown),
      };
    }),
  };
}
