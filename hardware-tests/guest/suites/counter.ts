import { join } from 'node:path';

import { Lamps } from '../lamps.js';
import { Stick } from '../stick.js';
import { benchTest } from '../cases/bench-test.js';
import { showsScreen } from '../cases/display.js';
import { doctor } from '../cases/doctor.js';
import { takesRecordsOut } from '../cases/export.js';
import { cancelByLamps, visitByLamps } from '../cases/lamps.js';
import { spinningDriver } from '../cases/stall.js';
import { memoryAtRest } from '../cases/start.js';
import { unplugged } from '../cases/unplug.js';
import { type Means, switchOn } from './suite.js';

/** A box at the counter: its display, visits by lights and buttons, devices that fail, the vendor's test of it. */
export async function counter(means: Means): Promise<void> {
  const { report, folder, kept, thorough } = means;
  const box = await switchOn(means, 'counter', means.flash('counter'));
  const { bench } = box;
  const work = async () => {
    await bench.attend();
    await bench.ready();
    await report.check('the screen on the display', () => showsScreen(box, join(kept, 'display.png')));
    await report.check('memory of the appliance at rest', () => memoryAtRest(box));
    const lamps = await Lamps.at(box.guest, (line) => report.tell(line));
    await report.check(
      "a visit by lights and buttons alone: SANE's pseudo-scanner, libcamera's virtual camera, the GPIO character device",
      () => visitByLamps(lamps, bench, report),
    );
    await bench.endPractice();
    await bench.bringSysfs();
    await report.check('one that is cancelled, with a scanner on USB and the lines of onoff', () =>
      cancelByLamps(lamps, bench),
    );
    await report.check('terashi doctor --json', () => doctor(lamps, bench, report));
    await lamps.leave();
    await report.check('the records on a stick', () =>
      takesRecordsOut(box, new Stick(join(folder, 'records.img')), join(folder, 'records')),
    );
    await bench.changeCamera();
    await unplugged(bench, report, thorough ? 3 : 'short');
    await report.check('a driver that spins', () => spinningDriver(bench));
    await report.check('terashi bench-test --unattended', () => benchTest(bench, report));
  };
  await box.whileOn(work());
  await box.machine.switchOff();
}
