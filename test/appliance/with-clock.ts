import { Clock } from '../../appliance/clock/clock.js';
import { thisKernel } from '../../appliance/clock/kernel.js';
import { readMark, writeMark } from '../../appliance/clock/mark.js';
import { ok } from '../../appliance/result.js';
import { serve } from '../../hardware-tests/counter/serve.js';

/**
 * The appliance as `terashi run` serves a counter, on a box that woke at 1970 and whose software is of 1 March 2026.
 * Setting its clock leaves the machine's alone.
 *
 *   node with-clock.js STATE
 */
const [state] = process.argv.slice(2);
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
await serve(state, { clock });
