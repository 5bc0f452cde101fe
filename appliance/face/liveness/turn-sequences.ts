import type { TurnDirection } from './cues.js';

const aside: readonly TurnDirection[] = ['left', 'right'];
const ways: readonly TurnDirection[] = [...aside, 'up', 'down'];
const turns = 3;

/**
 * The challenges from which one is drawn for each photograph: three turns, no two alike in a row; at least one to the
 * side, where the nose shows its relief, and one up or down, where the mesh hardly sees a sheet rotate. A prepared
 * film matches the drawn one by chance alone, 1 in `turnSequences.length`.
 */
export const turnSequences: readonly (readonly TurnDirection[])[] = sequences(turns).filter(
  (sequence) =>
    sequence.every((way, i) => way !== sequence[i - 1]) &&
    sequence.some((way) => aside.includes(way)) &&
    !sequence.every((way) => aside.includes(way)),
);

function sequences(length: number): TurnDirection[][] {
  return length === 0
    ? [[]]
    : sequences(length - 1).flatMap((sequence) => ways.map((way) => [...sequence, way]));
}
