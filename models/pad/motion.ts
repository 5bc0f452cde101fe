import type { Chance } from '../chance.js';
import type { Stand } from './pose.js';

/** One frame of a sequence: how the thing before the camera is held, and how far its eyes are shut. */
export type Moment = Stand & { readonly closed: number };
export type Side = 'left' | 'right';

const frames = { still: 1, turn: 3, held: 2, back: 1, end: 1 } as const;

/** The frame after which the turn is asked for: the wait and the blink are over. */
export const askedAfter = frames.still + 3;

/**
 * What whoever stands there does: waits, blinks, turns to a side, and comes back. A hand and a head tremble alike.
 *
 * @param peak how far it is turned, in degrees
 * @param blink whether the lids go down and up again
 */
export function motion(chance: Chance, toward: Side, peak: number, blink: boolean): Moment[] {
  const start = { x: chance.between(370, 430), y: chance.between(225, 270), size: chance.between(66, 96) };
  const held = { pitch: chance.between(-5, 5), roll: chance.between(-5, 5), yaw: chance.between(-4, 4) };
  const [nod, lean] = [chance.between(-4, 4), chance.between(-4, 4)];
  const sign = toward === 'left' ? 1 : -1;
  const lids = blink ? [0.5, 1, 0.6, 0] : [0, 0, 0, 0];
  const still = Array<number>(frames.still).fill(0);
  const turn = Array.from({ length: frames.turn }, (_, i) => (i + 1) / frames.turn);
  const back = Array.from({ length: frames.back }, (_, i) => 1 - (i + 1) / frames.back);
  const turned = [
    ...[...still, ...lids.map(() => 0)],
    ...turn,
    ...Array<number>(frames.held).fill(1),
    ...back,
    ...Array<number>(frames.end).fill(0),
  ];
  const drift = { x: 0, y: 0 };
  return turned.map((part, i) => {
    drift.x += chance.between(-2, 2);
    drift.y += chance.between(-2, 2);
    const tremble = () => chance.between(-0.6, 0.6);
    const smooth = part * part * (3 - 2 * part);
    return {
      yaw: held.yaw + sign * peak * smooth + tremble(),
      pitch: held.pitch + nod * smooth + tremble(),
      roll: held.roll + lean * smooth + tremble(),
      x: start.x + drift.x,
      y: start.y + drift.y,
      size: start.size * (1 + 0.01 * tremble()),
      closed: lids[i - frames.still] ?? 0,
    };
  });
}
