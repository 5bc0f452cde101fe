import { judge } from '../../appliance/face/liveness/judge.js';
import { lot } from '../../appliance/face/liveness/lot.js';
import type { FaceModels } from '../../appliance/face/sessions.js';
import type { CueResults } from '../../appliance/vault/protocol.js';
import { livenessOf } from '../../appliance/visit/liveness.js';
import { chance } from '../chance.js';
import { upperBound } from '../clopper-pearson.js';
import { people, type Split } from './people.js';
import { portraitOf } from './portrait.js';
import { film } from './sequence.js';
import { films, type Kind, type Species, species } from './species.js';

/** What came of one made sequence. */
export type Trial = {
  readonly kind: Kind;
  readonly person: number;
  /** When it was asked for what it does. */
  readonly cues: CueResults;
  /** When it was asked for what the lot gave, as a film is that was made beforehand. */
  readonly drawn: CueResults;
};

/** Films and judges `rounds` sequences of each person and species, and three times as many bona fide ones. */
export async function* trials(models: FaceModels, split: Split, rounds: number): AsyncGenerator<Trial> {
  const portraits = [];
  for (const person of people[split]) portraits.push(await portraitOf(models, person));
  for (let round = 0; round < rounds; round++) {
    for (const [person, portrait] of portraits.entries()) {
      for (const [number, kind] of kinds.entries()) {
        const seed = ((split === 'setting' ? 1 : 3) * 1000 + round * 50 + person) * 100 + number;
        const { asked, sights } = await film(models, portrait, kind, lot, seed);
        const ways = chance(seed + 50).either(...lot);
        const drawn = asked.map(({ at }, i) => ({ toward: ways[i], at }));
        yield { kind, person, cues: judge(sights, asked), drawn: judge(sights, drawn) };
      }
    }
  }
}

const kinds: readonly Kind[] = ['bona-fide', 'bona-fide', 'bona-fide', ...species];

/** A share with its 95 % interval after Clopper and Pearson. */
export type Rate = {
  readonly errors: number;
  readonly of: number;
  readonly rate: number;
  readonly interval: readonly [number, number];
};

export function rateOf(errors: number, of: number): Rate {
  const interval = [1 - upperBound(of - errors, of, 0.975), upperBound(errors, of, 0.975)] as const;
  return { errors, of, rate: of === 0 ? 0 : errors / of, interval };
}

/** The error rates of ISO/IEC 30107-3: APCER of each species, BPCER; and what each cue would do by itself. */
export type Report = {
  readonly bpcer: Rate;
  /** Of films as they were made beforehand, by somebody who does not know what will be asked for. */
  readonly apcer: Readonly<Record<string, Rate>>;
  /** Of films that do what is asked for, as if the lot were known. */
  readonly answering: Readonly<Record<string, Rate>>;
  /** For each kind and cue the number of sequences that passed it when asked for what they do. */
  readonly passedCue: Readonly<Record<string, Readonly<Record<string, number>>>>;
};

export function report(seen: readonly Trial[]): Report {
  const of = (kind: Kind) => seen.filter((trial) => trial.kind === kind);
  const passed = (kind: Kind, cues: (trial: Trial) => CueResults) => {
    const passes = of(kind).filter((trial) => livenessOf(cues(trial)) === 'passed');
    return rateOf(passes.length, of(kind).length);
  };
  const bonaFide = passed('bona-fide', ({ cues }) => cues);
  const isFilm = (kind: Species) => films.some((film) => film === kind);
  const names = ['relief', 'blink', 'screen', 'sheet'] as const;
  return {
    bpcer: rateOf(bonaFide.of - bonaFide.errors, bonaFide.of),
    apcer: Object.fromEntries(
      species.map((kind) => [kind, passed(kind, isFilm(kind) ? ({ drawn }) => drawn : ({ cues }) => cues)]),
    ),
    answering: Object.fromEntries(films.map((kind) => [kind, passed(kind, ({ cues }) => cues)])),
    passedCue: Object.fromEntries(
      (['bona-fide', ...species] as const).map((kind) => [
        kind,
        Object.fromEntries(
          names.map((cue) => [cue, of(kind).filter(({ cues }) => cues[cue] === 'passed').length]),
        ),
      ]),
    ),
  };
}
