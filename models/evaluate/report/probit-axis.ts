import { percent } from '../words.js';
import { probit } from './probit.js';

/** An axis of rates in normal deviates. Lower and higher rates, and zero, are drawn on its ends. */
export const least = 0.00005;
export const most = 0.6;
export const ticks = [0.0001, 0.001, 0.01, 0.05, 0.2, 0.5].map((rate) => ({ rate, label: percent(rate) }));

/** How far along the axis a rate is, 0 to 1. */
export function along(rate: number): number {
  const within = Math.min(Math.max(rate, least), most);
  return (probit(within) - probit(least)) / (probit(most) - probit(least));
}

/** Pixels, to a tenth. */
export function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
