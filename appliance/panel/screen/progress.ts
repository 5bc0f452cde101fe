import { line, type Line } from './line.js';

/** How far something has come, 0 to 1, as a bar of at most `width` cells with its share in figures. */
export function progress(fraction: number, width: number): Line {
  const length = width - 5;
  const full = Math.floor(fraction * length);
  const share = `${Math.floor(fraction * 100)}%`.padStart(5);
  return line('█'.repeat(full) + '░'.repeat(length - full) + share);
}
