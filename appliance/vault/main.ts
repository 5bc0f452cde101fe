import { openService } from '../systemd/service.js';
import { openDoor } from './door.js';
import { seal } from './seal.js';

// The program of one visit. Killing it is the only way it ends, so that everything it holds is gone. Models
// and their runtime are loaded on demand: listing devices does not need them and must be quick.
seal();
(await openService(() => true)).serves('open');
const door = openDoor();
const first = await door.requests.next();
if (!first.done && first.value.do === 'load') {
  const { loadAndServe } = await import('./load-and-serve.js');
  await loadAndServe(door, first.value);
} else if (!first.done && first.value.do === 'find-devices') {
  const { tellDevices } = await import('./tell-devices.js');
  await tellDevices(door, first.value);
}
process.kill(0, 'SIGKILL');
