import { parseArgs } from 'node:util';

import { loadModels } from '../face/sessions.js';
import { installation } from '../installation.js';
import { openDoor } from './door.js';
import { seal } from './seal.js';
import { serve } from './serve.js';

// The program of one visit. Whatever it holds is gone when it ends, so it ends in one way only: killed.
seal();
const door = openDoor();
const { pack, calibration } = parseArgs({
  options: { pack: { type: 'string' }, calibration: { type: 'string' } },
}).values;
const models = await loadModels({ ...installation, pack, calibration });
if (models.ok) {
  const { id, sha256, threshold, calibration } = models.value.recogniser.about;
  const bounds = calibration.points.map(({ similarity, upper95 }) => ({ similarity, upper95 }));
  door.tell({ is: 'ready', model: id, modelHash: sha256, threshold, bounds });
  await serve(door, models.value);
} else {
  door.tell({ is: 'failed', fault: models.error });
  for await (const _ of door.requests);
}
process.kill(0, 'SIGKILL');
