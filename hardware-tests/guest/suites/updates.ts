import { basename, join } from 'node:path';

import type { Row } from '../report.js';
import { Stick } from '../stick.js';
import { type CutMoment, cutWithin, rowOf, whole } from '../cases/power-cut.js';
import { startsOther } from '../cases/sealed.js';
import { applianceUnits, compareStarts, secondsToReady, secondsToSystem } from '../cases/start.js';
import { dismiss, losesStick, refusesTampered, returns, takesUpdate, tamper } from '../cases/update.js';
import { Versions } from '../versions.js';
import { type Means, switchOn } from './suite.js';

const [next, broken] = ['0.1.1', '0.1.2'];

/** In seconds after a visit has begun, or an update. */
const cuts: readonly CutMoment[] = [
  { within: 'visit', after: 40 },
  { within: 'update', after: 25 },
];

/** The life of a box: it starts, takes updates or returns from them, loses its power, and its card ages. */
export async function updates(means: Means): Promise<void> {
  const { report, folder } = means;
  const place = (name: string) => join(folder, name);
  const card = means.flash('updates');
  const versions = Versions.of(card, means.emulation.board, means.keys, place('versions'));

  const bare = await switchOn(means, 'updates', card, applianceUnits);
  const system = await bare.whileOn(secondsToSystem(bare));
  await bare.machine.switchOff();

  const made = await versions;
  const working = await made.working(next);
  const failing = await made.broken(broken);
  const tampered = place('tampered.raucb');
  tamper(working, tampered);

  let box = await switchOn(means, 'updates', card);
  await box.bench.attend();
  report.time(
    "the first start to ready, by the guest's clock",
    1000 * (await box.whileOn(secondsToReady(box))),
  );
  await report.check('a bundle of which one byte was changed', () =>
    refusesTampered(box, new Stick(place('tampered.img'), [tampered]), basename(tampered)),
  );
  const workingStick = new Stick(place('working.img'), [working]);
  await report.check('a stick that is pulled half-way', () => losesStick(box, workingStick, next));
  await report.check('an update from a stick', () => takesUpdate(box, workingStick, next));
  // From here on there are two good slots, for as long as no other update is written.
  await box.guest.run('sync');
  const aged = card.copy(place('aged.card'));
  const sealed = report.check('a slot of which one byte was changed', () =>
    startsOther(aged, 'b', '0.1.0 in slot a', () => switchOn(means, 'sealed', aged)),
  );
  const failingStick = new Stick(place('failing.img'), [failing]);
  await report.check('an update that fails its self-test', () => returns(box, failingStick, broken));

  const rows: Row[] = [];
  const { board } = means.emulation;
  await box.guest.run('sync');
  let before = await whole(box, card.wholeSlots(board));
  let ready = 0;
  for (const moment of cuts)
    await report.check(`the power goes: ${moment.within}`, async () => {
      if (moment.within === 'update') await box.machine.plugStick(failingStick.file);
      const cut = await cutWithin(box, moment);
      const slots = card.wholeSlots(board);
      box = await switchOn(means, 'updates', card);
      await box.bench.attend();
      const seconds = await box.whileOn(secondsToReady(box));
      // The other start has an update to tell of, and takes longer for it.
      if (moment.within === 'visit') ready = seconds;
      before = await whole(box, slots, { before, record: cut.record, updated: moment.within === 'update' });
      rows.push(rowOf(moment, cut, before));
      if (moment.within === 'update') await dismiss(box);
      return `${cut.shown}; ${before.running} again, ${before.records} records`;
    });
  report.table('Power cuts', rows);
  compareStarts(ready, system, report);
  await box.machine.switchOff();
  await sealed;
}
