import '../no-inspector.js';

import { hardenProcess } from '../harden-process.js';
import { serveVault } from './serve-vault.js';

// The only program that loads libsane, and so a scanner's driver. A vault starts it for one list or one scan, and kills it
// before it opens a camera. A driver that does not return occupies its thread, so it ends by SIGKILL alone.
hardenProcess();
await serveVault();
process.kill(process.pid, 'SIGKILL');
