import type { QualityComponent } from '../../protocol/vault.js';

/**
 * What was measured of one quality component of ISO/IEC 29794-5:2025. Where a measure or a constant is the standard's,
 * it was taken from OFIQ, the reference implementation of Germany's BSI; "set on" names the pictures otherwise.
 */
export type Measured = {
  /** In the component's own unit. */
  readonly native: number;
  /** 0 to 100, the more the better. */
  readonly value: number;
};

export type Quality = Readonly<Partial<Record<QualityComponent, Measured>>>;

/** A native measure, rounded as far as it leaves the vault, with what it is worth in parts of 100. */
export function measured(native: number, hundredths: number): Measured {
  return { native: Math.round(native * 1000) / 1000, value: Math.round(clamp(hundredths, 0, 100)) };
}

/** The logistic function that the standard maps with: 1/2 at `middle`, steep where `width` is small. */
export function sigmoid(x: number, middle: number, width: number): number {
  return 1 / (1 + Math.exp((middle - x) / width));
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
