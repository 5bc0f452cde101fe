import type { Toward } from './judge.js';

const aside: readonly Toward[] = ['left', 'right'];
const ways: readonly Toward[] = [...aside, 'up', 'down'];
const turns = 3;

/**
 * The challenges of which one is drawn for each photograph: three turns, no two alike one after the other; one of them
 * to the side, since there the nose shows its relief, and one up or down, since there the mesh hardly sees a sheet
 * turn. A film made beforehand does the one that is drawn by luck alone, 1 in `lot.length`.
 */
export const lot: readonly (readonly Toward[])[] = sequences(turns).filter(
  (sequence) =>
    sequence.every((way, i) => way !== sequence[i - 1]) &&
    sequence.some((way) => aside.includes(way)) &&
    !sequence.every((way) => aside.includes(way)),
);

function sequences(length: number): Toward[][] {
  return length === 0
    ? [[]]
    : sequences(length - 1).flatMap((sequence) => ways.map((way) => [...sequence, way]));
}
