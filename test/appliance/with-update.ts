import { PlugWatch } from '../../appliance/core/udev.js';
import { Updater } from '../../appliance/update/updater.js';
import { serve } from './serve.js';

/**
 * The appliance as `terashi run` serves a counter on a box that is updated from sticks.
 *
 *   node with-update.js STATE CONTROL SOCKET
 */
const [state, control, socket] = process.argv.slice(2);
await serve(state, {
  updater: new Updater(socket),
  watch: (hear) => new PlugWatch(hear, { control, again: 300 }),
});
