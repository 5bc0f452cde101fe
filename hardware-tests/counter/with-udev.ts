import { PlugWatch } from '../../appliance/core/udev.js';
import { serve } from './serve.js';

/**
 * The appliance as `terashi run` serves a counter, where udev runs or seems to: the file that says so is the test's.
 *
 *   node with-udev.js STATE CONTROL [SCANNER]
 */
const [state, control, scanner = 'auto'] = process.argv.slice(2);
await serve(state, {
  wanted: { scanner, camera: 'auto' },
  watch: (hear) => new PlugWatch(hear, { control, again: 300 }),
});
