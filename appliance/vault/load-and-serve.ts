import { fewOfCounterGroup, hardestStrangers } from '../calibration/hardest.js';
import { deviation, tolerance } from '../face/golden.js';
import { loadModels } from '../face/sessions.js';
import type { ModelFault } from '../findings.js';
import { installation } from '../installation.js';
import type { CoreConnection } from './core-connection.js';
import type { CustomModel } from '../protocol/vault.js';
import { serve } from './serve.js';

/** Loads the requested models and serves the core until it disconnects. */
export async function loadAndServe(core: CoreConnection, model: CustomModel): Promise<void> {
  const models = await loadModels({ ...installation, ...model });
  if (!models.ok) return refuse(core, models.error);
  const { deviation: relative, whole } = await deviation(models.value);
  // Negated, so that NaN fails too.
  if (!(relative <= tolerance)) return refuse(core, 'model-unsound');
  const golden = { ppm: Math.round(relative * 1e6), whole };
  const { id, sha256, threshold, calibration } = models.value.recogniser.about;
  const { among, stratum } = hardestStrangers(calibration);
  core.send({
    is: 'ready',
    model: id,
    modelHash: sha256,
    threshold,
    bounds: stratum.points.map(({ similarity, upper95 }) => ({ similarity, upper95 })),
    ...(among === 'any' ? {} : { among }),
    ...(fewOfCounterGroup(stratum) ? { fewOfGroup: true } : {}),
    golden,
  });
  await serve(core, models.value);
}

async function refuse(core: CoreConnection, fault: ModelFault): Promise<void> {
  core.send({ is: 'failed', fault });
  for await (const _ of core.requests);
}
