import { join } from 'node:path';

import { Lamps } from '../lamps.js';
import { showsScreen } from '../cases/display.js';
import { visitByLamps } from '../cases/lamps.js';
import { isSealed } from '../cases/sealed.js';
import {
  applianceUnits,
  compareStarts,
  memoryAtRest,
  secondsToReady,
  secondsToSystem,
} from '../cases/start.js';
import { visitAtPanel } from '../cases/visit.js';
import { type Means, switchOn } from './suite.js';

/** A box that starts, without its appliance and with it: what it is sealed by, its display, two visits. */
export async function start(means: Means): Promise<void> {
  const { report, kept, emulation } = means;
  const card = means.flash('start');
  const bare = await switchOn(means, 'start', card, applianceUnits);
  const system = await bare.whileOn(secondsToSystem(bare));
  await bare.machine.switchOff();

  // The first start makes the box's key, and takes longer than those that follow.
  const first = await switchOn(means, 'start', card);
  await first.bench.attend();
  await first.whileOn(secondsToReady(first));
  await first.guest.run('sync');
  await first.machine.switchOff();

  const box = await switchOn(means, 'start', card);
  await box.bench.attend();
  compareStarts(await box.whileOn(secondsToReady(box)), system, report);
  await report.check('the root and what it is sealed by', () => isSealed(box));
  await report.check('the screen on the display', () =>
    showsScreen(box, join(kept, `display-${emulation.board.name}.png`)),
  );
  await report.check('memory of the appliance at rest', () => memoryAtRest(box));
  await report.check("a visit at the panel: SANE's pseudo-scanner, libcamera's virtual camera", () =>
    box.whileOn(visitAtPanel(box.bench)),
  );
  const lamps = await Lamps.at(box.guest, (line) => report.tell(line));
  await report.check('one by lights and buttons alone, through the GPIO character device', () =>
    box.whileOn(visitByLamps(lamps, box.bench, report)),
  );
  await box.machine.switchOff();
}
