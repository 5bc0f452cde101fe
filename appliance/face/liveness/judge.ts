import type { CueResults } from '../../vault/protocol.js';
import { covered } from '../suppress.js';
import { hasBlinked } from './blink.js';
import { limits } from './limits.js';
import { reliefBetween } from './relief.js';
import type { Sight } from './sight.js';

/** To which side the visitor was asked to turn, their own. */
export type Toward = 'left' | 'right';

export const nothingMade: CueResults = {
  relief: 'not-made',
  blink: 'not-made',
  screen: 'not-made',
  sheet: 'not-made',
};

/** A challenge as it was put: the side to turn to, and when that was first asked for, on the clock of the sights. */
export type Asked = { readonly toward: Toward; readonly at: number };

/**
 * The parts of a series: from the front before the turn was asked for; after that turned to that side, turned to the
 * other, and come back.
 */
export type Parts = Readonly<Record<'front' | 'turned' | 'astray' | 'back', readonly Sight[]>>;

export function partsOf(series: readonly Sight[], { toward, at }: Asked): Parts {
  const front = series.filter((sight) => sight.at <= at && isFront(sight));
  const neutral = front.at(-1)?.yaw ?? 0;
  const sign = toward === 'left' ? 1 : -1;
  const after = series.filter((sight) => sight.at > at);
  const turn = ({ yaw }: Sight) => sign * (yaw - neutral);
  const last = after.findLastIndex((sight) => turn(sight) >= limits.turned);
  return {
    front,
    turned: after.filter((sight) => turn(sight) >= limits.turned),
    astray: after.filter((sight) => turn(sight) <= -limits.turned),
    back: last < 0 ? [] : after.slice(last + 1).filter((sight) => Math.abs(turn(sight)) <= limits.back),
  };
}

export function isFront({ yaw }: Sight): boolean {
  return Math.abs(yaw) <= limits.front;
}

/** Whether both are of one face that never left the camera. */
export function follows(before: Sight, now: Sight): boolean {
  return now.at - before.at <= limits.gap && covered(before.box, now.box) >= limits.overlap;
}

/**
 * Judges a series of frames by each cue: `relief`, that a head turned and no sheet; `blink`, that the eyes shut and
 * opened; `screen` and `sheet`, that there is no mark of one. A series that breaks off in between shows nothing.
 */
export function judge(series: readonly Sight[], asked: Asked): CueResults {
  const { front, turned, astray, back } = partsOf(series, asked);
  const whole = series.every((sight, i) => i === 0 || follows(series[i - 1], sight));
  if (!whole || front.length < limits.fewest) return nothingMade;
  const close = front.flatMap((sight) => sight.close ?? []);
  const sides = close.map(({ edges }) => edges.filter((edge) => edge >= limits.edge.straight).length);
  const said = (made: boolean, good: boolean): CueResults['relief'] =>
    !made ? 'not-made' : good ? 'passed' : 'failed';
  return {
    // A film may turn both ways, and a visitor may take left for right: neither has done what was asked.
    relief: said(turned.length > 0 && back.length > 0 && astray.length === 0, showsRelief({ front, turned })),
    blink: said(
      true,
      hasBlinked(
        front.map(({ opening }) => opening),
        limits.blink,
      ),
    ),
    screen: said(close.length > 0, middle(close.map(({ wave }) => wave)) <= limits.wave),
    sheet: said(close.length > 0, middle(sides) < limits.edge.sides),
  };
}

/** Whether the nose stood out in enough of the turned frames. */
export function showsRelief({ front, turned }: Pick<Parts, 'front' | 'turned'>): boolean {
  const neutral = front.at(-1);
  if (!neutral) return false;
  const clear = turned.filter(({ points }) => reliefBetween(neutral.points, points).nose >= limits.nose);
  return clear.length >= limits.shown;
}

function middle(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
}
