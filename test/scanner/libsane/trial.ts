import { Sane } from '../../../appliance/scanner/sane/sane.js';
import { scanPage } from '../../../appliance/scanner/scan.js';
import { configuration } from '../../../hardware-tests/counter/scanners/drivers.js';

/**
 * One scan with a driver that may never return, in its own process: prints in one line how it ended, and
 * how a second scan ended. It runs until it is killed, as a vault does.
 */
const [name, what] = process.argv.slice(2);
const sane = new Sane({ configuration, timeouts: { quiet: 300, moving: 300 } });
const abort = new AbortController();
let turns = 0;
setInterval(() => turns++, 10);

const listener = { progress: () => undefined, waiting: () => undefined };
const scan = () => scanPage(sane, { kind: 'sane', name }, { resolution: 300 }, listener, abort.signal);

if (what === 'abort') setTimeout(() => abort.abort(), 100);
const first = await scan();
const during = turns;
const second = await scan();
const ended = await sane.exit();
process.stdout.write(`${JSON.stringify({ first, turns: during, second, ended })}\n`);
