import type { QualityComponent } from '../../protocol/vault.js';

/**
 * A measured quality component of ISO/IEC 29794-5:2025. Measures and constants called the standard's are taken from
 * OFIQ, the reference implementation of Germany's BSI; "set on" names the pictures for the others.
 */
export type Measured = {
  /** In the component's unit. */
  readonly native: number;
  /** 0 to 100, higher is better. */
  readonly value: number;
};

export type Quality = Readonly<Partial<Record<QualityComponent, Measured>>>;

/** Rounds a native measure to what may leave the vault, and clamps its value. */
export function measured(native: number, hundredths: number): Measured {
  return { native: Math.round(native * 1000) / 1000, value: Math.round(clamp(hundredths, 0, 100)) };
}

/** The logistic function of the standard's mappings: 1/2 at `middle`, steeper for a smaller `width`. */
export function sigmoid(x: number, middle: number, width: number): number {
  return 1 / (1 + Math.exp((middle - x) / width));
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
