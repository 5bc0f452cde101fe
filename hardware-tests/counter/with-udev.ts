import { UdevMonitor } from '../../appliance/core/udev-monitor.js';
import { serve } from './serve.js';

/**
 * The appliance as `terashi run` serves a counter, where udev runs or seems to: the file that says so is the test's.
 *
 *   node with-udev.js STATE CONTROL [SCANNER]
 */
const [state, controlSocket, scanner = 'auto'] = process.argv.slice(2);
await serve(state, {
  devices: { scanner, camera: 'auto' },
  watchDevices: (hear) => new UdevMonitor(hear, { controlSocket, retryMs: 300 }),
});
