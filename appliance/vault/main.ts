import { loadModels } from '../face/sessions.js';
import { installation } from '../installation.js';
import { openDoor } from './door.js';
import { seal } from './seal.js';
import { serve } from './serve.js';

// The program of one visit. Whatever it holds is gone when it ends, so it ends in one way only: killed.
seal();
const door = openDoor();
const models = await loadModels(installation);
if (models.ok) {
  const { id, sha256, threshold } = models.value.recogniser.about;
  door.tell({ is: 'ready', model: id, modelHash: sha256, threshold });
  await serve(door, models.value);
} else {
  door.tell({ is: 'failed', fault: models.error });
  for await (const _ of door.requests);
}
process.kill(0, 'SIGKILL');
