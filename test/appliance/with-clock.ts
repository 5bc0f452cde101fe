import { Clock } from '../../appliance/clock/clock.js';
import { thisKernel } from '../../appliance/clock/kernel.js';
import { readMark, writeMark } from '../../appliance/clock/mark.js';
import { Appliance } from '../../appliance/core/appliance.js';
import { recordFileIn, socketIn } from '../../appliance/core/state-folder.js';
import { listen } from '../../appliance/panel/server.js';
import { ok } from '../../appliance/result.js';
import { defaults } from '../../appliance/settings/settings.js';

/**
 * The appliance as `terashi run` serves a counter, on a box that woke at 1970 and whose software is of 1 March 2026.
 * Setting its clock leaves the machine's alone.
 *
 *   node with-clock.js STATE
 */
const [state] = process.argv.slice(2);
const panels = await listen(socketIn(state));
if (!panels.ok) throw new Error(panels.error);
const kernel = thisKernel();
let off = -Date.now();
const mark = `${state}/clock.json`;
const clock = new Clock(
  { ...kernel, wall: () => kernel.wall() + off },
  Date.UTC(2026, 2, 1),
  {
    synchronised: () => Promise.resolve(false),
    batteries: () => Promise.resolve([]),
    mark: () => readMark(mark, kernel.bootId),
  },
  {
    set: (time) => {
      off = time - kernel.wall();
      return Promise.resolve(ok('absent' as const));
    },
    remember: (made) => writeMark(mark, made),
  },
);
const appliance = new Appliance(
  {
    settings: defaults,
    settingsProblems: 0,
    settingsLine: undefined,
    settingsKept: true,
    wanted: { scanner: 'auto', camera: 'auto' },
    model: {},
    recordFile: recordFileIn(state),
    software: 'test',
    clock,
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
panels.value.on('screen', (there) => appliance.screen(there));
process.once('SIGTERM', () => {
  void appliance
    .stop()
    .then(() => panels.value.close())
    .then(() => process.exit());
});
appliance.start();
