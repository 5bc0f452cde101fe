import { evaluateCues, type TurnDirection } from '../../appliance/face/liveness/cues.js';
import { turnSequences } from '../../appliance/face/liveness/turn-sequences.js';
import type { FaceModels } from '../../appliance/face/sessions.js';
import type { CueResults } from '../../appliance/protocol/vault.js';
import { livenessOf } from '../../appliance/visit/liveness.js';
import { interval } from '../clopper-pearson.js';
import { people, type Split } from './people.js';
import { portraitOf } from './portrait.js';
import { renderSequence, type Sequence } from './sequence.js';
import { type FilmSpecies, filmSpecies, isFilm, type Kind, species } from './species.js';

/** The result of one synthetic sequence. */
export type Presentation = {
  readonly kind: Kind;
  readonly person: number;
  /** The cues when the challenge is the one that the sequence performs. */
  readonly cues: CueResults;
  /**
   * For a film: how many of all challenges it would pass. A film made beforehand meets each with equal
   * probability.
   */
  readonly draws?: number;
};

/**
 * Renders and judges `rounds` sequences for each person and species, and three times as many bona fide ones.
 */
export async function* presentations(
  models: FaceModels,
  split: Split,
  rounds: number,
): AsyncGenerator<Presentation> {
  const portraits = [];
  for (const person of people[split]) portraits.push(await portraitOf(models, person));
  for (let round = 0; round < rounds; round++) {
    for (const [person, portrait] of portraits.entries()) {
      for (const [number, kind] of kinds.entries()) {
        const seed = ((split === 'setting' ? 1 : 3) * 1000 + round * 50 + person) * 100 + number;
        const { asked, sights } = await renderSequence(models, portrait, kind, turnSequences, seed);
        const cues = evaluateCues(sights, asked);
        yield isFilm(kind)
          ? { kind, person, cues, draws: passes({ asked, sights }).length }
          : { kind, person, cues };
      }
    }
  }
}

/** The challenges that a sequence would pass if they were drawn. */
export function passes({ asked, sights }: Sequence): readonly (readonly TurnDirection[])[] {
  return turnSequences.filter((ways) => {
    const drawn = asked.map(({ at }, i) => ({ toward: ways[i], at }));
    return livenessOf(evaluateCues(sights, drawn)) === 'passed';
  });
}

const kinds: readonly Kind[] = ['bona-fide', 'bona-fide', 'bona-fide', ...species];

/** A proportion with its 95 % interval by Clopper and Pearson. */
export type Rate = {
  readonly errors: number;
  readonly of: number;
  readonly rate: number;
  readonly interval: readonly [number, number];
};

export function rateOf(errors: number, of: number): Rate {
  const { low, high } = interval(errors, of);
  return { errors, of, rate: of === 0 ? 0 : errors / of, interval: [low, high] };
}

/** The error rates of ISO/IEC 30107-3 (APCER for each species, BPCER), and what each cue would do alone. */
export type Report = {
  readonly bpcer: Rate;
  /** For films, made beforehand: each against every challenge. */
  readonly apcer: Readonly<Record<string, Rate>>;
  /** For films that follow the challenge, as if it were known. */
  readonly answering: Readonly<Record<string, Rate>>;
  /** For each kind and cue, the number of sequences that pass the cue when asked for what they perform. */
  readonly passedCue: Readonly<Record<string, Readonly<Record<string, number>>>>;
};

export function report(seen: readonly Presentation[]): Report {
  const of = (kind: Kind) => seen.filter((presentation) => presentation.kind === kind);
  const passed = (kind: Kind) =>
    rateOf(of(kind).filter(({ cues }) => livenessOf(cues) === 'passed').length, of(kind).length);
  const drawn = (film: FilmSpecies) =>
    rateOf(
      of(film).reduce((sum, { draws = 0 }) => sum + draws, 0),
      of(film).length * turnSequences.length,
    );
  const bonaFide = passed('bona-fide');
  const names = ['relief', 'blink', 'screen', 'sheet'] as const;
  return {
    bpcer: rateOf(bonaFide.of - bonaFide.errors, bonaFide.of),
    apcer: Object.fromEntries(species.map((kind) => [kind, isFilm(kind) ? drawn(kind) : passed(kind)])),
    answering: Object.fromEntries(filmSpecies.map((kind) => [kind, passed(kind)])),
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
