import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

import type { SlotName } from '../../../image/os/options.js';
import type { Box } from '../box.js';
import type { TableRow } from '../report.js';

/** When the power goes, in seconds after a start, a rest, a visit or the writing of an update has begun. */
export type CutPoint = {
  readonly within: 'start' | 'rest' | 'visit' | 'update';
  readonly after: number;
};

/** In seconds of the host's clock: the range from which a random point is drawn. */
const ranges = { start: 100, rest: 20, visit: 60, update: 60 } as const;

/** Draws random points, a third of them within visits and updates. */
export function randomCutPoints(count: number): CutPoint[] {
  const kinds = ['start', 'visit', 'rest', 'start', 'update', 'rest'] as const;
  return Array.from({ length: count }, (_, index) => {
    const within = kinds[index % kinds.length];
    return { within, after: Math.round(Math.random() * ranges[within] * 10) / 10 };
  });
}

export type BoxState = {
  readonly records: number;
  readonly running: string;
  /** The slots whose every byte passed verity while the box was off. */
  readonly slots: readonly SlotName[];
};

/** The scene when the power went, and the number of the last record that the box had reported as written. */
export type Cut = { readonly shown: string; readonly record: string | undefined };

/** Brings a ready box to a point and cuts the power there. The caller that powers a box on cuts its start. */
export async function cutWithin(box: Box, { within, after }: CutPoint): Promise<Cut> {
  const { clerk } = box.appliance;
  let record: string | undefined;
  box.guest.on('event', () => {
    const scene = clerk.view?.scene;
    if (scene?.name === 'erased') record = scene.record;
  });
  if (within === 'visit') {
    await clerk.choose('begin');
    void makeVisits(box).catch(() => undefined);
  }
  if (within === 'update') {
    await clerk.choose('update');
    await clerk.waitFor(({ scene }) => scene.name === 'update-found', 'the version on the stick');
    await clerk.choose('install-update');
  }
  await sleep(after * 1000);
  await box.machine.cutPower();
  return { shown: clerk.view?.scene.name ?? 'nothing yet', record };
}

/** Cancels the first visit, so that one is recorded at once, and makes more until the power goes. */
async function makeVisits({ appliance: { clerk } }: Box): Promise<never> {
  let isFirst = true;
  for (;;) {
    const { scene, choices, focus } = clerk.view!;
    const cancel = isFirst && scene.name === 'reason';
    if (cancel) isFirst = false;
    if (choices.length > 0) await clerk.press(cancel ? 'cancel' : focus === undefined ? 'right' : 'enter');
    for (let i = 0; i < 50 && clerk.view?.scene.name === scene.name; i++) await sleep(200);
  }
}

/** What happened since the box was last checked. */
export type Since = {
  readonly before: BoxState;
  /** The number of the last record that the box had reported as written. */
  readonly record: string | undefined;
  /** Whether an update was begun, which overwrites the slot that does not run. */
  readonly updated: boolean;
};

/**
 * Checks a box that has started after a power cut: the chain of records verifies, no record is torn, none that was
 * reported is missing, and no slot is lost.
 *
 * @param slots those intact on the card before this start
 */
export async function verifyIntact(box: Box, slots: readonly SlotName[], since?: Since): Promise<BoxState> {
  const running = await box.running();
  const good = [...(await box.slots()).matchAll(/(\w) good/g)].map(([, slot]) => slot as SlotName);
  const kept =
    since?.before.slots.filter((slot) => !since.updated || since.before.running.endsWith(slot)) ?? [];
  for (const slot of [...good, ...kept]) assert(slots.includes(slot), `slot ${slot} is lost`);
  const chain = await box.appliance.terashi('records', 'verify', '--json');
  assert(chain.ok, `the chain does not verify: ${chain.text}`);
  const entries = await box.appliance.records();
  const records = entries.length;
  const isThere = since?.record === undefined || entries.some(({ number }) => number === since.record);
  assert(isThere, `record ${since?.record} was reported as written and is missing`);
  const torn = await box.guest.run('sh', '-c', 'ls /var/lib/terashi | grep -c torn || true');
  assert.equal(torn.trim(), '0', 'a record was torn');
  if (since)
    assert(records >= since.before.records, `${since.before.records} records before, ${records} after`);
  return { records, running, slots };
}

export const rowOf = (
  { within, after }: CutPoint,
  { shown, record }: Cut,
  { records, running, slots }: BoxState,
): TableRow => ({
  within,
  after: `${after} s`,
  shown,
  'last reported record': record ?? '–',
  'started again': running,
  'intact slots': slots.join(', '),
  records: String(records),
  chain: 'verified',
});
