import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';

import type { SlotName } from '../../../image/os/options.js';
import type { Box } from '../box.js';
import type { Row } from '../report.js';

/** When the power goes: while it starts, between visits, within a visit, or while an update is written. */
export type CutMoment = { readonly within: 'start' | 'rest' | 'visit' | 'update'; readonly after: number };

/** In seconds, of the computer's own clock: over what a moment is drawn. */
const spans = { start: 100, rest: 20, visit: 60, update: 60 } as const;

/** Draws so many moments, a third of them within visits and updates. */
export function drawMoments(count: number): CutMoment[] {
  const kinds = ['start', 'visit', 'rest', 'start', 'update', 'rest'] as const;
  return Array.from({ length: count }, (_, index) => {
    const within = kinds[index % kinds.length];
    return { within, after: Math.round(Math.random() * spans[within] * 10) / 10 };
  });
}

/** What a box knew before its power went, and which slots its card had whole. */
export type Before = {
  readonly records: number;
  readonly running: string;
  readonly slots: readonly SlotName[];
};

/** What was shown when the power went, and the record that the box had said was written last. */
export type Cut = { readonly shown: string; readonly record: string | undefined };

/**
 * Brings a box that is ready to where the power is to go, waits, and cuts it. A start is cut by whoever switches on.
 */
export async function cutWithin(box: Box, { within, after }: CutMoment): Promise<Cut> {
  const { clerk } = box.bench;
  let record: string | undefined;
  box.guest.on('news', () => {
    const scene = clerk.newest?.scene;
    if (scene?.name === 'erased') record = scene.record;
  });
  if (within === 'visit') {
    await clerk.choose('begin');
    void visit(box).catch(() => undefined);
  }
  if (within === 'update') {
    await clerk.choose('update');
    await clerk.until(({ scene }) => scene.name === 'update-found', 'an update');
    await clerk.choose('install-update');
  }
  await wait(after * 1000);
  await box.machine.cutPower();
  return { shown: clerk.newest?.scene.name ?? 'nothing yet', record };
}

/** Cancels a visit, which is recorded at once, and goes on with the next ones for as long as there is power. */
async function visit({ bench: { clerk } }: Box): Promise<never> {
  let first = true;
  for (;;) {
    const { scene, choices } = clerk.newest!;
    const cancel = first && scene.name === 'reason';
    if (cancel) first = false;
    if (choices.length > 0) await clerk.press(cancel ? 'cancel' : 'enter');
    for (let i = 0; i < 50 && clerk.newest?.scene.name === scene.name; i++) await wait(200);
  }
}

/** What happened since it was last looked. */
export type Since = {
  readonly before: Before;
  /** The record that the box had said was written last. */
  readonly record: string | undefined;
  /** Whether an update was begun, which writes over the slot that does not run. */
  readonly updated: boolean;
};

/**
 * After a power cut: the box has started, its chain holds, no visit is half there, nor one missing that was told, and no
 * slot is lost.
 *
 * @param slots which its card had whole before it started
 */
export async function whole(box: Box, slots: readonly SlotName[], since?: Since): Promise<Before> {
  const running = await box.running();
  const good = [...(await box.slots()).matchAll(/(\w) good/g)].map(([, slot]) => slot as SlotName);
  // An update writes over the one that does not run.
  const kept =
    since?.before.slots.filter((slot) => !since.updated || since.before.running.endsWith(slot)) ?? [];
  for (const slot of [...good, ...kept]) assert(slots.includes(slot), `slot ${slot} is lost`);
  const chain = await box.bench.terashi('records', 'verify', '--json');
  assert(chain.ok, `the chain does not verify: ${chain.text}`);
  const entries = await box.bench.records();
  const records = entries.length;
  const isThere = since?.record === undefined || entries.some(({ number }) => number === since.record);
  assert(isThere, `${since?.record} was told, and is not there`);
  const torn = await box.guest.run('sh', '-c', 'ls /var/lib/terashi | grep -c torn || true');
  assert.equal(torn.trim(), '0', 'a record was torn');
  if (since)
    assert(records >= since.before.records, `${since.before.records} records before, ${records} after`);
  return { records, running, slots };
}

/** A row of the table of power cuts. */
export const rowOf = (
  { within, after }: CutMoment,
  { shown, record }: Cut,
  { records, running, slots }: Before,
): Row => ({
  within,
  after: `${after} s`,
  shown,
  'told last': record ?? '–',
  'started again': running,
  'whole slots': slots.join(', '),
  records: String(records),
  chain: 'verified',
});
