import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';

import type { Box } from '../box.js';
import type { Row } from '../report.js';

/** When the power goes: while it starts, between visits, within a visit, or while an update is written. */
export type CutMoment = { readonly within: 'start' | 'rest' | 'visit' | 'update'; readonly after: number };

/** In seconds, of the computer's own clock: over what a moment is drawn. */
const spans = { start: 100, rest: 20, visit: 60, update: 60 } as const;

/** Draws so many moments, a third of them within visits and updates. */
export function drawMoments(count: number, random = Math.random): CutMoment[] {
  const kinds = ['start', 'visit', 'rest', 'start', 'update', 'rest'] as const;
  return Array.from({ length: count }, (_, index) => {
    const within = kinds[index % kinds.length];
    return { within, after: Math.round(random() * spans[within] * 10) / 10 };
  });
}

/** What a box knew before its power went. */
export type Before = { readonly records: number; readonly running: string };

/**
 * Brings a box that is ready to where the power is to go, waits, and cuts it. A start is cut by whoever switches on.
 */
export async function cutWithin(box: Box, { within, after }: CutMoment): Promise<string> {
  const { clerk } = box.bench;
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
  const shown = clerk.newest?.scene.name ?? 'nothing yet';
  await box.machine.cutPower();
  return shown;
}

/** Goes on with a visit for as long as there is power, one after another. */
async function visit({ bench: { clerk } }: Box): Promise<never> {
  for (;;) {
    const { scene, choices } = clerk.newest!;
    if (choices.length > 0) await clerk.press('enter');
    const before = scene.name;
    for (let i = 0; i < 50 && clerk.newest?.scene.name === before; i++) await wait(200);
  }
}

/** After a power cut: the box has started, its chain holds, and no visit is missing or half there. */
export async function whole(box: Box, before: Before | undefined): Promise<Before> {
  const chain = await box.bench.terashi('records', 'verify', '--json');
  assert(chain.ok, `the chain does not verify: ${chain.text}`);
  const records = (await box.bench.records()).length;
  const torn = await box.guest.run('sh', '-c', 'ls /var/lib/terashi | grep -c torn || true');
  assert.equal(torn.trim(), '0', 'a record was torn');
  if (before) assert(records >= before.records, `${before.records} records before, ${records} after`);
  return { records, running: await box.running() };
}

/** A row of the table of power cuts. */
export const rowOf = ({ within, after }: CutMoment, shown: string, { records, running }: Before): Row => ({
  within,
  after: `${after} s`,
  shown,
  'started again': running,
  records: String(records),
  chain: 'verified',
});
