import { line, type Line } from './line.js';

/** A progress bar of `width` cells with its percentage; `fraction` is 0 to 1. */
export function progress(fraction: number, width: number): Line {
  const length = width - 5;
  const full = Math.floor(fraction * length);
  const share = `${Math.floor(fraction * 100)}%`.padStart(5);
  return line('█'.repeat(full) + '░'.repeat(length - full) + share);
}
