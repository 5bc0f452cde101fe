import type { CueResults } from '../../protocol/vault.js';
import { covered } from '../suppress.js';
import { hasBlinked } from './blink.js';
import { limits } from './limits.js';
import { steadyWave, turningHue } from './moire.js';
import { reliefOf } from './relief.js';
import type { Sight } from './sight.js';

/** The direction of a turn: the visitor's own left or right, up or down. */
export type Toward = 'left' | 'right' | 'up' | 'down';

export const nothingMade: CueResults = {
  relief: 'not-made',
  blink: 'not-made',
  screen: 'not-made',
  sheet: 'not-made',
};

/** A requested turn: its direction, and when it was requested, on the observations' clock. */
export type Asked = { readonly toward: Toward; readonly at: number };

/** The frames from the front before the first request. */
export function frontOf(series: readonly Sight[], asked: readonly Asked[]): readonly Sight[] {
  const until = asked.at(0)?.at ?? Infinity;
  return series.filter((sight) => sight.at <= until && isFront(sight));
}

/**
 * The frames of a turn: `turned` in the requested direction, `astray` in another one before that, and `back` in
 * front. Overshooting on the way back is not `astray`.
 */
export type Turn = Readonly<Record<'turned' | 'astray' | 'back', readonly Sight[]>> & {
  /** Whether enough frames show that it was not a sheet that turned. */
  readonly shown: boolean;
};

/** Each turn until the next request, relative to the pose just before the first. */
export function turnsOf(series: readonly Sight[], asked: readonly Asked[]): readonly Turn[] {
  const neutral = frontOf(series, asked).at(-1);
  if (!neutral) return [];
  return asked.map(({ toward, at }, i) => {
    const until = asked.at(i + 1)?.at ?? Infinity;
    const after = series.filter((sight) => sight.at > at && sight.at <= until);
    const ways = after.map((sight) => wayOf(neutral, sight));
    const last = ways.lastIndexOf(toward);
    const turned = after.filter((_, j) => ways[j] === toward);
    const clear = turned.filter((sight) => standsOut(toward, neutral, sight));
    const shownAt = clear.at(limits.shown - 1)?.at ?? Infinity;
    return {
      turned,
      astray: after.filter((sight, j) => sight.at < shownAt && ways[j] !== toward && ways[j] !== undefined),
      back: last < 0 ? [] : after.slice(last + 1).filter((sight) => isBack(neutral, sight)),
      shown: shownAt < Infinity,
    };
  });
}

/**
 * Whether the face left its plane. In a nod the nose moves less out of line than the plane shows, so it is not
 * checked.
 */
function standsOut(toward: Toward, neutral: Sight, turned: Sight): boolean {
  const { plane, nose } = reliefOf(neutral, turned);
  return plane >= limits.plane && (toward === 'up' || toward === 'down' || nose >= limits.nose);
}

/** The direction of the larger rotation; undefined while both are small. */
function wayOf(neutral: Sight, { yaw, pitch }: Sight): Toward | undefined {
  const aside = (yaw - neutral.yaw) / limits.turned.aside;
  const nod = (pitch - neutral.pitch) / limits.turned.nod;
  if (Math.max(Math.abs(aside), Math.abs(nod)) < 1) return undefined;
  if (Math.abs(aside) >= Math.abs(nod)) return aside > 0 ? 'left' : 'right';
  return nod > 0 ? 'down' : 'up';
}

function isBack(neutral: Sight, { yaw, pitch }: Sight): boolean {
  return (
    Math.abs(yaw - neutral.yaw) <= limits.back.aside && Math.abs(pitch - neutral.pitch) <= limits.back.nod
  );
}

export function isFront({ yaw }: Sight): boolean {
  return Math.abs(yaw) <= limits.front;
}

/** Whether both observations are of one face that stayed in view. */
export function follows(before: Sight, now: Sight): boolean {
  return now.at - before.at <= limits.gap && covered(before.box, now.box) >= limits.overlap;
}

/**
 * Evaluates each cue of a series: `relief`, a head and not a sheet made the requested turns; `blink`, the eyes closed
 * and opened; `screen` and `sheet`, there are no marks of one. An interrupted series proves nothing.
 */
export function judge(series: readonly Sight[], asked: readonly Asked[]): CueResults {
  const front = frontOf(series, asked);
  const whole = series.every((sight, i) => i === 0 || follows(series[i - 1], sight));
  if (!whole || front.length < limits.fewest) return nothingMade;
  const turns = turnsOf(series, asked);
  const close = series.flatMap((sight) => sight.close ?? []);
  const waves = close.map((look) => look.waves);
  const looked = close.length >= limits.looks.fewest;
  const sides = close.map(({ edges }) => edges.filter((edge) => edge >= limits.edge.straight).length);
  const resultOf = (made: boolean, good: boolean): CueResults['relief'] =>
    !made ? 'not-made' : good ? 'passed' : 'failed';
  return {
    // Turns in another direction prove nothing: a film may contain every turn, and a visitor may mix up left and
    // right.
    relief: resultOf(
      turns.length > 0 &&
        turns.every(
          ({ turned, back, astray }) => turned.length > 0 && back.length > 0 && astray.length === 0,
        ),
      turns.every(({ shown }) => shown),
    ),
    blink: resultOf(
      true,
      hasBlinked(
        front.map(({ opening }) => opening),
        limits.blink,
      ),
    ),
    screen: resultOf(looked, looked && turningHue(waves) <= limits.hue && steadyWave(waves) <= limits.wave),
    sheet: resultOf(looked, middle(sides) < limits.edge.sides),
  };
}

function middle(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
}
