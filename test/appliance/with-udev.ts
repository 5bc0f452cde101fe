import { Appliance } from '../../appliance/core/appliance.js';
import { recordFileIn, socketIn } from '../../appliance/core/state-folder.js';
import { PlugWatch } from '../../appliance/core/udev.js';
import { listen } from '../../appliance/panel/server.js';
import { defaults } from '../../appliance/settings/settings.js';

/**
 * The appliance as `terashi run` serves a counter, where udev runs or seems to: the file that says so is the test's.
 *
 *   node with-udev.js STATE CONTROL [SCANNER]
 */
const [state, control, scanner = 'auto'] = process.argv.slice(2);
const panels = await listen(socketIn(state));
if (!panels.ok) throw new Error(panels.error);
const appliance = new Appliance(
  {
    settings: defaults,
    settingsProblems: 0,
    settingsLine: undefined,
    settingsKept: true,
    wanted: { scanner, camera: 'auto' },
    model: {},
    recordFile: recordFileIn(state),
    software: 'test',
    watch: (hear) => new PlugWatch(hear, { control, again: 300 }),
  },
  {
    view: (view) => panels.value.show(view),
    recorded: () => undefined,
    watching: () => undefined,
    quit: () => undefined,
    bug: (thrown) => {
      throw thrown;
    },
  },
);
panels.value.on('press', (key) => appliance.press(key));
process.once('SIGTERM', () => {
  void appliance
    .stop()
    .then(() => panels.value.close())
    .then(() => process.exit());
});
appliance.start();
