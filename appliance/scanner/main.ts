import '../no-inspector.js';

import { hardenProcess } from '../harden-process.js';
import { denyCameras } from './deny-cameras.js';
import { linesFd, samplesFd } from './descriptors.js';
import { startAgain } from './start-again.js';

// The only program that loads libsane, and so a scanner's driver. A vault starts it for one list or one scan, and kills it
// before it opens a camera; meanwhile it cannot open one itself. A driver that does not return occupies its thread, so it
// ends by SIGKILL alone.
const restricted = 'cameras-denied';

hardenProcess();
if (process.argv.at(-1) !== restricted && denyCameras()) startAgain(restricted, [linesFd, samplesFd]);
const { serveVault } = await import('./serve-vault.js');
await serveVault();
process.kill(process.pid, 'SIGKILL');
