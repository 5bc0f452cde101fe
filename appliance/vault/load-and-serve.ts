import { deviation, tolerance } from '../face/golden.js';
import { loadModels } from '../face/sessions.js';
import type { ModelFault } from '../findings.js';
import { installation } from '../installation.js';
import type { Door } from './door.js';
import type { OwnModel } from '../protocol/vault.js';
import { serve } from './serve.js';
import { ownUnit } from './own-unit.js';

/** Loads the requested models and serves the core until it disconnects. */
export async function loadAndServe(door: Door, { pack, calibration }: OwnModel): Promise<void> {
  const models = await loadModels({ ...installation, pack, calibration });
  if (!models.ok) return refuse(door, models.error);
  const { deviation: apart, whole } = await deviation(models.value);
  // Negated, so that NaN fails too.
  if (!(apart <= tolerance)) return refuse(door, 'model-unsound');
  const golden = { ppm: Math.round(apart * 1e6), whole };
  const { id, sha256, threshold, calibration: measured } = models.value.recogniser.about;
  const bounds = measured.points.map(({ similarity, upper95 }) => ({ similarity, upper95 }));
  door.tell({ is: 'ready', model: id, modelHash: sha256, threshold, bounds, golden, ...(await ownUnit()) });
  await serve(door, models.value);
}

async function refuse(door: Door, fault: ModelFault): Promise<void> {
  door.tell({ is: 'failed', fault });
  for await (const _ of door.requests);
}
