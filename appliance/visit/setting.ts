import { minute as minuteSchema, type Minute, type Part, parts, turned } from '../clock/minute.js';
import type { Key } from '../protocol/key.js';
import type { FromClerk, Turn } from './event.js';

/** The clock that the clerk is setting. */
export type Setting = {
  readonly time: Minute;
  /** The stop that the clerk is at: a part of the time, and after the last of them the button that sets it. */
  readonly stop: number;
  /** What the part held when it was opened to be changed; undefined while none is open. */
  readonly opened: Minute | undefined;
};

/** The stop after the parts: there the time is set. */
export const lastStop = parts.length;

export function beginning(guess: Minute): Setting {
  return { time: minuteSchema.safeParse(guess).data ?? earliest, stop: 0, opened: undefined };
}

/** A guess beyond the years that can be shown is no guess. */
const earliest: Minute = { year: 2026, month: 1, day: 1, hour: 0, minute: 0 };

/** An arrow: turns the open part, or else goes to the next stop. The one button of the lights goes `round`. */
export function turn(setting: Setting, { by, round = false }: Turn): Setting {
  const { time, stop, opened } = setting;
  const part = partAt(setting);
  if (opened && part) return { ...setting, time: turned(time, part, by) };
  if (round) return { ...setting, stop: (stop + by) % (lastStop + 1) };
  return { ...setting, stop: Math.max(0, Math.min(stop + by, lastStop)) };
}

/** Opens the part, or closes it with what it holds now. */
export function take(setting: Setting): Setting {
  return { ...setting, opened: setting.opened ? undefined : setting.time };
}

/** Closes the part with what it held before. */
export function leave({ time, stop, opened }: Setting): Setting {
  return { time: opened ?? time, stop, opened: undefined };
}

/** What a key does while the clock is set. */
export function pressOnClock(setting: Setting, pressed: Key): FromClerk | undefined {
  switch (pressed) {
    case 'left':
      return { type: 'turn', by: -1 };
    case 'right':
      return { type: 'turn', by: 1 };
    case 'next':
      return { type: 'turn', by: 1, round: true };
    case 'enter':
      return { type: partAt(setting) ? 'take' : 'set-time' };
    case 'back':
    case 'cancel':
      return { type: pressed };
    case 'language':
    case 'quit':
      return undefined;
  }
}

function partAt({ stop }: Setting): Part | undefined {
  return stop < lastStop ? parts[stop] : undefined;
}
