import { openService } from '../systemd/service.js';
import { openDoor } from './door.js';
import { seal } from './seal.js';

// The program of one visit. Whatever it holds is gone when it ends, so it ends in one way only: killed. The models,
// and what runs them, are loaded only where they are asked for: looking for devices needs none and has to be quick.
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
