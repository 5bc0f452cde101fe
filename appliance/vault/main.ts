import '../no-inspector.js';

import { openService } from '../systemd/service.js';
import { connectToCore } from './core-connection.js';
import { hardenProcess } from '../harden-process.js';

// The program of one visit. Killing it is the only way it ends, so that everything it holds is gone. Models
// and their runtime are loaded on demand: listing devices does not need them and must be quick.
hardenProcess();
(await openService(() => true)).reportStatus('open');
const core = connectToCore();
const first = await core.requests.next();
if (!first.done && first.value.do === 'load') {
  const { loadAndServe } = await import('./load-and-serve.js');
  await loadAndServe(core, first.value);
} else if (!first.done && first.value.do === 'find-devices') {
  const { serveDeviceList } = await import('./serve-device-list.js');
  await serveDeviceList(core, first.value);
}
process.kill(0, 'SIGKILL');
