import { basename, join } from 'node:path';

import type { Box } from '../box.js';
import type { Card } from '../card.js';
import { type BoxState, type CutPoint, cutWithin, rowOf, verifyIntact } from '../cases/power-cut.js';
import { startsOtherSlot } from '../cases/sealed.js';
import { applianceUnits, compareStarts, secondsToReady, secondsToSystem } from '../cases/start.js';
import { dismiss, losesStick, refusesTampered, rollsBack, takesUpdate, tamper } from '../cases/update.js';
import type { TableRow } from '../report.js';
import { Stick } from '../stick.js';
import { Versions } from '../versions.js';
import { powerOn, runCase, type SuiteContext } from './suite.js';

const [next, broken] = ['0.1.1', '0.1.2'];

/** In seconds after the visit, or the update, has begun. */
const cutPoints = [
  { within: 'visit', after: 40 },
  { within: 'update', after: 25 },
] as const satisfies readonly CutPoint[];

/** The life of a box: it starts, takes updates or rolls them back, loses its power, and its card ages. */
export async function updates(context: SuiteContext): Promise<void> {
  const { report, folder, selection, emulation, keys } = context;
  const path = (name: string) => join(folder, name);
  const card = context.flash('updates');
  // Made while the box starts.
  const versions = Versions.of(card, emulation.board, keys, path('versions'));

  const system = selection.has('updates/time-to-ready') ? await startBare(context, card) : undefined;

  const made = await versions;
  const working = await made.working(next);
  const workingStick = new Stick(path('working.img'), [working]);
  const tampered = path('tampered.raucb');
  tamper(working, tampered);
  const failingStick = selection.has('updates/returned', 'updates/power-cut/update')
    ? new Stick(path('failing.img'), [await made.broken(broken)])
    : undefined;

  const box = await powerOn(context, 'updates', card);
  await box.appliance.connectPanel();
  report.time(
    "updates: the first start to ready, by the guest's clock",
    1000 * (await box.whileOn(secondsToReady(box))),
  );
  await runCase(context, 'updates/tampered', () =>
    refusesTampered(box, new Stick(path('tampered.img'), [tampered]), basename(tampered)),
  );
  await runCase(context, 'updates/stick-lost', () => losesStick(box, workingStick, next));
  await runCase(context, 'updates/kept', () => takesUpdate(box, workingStick, next));
  let slotChanged: Promise<unknown> = Promise.resolve();
  if (selection.has('updates/slot-changed')) {
    // There are two good slots until the next update is written.
    await box.guest.run('sync');
    const aged = card.copy(path('aged.card'));
    slotChanged = runCase(context, 'updates/slot-changed', () =>
      startsOtherSlot(aged, 'b', '0.1.0 in slot a', () => powerOn(context, 'sealed', aged)),
    );
  }
  if (failingStick) await runCase(context, 'updates/returned', () => rollsBack(box, failingStick, broken));

  const ready = await losesPower(context, box, card, failingStick);
  if (ready !== undefined && system !== undefined)
    await runCase(context, 'updates/time-to-ready', () => compareStarts(ready, system, report));
  await slotChanged;
}

/** Starts the box without its appliance, and returns the seconds that its system takes. */
async function startBare(context: SuiteContext, card: Card): Promise<number> {
  const bare = await powerOn(context, 'updates', card, applianceUnits);
  const system = await bare.whileOn(secondsToSystem(bare));
  await bare.machine.powerOff();
  return system;
}

/**
 * Cuts the power at each selected point, checks the box after each, and powers it off.
 *
 * @returns the seconds from the start after the visit's cut until the box was ready
 */
async function losesPower(
  context: SuiteContext,
  box: Box,
  card: Card,
  updateStick: Stick | undefined,
): Promise<number | undefined> {
  const { report, selection } = context;
  const { board } = context.emulation;
  let ready: number | undefined;
  if (selection.has('updates/power-cut')) {
    const rows: TableRow[] = [];
    await box.guest.run('sync');
    let before: BoxState = await verifyIntact(box, card.intactSlots(board));
    for (const point of cutPoints)
      await runCase(context, `updates/power-cut/${point.within}`, async () => {
        const isUpdate = point.within === 'update';
        if (isUpdate) await box.machine.plugStick(updateStick!.file);
        const cut = await cutWithin(box, point);
        const slots = card.intactSlots(board);
        box = await powerOn(context, 'updates', card);
        await box.appliance.connectPanel();
        const seconds = await box.whileOn(secondsToReady(box));
        // The start after the update's cut has a message to show, and takes longer for it.
        if (!isUpdate) ready = seconds;
        before = await verifyIntact(box, slots, { before, record: cut.record, updated: isUpdate });
        rows.push(rowOf(point, cut, before));
        if (isUpdate) await dismiss(box);
        return `${cut.shown}; ${before.running} again, ${before.records} records`;
      });
    report.table('Power cuts', rows);
  }
  await box.machine.powerOff();
  return ready;
}
