import { join } from 'node:path';

import { UdevMonitor } from '../../appliance/core/udev-monitor.js';
import { Exporter } from '../../appliance/export/exporter.js';
import { Updater } from '../../appliance/update/updater.js';
import { serve } from '../../hardware-tests/counter/serve.js';

/**
 * The appliance as `terashi run` serves a counter on a box that is updated from sticks, and whose records are taken out
 * to them. In FOLDER are the sockets of the two programs for that, and what stands for udev's.
 *
 *   node with-sticks.js STATE FOLDER [DOCUMENT FRAMES]
 */
const [state, folder, document, frames] = process.argv.slice(2);
await serve(state, {
  devices: { scanner: 'auto', camera: 'auto', document, frames },
  updater: new Updater(join(folder, 'update.sock')),
  exporter: new Exporter(join(folder, 'export.sock')),
  watchDevices: (hear) => new UdevMonitor(hear, { controlSocket: join(folder, 'control'), retryMs: 300 }),
});
