import type { CueResults } from '../../protocol/vault.js';
import { covered } from '../suppress.js';
import { hasBlinked } from './blink.js';
import { limits } from './limits.js';
import { steadyWave, turningHue } from './moire.js';
import { reliefOf } from './relief.js';
import type { Sight } from './sight.js';

/** Which way the visitor was asked to turn the head: to their own left or right, up or down. */
export type Toward = 'left' | 'right' | 'up' | 'down';

export const nothingMade: CueResults = {
  relief: 'not-made',
  blink: 'not-made',
  screen: 'not-made',
  sheet: 'not-made',
};

/** A turn as it was asked for: where to, and when, on the clock of the sights. */
export type Asked = { readonly toward: Toward; readonly at: number };

/** What is seen from the front before the first turn was asked for. */
export function frontOf(series: readonly Sight[], asked: readonly Asked[]): readonly Sight[] {
  const until = asked.at(0)?.at ?? Infinity;
  return series.filter((sight) => sight.at <= until && isFront(sight));
}

/** The frames of a turn: turned as asked, turned another way first, and come back; who swings back too far is forgiven. */
export type Turn = Readonly<Record<'turned' | 'astray' | 'back', readonly Sight[]>> & {
  /** Whether enough frames show that it was no sheet that turned. */
  readonly shown: boolean;
};

/** Each turn until the next was asked for, against how the head was held just before the first. */
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

/** Whether a face left one plane; of a nod the nose shows less than the plane does, so that it is not asked. */
function standsOut(toward: Toward, neutral: Sight, turned: Sight): boolean {
  const { plane, nose } = reliefOf(neutral, turned);
  return plane >= limits.plane && (toward === 'up' || toward === 'down' || nose >= limits.nose);
}

/** Where a head is turned, by the axis about which it is turned most; undefined as long as that is little. */
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

/** Whether both are of one face that never left the camera. */
export function follows(before: Sight, now: Sight): boolean {
  return now.at - before.at <= limits.gap && covered(before.box, now.box) >= limits.overlap;
}

/**
 * Judges a series of frames by each cue: `relief`, that a head turned as it was asked to, and no sheet; `blink`, that
 * the eyes shut and opened; `screen` and `sheet`, that there is no mark of one. A series that breaks off in between
 * shows nothing.
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
  const said = (made: boolean, good: boolean): CueResults['relief'] =>
    !made ? 'not-made' : good ? 'passed' : 'failed';
  return {
    // A film may turn every way, and a visitor may take left for right: neither has done what was asked.
    relief: said(
      turns.length > 0 &&
        turns.every(
          ({ turned, back, astray }) => turned.length > 0 && back.length > 0 && astray.length === 0,
        ),
      turns.every(({ shown }) => shown),
    ),
    blink: said(
      true,
      hasBlinked(
        front.map(({ opening }) => opening),
        limits.blink,
      ),
    ),
    screen: said(looked, looked && turningHue(waves) <= limits.hue && steadyWave(waves) <= limits.wave),
    sheet: said(looked, middle(sides) < limits.edge.sides),
  };
}

function middle(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
}
