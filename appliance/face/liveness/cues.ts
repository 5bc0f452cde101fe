import type { CueResults } from '../../protocol/vault.js';
import { overlap } from '../non-max-suppression.js';
import { hasBlinked } from './blink.js';
import { thresholds } from './thresholds.js';
import { steadyLumaWave, hueRotation } from './moire.js';
import { reliefOf } from './relief.js';
import type { Observation } from './observation.js';

/** The direction of a turn: the visitor's own left or right, up or down. */
export type TurnDirection = 'left' | 'right' | 'up' | 'down';

export const noResults: CueResults = {
  relief: 'not-made',
  blink: 'not-made',
  screen: 'not-made',
  sheet: 'not-made',
};

/** A requested turn: its direction, and when it was requested, on the observations' clock. */
export type RequestedTurn = { readonly toward: TurnDirection; readonly at: number };

/** The frames from the front before the first request. */
export function frontOf(
  series: readonly Observation[],
  requested: readonly RequestedTurn[],
): readonly Observation[] {
  const until = requested.at(0)?.at ?? Infinity;
  return series.filter((observation) => observation.at <= until && isFront(observation));
}

/**
 * The frames of a turn: `turned` in the requested direction, `astray` in another one before that, and `back` in
 * front. Overshooting on the way back is not `astray`.
 */
export type Turn = Readonly<Record<'turned' | 'astray' | 'back', readonly Observation[]>> & {
  /** Whether enough frames show that it was not a sheet that turned. */
  readonly shown: boolean;
};

/** Each turn until the next request, relative to the pose just before the first. */
export function turnsOf(
  series: readonly Observation[],
  requested: readonly RequestedTurn[],
): readonly Turn[] {
  const neutral = frontOf(series, requested).at(-1);
  if (!neutral) return [];
  return requested.map(({ toward, at }, i) => {
    const until = requested.at(i + 1)?.at ?? Infinity;
    const after = series.filter((observation) => observation.at > at && observation.at <= until);
    const ways = after.map((observation) => wayOf(neutral, observation));
    const last = ways.lastIndexOf(toward);
    const turned = after.filter((_, j) => ways[j] === toward);
    const clear = turned.filter((observation) => standsOut(toward, neutral, observation));
    const shownAt = clear.at(thresholds.shown - 1)?.at ?? Infinity;
    return {
      turned,
      astray: after.filter(
        (observation, j) => observation.at < shownAt && ways[j] !== toward && ways[j] !== undefined,
      ),
      back: last < 0 ? [] : after.slice(last + 1).filter((observation) => isBack(neutral, observation)),
      shown: shownAt < Infinity,
    };
  });
}

/**
 * Whether the face left its plane. In a nod the nose moves less out of line than the plane shows, so it is not
 * checked.
 */
function standsOut(toward: TurnDirection, neutral: Observation, turned: Observation): boolean {
  const { plane, nose } = reliefOf(neutral, turned);
  return plane >= thresholds.plane && (toward === 'up' || toward === 'down' || nose >= thresholds.nose);
}

/** The direction of the larger rotation; undefined while both are small. */
function wayOf(neutral: Observation, { yaw, pitch }: Observation): TurnDirection | undefined {
  const aside = (yaw - neutral.yaw) / thresholds.turned.aside;
  const nod = (pitch - neutral.pitch) / thresholds.turned.nod;
  if (Math.max(Math.abs(aside), Math.abs(nod)) < 1) return undefined;
  if (Math.abs(aside) >= Math.abs(nod)) return aside > 0 ? 'left' : 'right';
  return nod > 0 ? 'down' : 'up';
}

function isBack(neutral: Observation, { yaw, pitch }: Observation): boolean {
  return (
    Math.abs(yaw - neutral.yaw) <= thresholds.back.aside &&
    Math.abs(pitch - neutral.pitch) <= thresholds.back.nod
  );
}

export function isFront({ yaw }: Observation): boolean {
  return Math.abs(yaw) <= thresholds.front;
}

/** Whether both observations are of one face that stayed in view. */
export function continues(before: Observation, now: Observation): boolean {
  return now.at - before.at <= thresholds.gap && overlap(before.box, now.box) >= thresholds.overlap;
}

/**
 * Evaluates each cue of a series: `relief`, a head and not a sheet made the requested turns; `blink`, the eyes closed
 * and opened; `screen` and `sheet`, there are no marks of one. An interrupted series proves nothing.
 */
export function evaluateCues(
  series: readonly Observation[],
  requested: readonly RequestedTurn[],
): CueResults {
  const front = frontOf(series, requested);
  const whole = series.every((observation, i) => i === 0 || continues(series[i - 1], observation));
  if (!whole || front.length < thresholds.fewest) return noResults;
  const turns = turnsOf(series, requested);
  const marks = series.flatMap((observation) => observation.marks ?? []);
  const spectra = marks.map((each) => each.spectra);
  const enoughFrames = marks.length >= thresholds.looks.fewest;
  const sides = marks.map(({ edges }) => edges.filter((edge) => edge >= thresholds.edge.straight).length);
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
        thresholds.blink,
      ),
    ),
    screen: resultOf(
      enoughFrames,
      enoughFrames && hueRotation(spectra) <= thresholds.hue && steadyLumaWave(spectra) <= thresholds.wave,
    ),
    sheet: resultOf(enoughFrames, middle(sides) < thresholds.edge.sides),
  };
}

function middle(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
}
