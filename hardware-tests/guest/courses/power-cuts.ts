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
} from '../trials/power-cut.js';
import { dismissIfTold } from '../trials/update.js';
import { Versions } from '../versions.js';
import { type Means, switchOn } from './course.js';

/** How many boxes are tried side by side: emulated, a computer has one processor. */
const boxes = 2;

/** Cuts the power so many times, at moments that are drawn by lot, and looks each time whether the box is whole. */
export async function powerCuts(means: Means, count: number): Promise<void> {
  const { report, folder } = means;
  const cards = Array.from({ length: boxes }, (_, number) => means.flash(`box-${number + 1}`));
  const versions = await Versions.of(cards[0], means.emulation.board, means.keys, join(folder, 'versions'));
  const update = await versions.working('0.1.1');
  const rows: Row[] = [];
  const moments = drawMoments(count);
  await Promise.all(
    cards.map((card, number) => {
      const name = `box-${number + 1}`;
      const stick = new Stick(join(folder, `${name}.stick`), [update]);
      const own = moments.filter((_, index) => index % boxes === number);
      return new Cuts(means, name, card, stick, (row) =>
        rows.push({ '#': String(rows.length + 1), ...row }),
      ).all(own);
    }),
  );
  report.table('Power cuts', rows);
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
        const box = await switchOn(this.#means, this.#name, this.#card);
        try {
          await box.whileOn(this.#settle(box));
          this.#before = await box.whileOn(
            whole(box, this.#before, since.find(({ cut }) => cut.record)?.cut.record),
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
    if (this.#before?.running.startsWith('0.1.1')) return { ...moment, within: 'visit' };
    await box.machine.plugStick(this.#stick.file);
    const { clerk } = box.bench;
    // What became of the last update comes first, some time after the box is ready.
    await clerk.until(({ choices }) => choices.some((choice) => /update|dismiss/.test(choice)), 'an update');
    await dismissIfTold(box);
    await clerk.until(({ choices }) => choices.includes('update'), 'an update');
    return moment;
  }
}

const said = ({ within, after }: CutMoment): string => `${within} + ${after} s`;
