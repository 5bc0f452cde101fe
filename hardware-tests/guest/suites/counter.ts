import { join } from 'node:path';

import { benchTest } from '../cases/bench-test.js';
import { setsClock } from '../cases/clock.js';
import { showsScreen } from '../cases/display.js';
import { doctor } from '../cases/doctor.js';
import { copiesRecords, writeExportKey } from '../cases/export.js';
import { cancelByLights, visitByLights, waitForDriver } from '../cases/lights.js';
import { spinningDriver } from '../cases/stall.js';
import { memoryAtRest } from '../cases/start.js';
import { unplugAtSelectedPoints, unplugEverywhere } from '../cases/unplug.js';
import { vendorTests } from '../cases/vendor.js';
import { LightsAndButtons } from '../lights-and-buttons.js';
import { Stick } from '../stick.js';
import { powerOn, runCase, type SuiteContext } from './suite.js';

/** The cases on USB devices. They run last, because they replace the pseudo-scanner and the virtual camera. */
const onUsb = ['cancel', 'doctor', 'records', 'unplug', 'stall', 'vendor', 'bench-test'].map(
  (name) => `counter/${name}`,
);

/** A box at the counter: its display, visits by lights and buttons, failing devices, the vendor's test. */
export async function counter(context: SuiteContext): Promise<void> {
  const { report, folder, kept, thorough, selection } = context;
  const begun = performance.now();
  const card = context.flash('counter');
  const exportKey = writeExportKey(card, folder);
  const box = await powerOn(context, 'counter', card);
  const { appliance } = box;
  const run = async () => {
    await appliance.connectPanel();
    await appliance.waitUntilReady();
    report.time('counter: the first start to ready', performance.now() - begun);
    // The key in the settings of a new box.
    await appliance.agreeToChanges();
    await runCase(context, 'counter/screen', () => showsScreen(box, join(kept, 'display.png')));
    await runCase(context, 'counter/memory', () => memoryAtRest(box));
    const lights = await LightsAndButtons.attach(box.guest, (line) => report.log(line));
    await runCase(context, 'counter/visit', () =>
      box.withoutPackets(() => visitByLights(lights, appliance, report)),
    );
    await runCase(context, 'counter/clock', () => setsClock(box));
    if (!selection.has(...onUsb)) return;
    await appliance.endPractice();
    await appliance.enableSysfsGpio();
    await waitForDriver(appliance, 'sysfs');
    await runCase(context, 'counter/cancel', () => cancelByLights(lights, appliance));
    await runCase(context, 'counter/doctor', () => doctor(lights, appliance, report));
    await lights.detach();
    await runCase(context, 'counter/records', () =>
      copiesRecords(box, new Stick(join(folder, 'records.img')), exportKey, join(folder, 'records')),
    );
    if (!selection.has('counter/unplug', 'counter/stall', 'counter/vendor', 'counter/bench-test')) return;
    await appliance.replaceVirtualCamera();
    if (thorough) await unplugEverywhere(context, appliance, 3);
    else await unplugAtSelectedPoints(context, appliance);
    await runCase(context, 'counter/stall', () => spinningDriver(appliance));
    await runCase(context, 'counter/vendor', () =>
      vendorTests(box, lights, context.keys.update, folder, report),
    );
    await runCase(context, 'counter/bench-test', () => benchTest(appliance, report));
  };
  await box.whileOn(run());
  await box.machine.powerOff();
}
