import type { Toward } from './judge.js';

const aside: readonly Toward[] = ['left', 'right'];
const ways: readonly Toward[] = [...aside, 'up', 'down'];
const turns = 3;

/**
 * The challenges from which one is drawn for each photograph: three turns, no two alike in a row; at least one to the
 * side, where the nose shows its relief, and one up or down, where the mesh hardly sees a sheet rotate. A prepared
 * film matches the drawn one by chance alone, 1 in `lot.length`.
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
