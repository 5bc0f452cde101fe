import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

import * as z from 'zod';

import { type Minute, type Part, parts } from '../../../appliance/clock/minute.js';
import type { Scene } from '../../../appliance/panel/view.js';
import { until } from '../../counter/until.js';
import type { Box } from '../box.js';
import type { GuestClerk } from '../clerk.js';
import { longTimeoutMs } from '../timeouts.js';

const minuteMs = 60_000;
/** Japan has no summer time. */
const aheadOfUtcMs = 9 * 60 * minuteMs;

const clockShown = z.object({ now: z.string(), timeZone: z.string(), timeSource: z.string() });

/**
 * Loses the box's time, and sets it again at the panel by keys alone, as a clerk does who looks at a wrist watch. Checks
 * the wall clock, the battery-backed clock where the board has one, and who vouches for the time.
 */
export async function setsClock({ guest, appliance }: Box): Promise<string> {
  const { clerk } = appliance;
  await guest.run('date', '--set', '2000-01-01T00:00:00Z');
  // There is none before the box's own screen is connected, which comes last in its start.
  const isOffered = () => clerk.view?.choices.includes('set-clock');
  await until('the offer to set the clock', isOffered, { timeoutMs: longTimeoutMs, intervalMs: 200 });
  await clerk.choose('set-clock');
  await clerk.waitFor(({ scene }) => scene.name === 'set-clock', 'the parts of the time');

  // Later than any record, and so no time that the box asks about.
  const target = minuteInJapan(Date.now() + 2 * minuteMs);
  for (const part of parts) await setPart(clerk, part, target[part]);
  await clerk.press('enter');
  await clerk.waitFor(({ scene }) => /^clock-(not-)?set$/.test(scene.name), 'the end of setting the clock');
  const { scene } = clerk.view!;
  assert(scene.name === 'clock-set', JSON.stringify(scene));

  const chips = (await guest.run('ls', '/sys/class/rtc')).trim().split('\n').filter(Boolean);
  assert.equal(scene.battery, chips.length > 0 ? 'set' : 'absent');
  const wall = Number(await guest.run('date', '+%s'));
  const set = secondsOf(target);
  assert(wall >= set && wall <= set + 120, `${wall - set} s after the time that was set`);
  for (const chip of chips) {
    const battery = Number(await guest.run('cat', `/sys/class/rtc/${chip}/since_epoch`));
    assert(Math.abs(battery - wall) <= 60, `${chip} is ${battery - wall} s from the wall clock`);
  }
  const { text } = await appliance.terashi('clock', 'show', '--json');
  const { now, timeZone, timeSource } = clockShown.parse(
    JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)),
  );
  assert.deepEqual([now.slice(-6), timeZone, timeSource], ['+09:00', 'Asia/Tokyo', 'clerk']);
  await clerk.choose('done');
  await appliance.waitUntilReady();
  return `${now}, battery-backed clock ${scene.battery}`;
}

function minuteInJapan(instant: number): Minute {
  const local = new Date(instant + aheadOfUtcMs);
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
  };
}

function secondsOf({ year, month, day, hour, minute }: Minute): number {
  return (Date.UTC(year, month - 1, day, hour, minute) - aheadOfUtcMs) / 1000;
}

/** Opens the part in focus, turns it to a value, closes it, and goes on to the next. */
async function setPart(clerk: GuestClerk, part: Part, value: number): Promise<void> {
  await clerk.press('enter');
  for (;;) {
    const shown = timeOf(clerk.view!.scene)[part];
    if (shown === value) break;
    await clerk.press(shown < value ? 'right' : 'left');
    await clerk.waitFor(({ scene }) => timeOf(scene)[part] !== shown, `another ${part}`);
  }
  await clerk.press('enter');
  await clerk.press('right');
  // Until the button, or the next part, is in focus: the core takes no Enter that comes with its scene.
  await sleep(1000);
}

function timeOf(scene: Scene): Minute {
  assert(scene.name === 'set-clock', scene.name);
  return scene.time;
}
