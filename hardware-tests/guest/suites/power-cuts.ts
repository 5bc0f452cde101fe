import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Box } from '../box.js';
import type { Card } from '../card.js';
import {
  type BoxState,
  type Cut,
  type CutPoint,
  cutWithin,
  randomCutPoints,
  rowOf,
  verifyIntact,
} from '../cases/power-cut.js';
import { dismissIfShown, takesUpdate } from '../cases/update.js';
import { Machine } from '../machine.js';
import type { TableRow } from '../report.js';
import { Stick } from '../stick.js';
import { Versions } from '../versions.js';
import { powerOn, type SuiteContext } from './suite.js';

/** What both boxes run at first, from their slots b, and the update that they are offered. */
const [first, next] = ['0.1.1', '0.1.2'];

/** Cuts the power at random points, and checks after each whether the box is intact. */
export async function powerCuts(context: SuiteContext, count: number): Promise<void> {
  const { report, folder } = context;
  const card = context.flash('box-1');
  const versions = await Versions.of(card, context.emulation.board, context.keys, join(folder, 'versions'));
  if (!(await report.check('two good slots', () => fillSlotB(context, card, versions)))) return;
  const update = await versions.working(next);
  const cards = [card, card.copy(join(folder, 'box-2.card'))];
  const rows: TableRow[] = [];
  const points = randomCutPoints(count);
  await Promise.all(
    cards.map((card, number) => {
      const name = `box-${number + 1}`;
      const stick = new Stick(join(folder, `${name}.stick`), [update]);
      const own = points.filter((_, index) => index % cards.length === number);
      const addRow = (row: TableRow) => rows.push({ '#': String(rows.length + 1), ...row });
      return new CutBox(context, name, card, stick, addRow).cutAt(own);
    }),
  );
  report.table('Power cuts', rows);
}

/** Installs an update, so that either slot can start. */
async function fillSlotB(context: SuiteContext, card: Card, versions: Versions): Promise<string> {
  const stick = new Stick(join(context.folder, 'first.stick'), [await versions.working(first)]);
  const box = await powerOn(context, 'box-1', card);
  await box.appliance.connectPanel();
  await box.whileOn(box.appliance.waitUntilReady());
  const result = await takesUpdate(box, stick, first);
  await box.guest.run('sync');
  await box.machine.powerOff();
  assert.deepEqual(card.intactSlots(context.emulation.board), ['a', 'b']);
  return result;
}

type CutOff = { readonly point: CutPoint; readonly cut: Cut };

/** A box whose power is cut again and again. */
class CutBox {
  readonly #context: SuiteContext;
  readonly #name: string;
  readonly #card: Card;
  readonly #stick: Stick;
  readonly #addRow: (row: TableRow) => void;
  #before: BoxState | undefined;
  /** Cuts after which the box has not been checked yet. */
  #unchecked: CutOff[] = [];

  constructor(
    context: SuiteContext,
    name: string,
    card: Card,
    stick: Stick,
    addRow: (row: TableRow) => void,
  ) {
    this.#context = context;
    this.#name = name;
    this.#card = card;
    this.#stick = stick;
    this.#addRow = addRow;
  }

  async cutAt(points: readonly CutPoint[]): Promise<void> {
    for (const point of points)
      if (point.within === 'start') await this.#cutStart(point);
      else await this.#checkAndCut(point);
    await this.#checkAndCut({ within: 'rest', after: 0 });
  }

  async #cutStart(point: CutPoint): Promise<void> {
    const machine = Machine.powerOn(
      { ...this.#context, card: this.#card, wanted: [] },
      join(this.#context.folder, this.#name),
    );
    await sleep(point.after * 1000);
    await machine.cutPower();
    this.#unchecked.push({ point, cut: { shown: 'starting', record: undefined } });
  }

  /** Starts the box, checks what the cuts since the last check have left, and cuts the power once more. */
  async #checkAndCut(planned: CutPoint): Promise<void> {
    let cut: Cut | undefined;
    let point = planned;
    const since = this.#unchecked;
    const cuts = since.map(({ point: { within, after } }) => `${within} + ${after} s`).join(', ') || 'no cut';
    await this.#context.report.check(`${this.#name}: intact after ${cuts}`, async () => {
      const slots = this.#card.intactSlots(this.#context.emulation.board);
      const box = await powerOn(this.#context, this.#name, this.#card);
      try {
        await box.whileOn(this.#waitUntilIdle(box));
        this.#before = await box.whileOn(
          verifyIntact(box, slots, this.#before && { before: this.#before, ...combine(since) }),
        );
        for (const each of since) this.#addRow(rowOf(each.point, each.cut, this.#before));
        point = await this.#prepare(box, planned);
        cut = await cutWithin(box, point);
      } finally {
        await box.machine.cutPower();
      }
      return `${this.#before.running}, ${this.#before.records} records`;
    });
    this.#unchecked = [{ point, cut: cut ?? { shown: 'nothing', record: undefined } }];
  }

  async #waitUntilIdle(box: Box): Promise<void> {
    await box.appliance.connectPanel();
    await box.appliance.waitUntilReady();
    await dismissIfShown(box);
  }

  /** Plugs the stick in for a cut within an update. A box that has the update already is cut in a visit instead. */
  async #prepare(box: Box, point: CutPoint): Promise<CutPoint> {
    if (point.within !== 'update') return point;
    if (this.#before?.running.startsWith(next)) return { ...point, within: 'visit' };
    await box.machine.plugStick(this.#stick.file);
    const { clerk } = box.appliance;
    // News of the last update may still come first, some time after the box is ready.
    await clerk.waitFor(
      ({ choices }) => choices.some((choice) => /look-at-stick|dismiss/.test(choice)),
      'the stick, or news of an update',
    );
    await dismissIfShown(box);
    await clerk.choose('look-at-stick');
    await clerk.waitFor(({ choices }) => choices.includes('update'), 'the offer of an update');
    return point;
  }
}

const combine = (cuts: readonly CutOff[]) => ({
  record: cuts.find(({ cut }) => cut.record)?.cut.record,
  updated: cuts.some(({ point }) => point.within === 'update'),
});
