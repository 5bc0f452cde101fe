import { type Look, suspectsPicture } from '../../appliance/face/liveness/picture-watch.js';
import { thresholds } from '../../appliance/face/liveness/thresholds.js';
import type { FaceModels } from '../../appliance/face/sessions.js';
import { type Rate, rateOf } from './measure.js';
import type { Portrait } from './portrait.js';
import { renderGuided } from './sequence.js';
import { type Kind, type Species, species } from './species.js';

/** Whether the watch without a challenge raised its suspicion at one guided visitor. */
export type Watched = { readonly kind: Kind; readonly suspected: boolean };

/**
 * Renders and judges `rounds` times, for each portrait, as many bona fide visitors as attacks, each of another species in
 * turn.
 */
export async function* watched(
  models: FaceModels,
  portraits: readonly Portrait[],
  rounds: number,
): AsyncGenerator<Watched> {
  for (let round = 0; round < rounds; round++) {
    for (const [person, portrait] of portraits.entries()) {
      const number = round * portraits.length + person;
      for (const kind of ['bona-fide', species[number % species.length]] as const) {
        const sights = await renderGuided(
          models,
          portrait,
          kind,
          seeds[kind === 'bona-fide' ? 0 : 1] + number,
        );
        const looks = sights.filter((sight): sight is Look => sight.marks !== undefined);
        yield { kind, suspected: suspectsPicture(looks.slice(-thresholds.looks.most)) };
      }
    }
  }
}

/** The seeds of bona fide visitors and of attacks begin here. */
const seeds = [5_000_000, 6_000_000] as const;

/** The error rates of ISO/IEC 30107-3: false suspicions, and attacks that raise none, by species. */
export type WatchReport = {
  readonly bpcer: Rate;
  readonly apcer: Readonly<Record<Species, Rate>>;
};

export function watchReport(seen: readonly Watched[]): WatchReport {
  const of = (kind: Kind) => seen.filter((each) => each.kind === kind);
  const suspected = (kind: Kind) => of(kind).filter((each) => each.suspected).length;
  const missed = (kind: Species) => rateOf(of(kind).length - suspected(kind), of(kind).length);
  return {
    bpcer: rateOf(suspected('bona-fide'), of('bona-fide').length),
    apcer: Object.fromEntries(species.map((kind) => [kind, missed(kind)])) as Record<Species, Rate>,
  };
}
