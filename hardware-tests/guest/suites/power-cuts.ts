import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import type { Box } from '../box.js';
import type { Card } from '../card.js';
import { Machine } from '../machine.js';
import type { Row } from '../report.js';
import { Stick } from '../stick.js';
import {
  type Before,
  type Cut,
  type CutMoment,
  cutWithin,
  drawMoments,
  rowOf,
  whole,
} from '../cases/power-cut.js';
import { dismissIfTold, takesUpdate } from '../cases/update.js';
import { Versions } from '../versions.js';
import { type Means, switchOn } from './suite.js';

/** What both boxes run at first, from their slots b, and what they are offered. */
const [first, next] = ['0.1.1', '0.1.2'];

/** Cuts the power so many times, at moments that are drawn by lot, and looks each time whether the box is whole. */
export async function powerCuts(means: Means, count: number): Promise<void> {
  const { report, folder } = means;
  const card = means.flash('box-1');
  const versions = await Versions.of(card, means.emulation.board, means.keys, join(folder, 'versions'));
  if (!(await report.check('two good slots', () => fillOther(means, card, versions)))) return;
  const update = await versions.working(next);
  const cards = [card, card.copy(join(folder, 'box-2.card'))];
  const rows: Row[] = [];
  const moments = drawMoments(count);
  await Promise.all(
    cards.map((card, number) => {
      const name = `box-${number + 1}`;
      const stick = new Stick(join(folder, `${name}.stick`), [update]);
      const own = moments.filter((_, index) => index % cards.length === number);
      return new Cuts(means, name, card, stick, (row) =>
        rows.push({ '#': String(rows.length + 1), ...row }),
      ).all(own);
    }),
  );
  report.table('Power cuts', rows);
}

/** Has a box take an update, so that either slot could start. */
async function fillOther(means: Means, card: Card, versions: Versions): Promise<string> {
  const stick = new Stick(join(means.folder, 'first.stick'), [await versions.working(first)]);
  const box = await switchOn(means, 'box-1', card);
  await box.bench.attend();
  await box.whileOn(box.bench.ready());
  const taken = await takesUpdate(box, stick, first);
  await box.guest.run('sync');
  await box.machine.switchOff();
  assert.deepEqual(card.wholeSlots(means.emulation.board), ['a', 'b']);
  return taken;
}

/** One box and its power. */
class Cuts {
  readonly #means: Means;
  readonly #name: string;
  readonly #card: Card;
  readonly #stick: Stick;
  readonly #tell: (row: Row) => void;
  #before: Before | undefined;
  /** Cuts after which nobody has looked yet. */
  #open: { readonly moment: CutMoment; readonly cut: Cut }[] = [];

  constructor(means: Means, name: string, card: Card, stick: Stick, tell: (row: Row) => void) {
    this.#means = means;
    this.#name = name;
    this.#card = card;
    this.#stick = stick;
    this.#tell = tell;
  }

  async all(moments: readonly CutMoment[]): Promise<void> {
    for (const moment of moments)
      if (moment.within === 'start') await this.#cutStart(moment);
      else await this.#lookAndCut(moment);
    await this.#lookAndCut({ within: 'rest', after: 0 });
  }

  async #cutStart(moment: CutMoment): Promise<void> {
    const machine = Machine.switchOn(
      { ...this.#means, card: this.#card, wanted: [] },
      join(this.#means.folder, this.#name),
    );
    await wait(moment.after * 1000);
    await machine.cutPower();
    this.#open.push({ moment, cut: { shown: 'starting', record: undefined } });
  }

  async #lookAndCut(asked: CutMoment): Promise<void> {
    let cut: Cut | undefined;
    let moment = asked;
    const since = this.#open;
    await this.#means.report.check(
      `${this.#name}: whole after ${since.map(({ moment }) => said(moment)).join(', ') || 'nothing'}`,
      async () => {
        const slots = this.#card.wholeSlots(this.#means.emulation.board);
        const box = await switchOn(this.#means, this.#name, this.#card);
        try {
          await box.whileOn(this.#settle(box));
          this.#before = await box.whileOn(
            whole(box, slots, this.#before && { before: this.#before, ...sum(since) }),
          );
          for (const each of since) this.#tell(rowOf(each.moment, each.cut, this.#before));
          moment = await this.#prepared(box, asked);
          cut = await cutWithin(box, moment);
        } finally {
          await box.machine.cutPower();
        }
        return `${this.#before.running}, ${this.#before.records} records`;
      },
    );
    this.#open = [{ moment, cut: cut ?? { shown: 'nothing', record: undefined } }];
  }

  async #settle(box: Box): Promise<void> {
    await box.bench.attend();
    await box.bench.ready();
    await dismissIfTold(box);
  }

  /** Plugs the stick in where an update is to be cut; a box that has the update already is cut in a visit. */
  async #prepared(box: Box, moment: CutMoment): Promise<CutMoment> {
    if (moment.within !== 'update') return moment;
    if (this.#before?.running.startsWith(next)) return { ...moment, within: 'visit' };
    await box.machine.plugStick(this.#stick.file);
    const { clerk } = box.bench;
    // What became of the last update comes first, some time after the box is ready.
    await clerk.until(({ choices }) => choices.some((choice) => /update|dismiss/.test(choice)), 'an update');
    await dismissIfTold(box);
    await clerk.until(({ choices }) => choices.includes('update'), 'an update');
    return moment;
  }
}

/** What several cuts after which nobody looked come to. */
const sum = (cuts: readonly { readonly moment: CutMoment; readonly cut: Cut }[]) => ({
  record: cuts.find(({ cut }) => cut.record)?.cut.record,
  updated: cuts.some(({ moment }) => moment.within === 'update'),
});

const said = ({ within, after }: CutMoment): string => `${within} + ${after} s`;
