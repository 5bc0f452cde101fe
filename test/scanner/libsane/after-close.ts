import { Sane } from '../../../appliance/scanner/sane/sane.js';
import { configuration } from '../../../hardware-tests/counter/scanners/drivers.js';

/**
 * Uses a scanner in every way after it was closed, and after SANE was ended, in its own process: libsane
 * crashes when it gets such a handle. Prints in one line what each call returned.
 */
const sane = new Sane({ configuration });
const answers: unknown[] = [];

for (const end of ['close', 'exit'] as const) {
  const opened = await sane.open('test:0');
  if (!opened.ok) throw new Error(opened.error);
  const device = opened.value;
  await device.start();
  // Not awaited: the calls that follow are made before the device is closed.
  const ending = end === 'close' ? device.close() : sane.exit();
  const under = [device.read(new Uint8Array(100)), device.cancel(), device.parameters()];
  await ending;
  await Promise.all(under);
  answers.push(
    await device.get('mode'),
    await device.set('mode', 'Color'),
    await device.parameters(),
    await device.start(),
    await device.read(new Uint8Array(100)),
    await device.cancel(),
    await device.close(),
  );
}
process.stdout.write(`${JSON.stringify(answers)}\n`);
