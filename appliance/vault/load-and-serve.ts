import { fewOfCounterGroup, hardestStrangers } from '../calibration/hardest.js';
import { deviation, tolerance } from '../face/golden.js';
import { loadModels } from '../face/sessions.js';
import type { ModelFault } from '../findings.js';
import { installation } from '../installation.js';
import type { CoreConnection } from './core-connection.js';
import type { Request } from '../protocol/vault.js';
import { signersHere } from '../signature/signed-file.js';
import { serve } from './serve.js';

/** Loads the requested models and serves the core until it disconnects. */
export async function loadAndServe(
  core: CoreConnection,
  { trust, ...model }: Extract<Request, { do: 'load' }>,
): Promise<void> {
  const trusted = trust === 'anybody' ? trust : signersHere(trust);
  const models = await loadModels({ ...installation, ...model, trusted });
  if (!models.ok) return refuse(core, models.error);
  const relative = await deviation(models.value);
  // Negated, so that NaN fails too.
  if (!(relative <= tolerance)) return refuse(core, 'model-unsound');
  const golden = { ppm: Math.round(relative * 1e6) };
  const { id, sha256, threshold, calibration, calibrationSha256 } = models.value.recogniser.about;
  const { among, stratum } = hardestStrangers(calibration);
  core.send({
    is: 'ready',
    model: id,
    modelHash: sha256,
    ...(calibrationSha256 === undefined ? {} : { calibrationHash: calibrationSha256 }),
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
