import type { TurnDirection } from '../../appliance/face/liveness/cues.js';
import type { Random } from '../random.js';
import type { Pose } from './pose.js';

/** One frame of a sequence: the subject's pose, and how far its eyes are closed. */
export type Moment = Pose & { readonly closed: number };

const frames = { still: 3, turn: 3, held: 2, back: 1, end: 2 } as const;
/** The lids' closure frame by frame; the challenge asks for nothing else until they are seen open again. */
const lids = [0.5, 1, 0.6, 0, 0] as const;

/** The frame after which each turn is requested: after the wait and the blink, or after the previous turn. */
export function askedAfter(turns: number): number[] {
  const each = frames.turn + frames.held + frames.back + frames.end;
  return Array.from({ length: turns }, (_, i) => frames.still + lids.length - 1 + i * each);
}

/**
 * A subject's motion: it waits, blinks, then turns in each direction and back. A hand-held print and a head
 * tremble alike.
 *
 * @param peak the turn to the side, and up or down, in degrees
 * @param blinks whether the lids close and open
 */
export function motion(
  random: Random,
  ways: readonly TurnDirection[],
  peak: { readonly aside: number; readonly nod: number },
  blinks: boolean,
): Moment[] {
  const stand = standOf(random);
  const waits = Array<number>(frames.still + lids.length).fill(0);
  const turn = [
    ...Array.from({ length: frames.turn }, (_, i) => (i + 1) / frames.turn),
    ...Array<number>(frames.held).fill(1),
    ...Array.from({ length: frames.back }, (_, i) => 1 - (i + 1) / (frames.back + 1)),
    ...Array<number>(frames.end).fill(0),
  ];
  const rest = { yaw: 0, pitch: 0, roll: 0 };
  const path = [
    ...waits.map(() => rest),
    ...ways.flatMap((way) => {
      const end = endOf(random, way, peak);
      return turn.map((part) => {
        const done = smooth(part);
        return { yaw: end.yaw * done, pitch: end.pitch * done, roll: end.roll * done };
      });
    }),
  ];
  return trembling(
    random,
    path.map((turned) => added(stand, turned)),
  ).map((pose, i) => ({
    ...pose,
    closed: (blinks && lids[i - frames.still]) || 0,
  }));
}

/** The frames in which a visitor steps in front of the camera, and holds still: no more than a quick photograph takes. */
const arrival = 4;
const stillness = 5;

/**
 * The motion of a visitor who is guided and not asked to move: from beside and behind the place, turned away by a few
 * degrees, to the place, where they hold still. Nobody blinks.
 */
export function guidedMotion(random: Random): Moment[] {
  const stand = standOf(random);
  const from = {
    x: random.between(-70, 70),
    y: random.between(-30, 30),
    size: stand.size * random.between(-0.25, 0.1),
    yaw: random.between(-14, 14),
    pitch: random.between(-8, 8),
    roll: random.between(-8, 8),
  };
  const path = Array.from({ length: arrival + stillness }, (_, i) => {
    const left = smooth(Math.max(0, 1 - i / arrival));
    const { x, y, size, yaw, pitch, roll } = from;
    return added(stand, {
      x: x * left,
      y: y * left,
      size: size * left,
      yaw: yaw * left,
      pitch: pitch * left,
      roll: roll * left,
    });
  });
  return trembling(random, path).map((pose) => ({ ...pose, closed: 0 }));
}

/** Where a visitor stands, and how. */
function standOf(random: Random): Pose {
  const start = { x: random.between(370, 430), y: random.between(225, 270), size: random.between(66, 96) };
  const held = { pitch: random.between(-5, 5), roll: random.between(-5, 5), yaw: random.between(-4, 4) };
  return { ...start, ...held };
}

function added(pose: Pose, further: Partial<Pose>): Pose {
  const sum = (of: keyof Pose) => pose[of] + (further[of] ?? 0);
  return {
    x: sum('x'),
    y: sum('y'),
    size: sum('size'),
    yaw: sum('yaw'),
    pitch: sum('pitch'),
    roll: sum('roll'),
  };
}

/** Nobody stands quite still: each pose trembles, and drifts from the one before. */
function trembling(random: Random, path: readonly Pose[]): Pose[] {
  const drift = { x: 0, y: 0 };
  return path.map((pose) => {
    drift.x += random.between(-2, 2);
    drift.y += random.between(-2, 2);
    const tremble = () => random.between(-0.6, 0.6);
    return {
      yaw: pose.yaw + tremble(),
      pitch: pose.pitch + tremble(),
      roll: pose.roll + tremble(),
      x: pose.x + drift.x,
      y: pose.y + drift.y,
      size: pose.size * (1 + 0.01 * tremble()),
    };
  });
}

function smooth(part: number): number {
  return part * part * (3 - 2 * part);
}

/** The peak pose of a turn; nobody turns about one axis alone. */
function endOf(random: Random, way: TurnDirection, peak: { readonly aside: number; readonly nod: number }) {
  const [other, lean] = [random.between(-4, 4), random.between(-4, 4)];
  switch (way) {
    case 'left':
      return { yaw: peak.aside, pitch: other, roll: lean };
    case 'right':
      return { yaw: -peak.aside, pitch: other, roll: lean };
    case 'up':
      return { yaw: other, pitch: -peak.nod, roll: lean };
    case 'down':
      return { yaw: other, pitch: peak.nod, roll: lean };
  }
}
