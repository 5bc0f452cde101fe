import { findFaces } from '../../appliance/face/faces.js';
import { isGrey } from '../../appliance/face/light.js';
import { closeUp } from '../../appliance/face/close-up.js';
import { coloursOf } from '../../appliance/face/colours.js';
import type { RgbImage } from '../../appliance/face/image.js';
import type { FaceModels } from '../../appliance/face/sessions.js';
import type { FindingCode } from '../../appliance/findings.js';
import { capture } from '../../appliance/vault/read-picture.js';
import { type Interval, interval } from '../clopper-pearson.js';
import { applyKind, goodKinds, type Kind, type Scene, spoiledKinds } from './kinds.js';
import type { GoodPicture } from './pictures.js';

/** The gate's verdict on one picture. */
export type Verdict = {
  readonly kind: string;
  readonly good: boolean;
  /** The picture it was made from. */
  readonly name: string;
  /** The blocking findings; empty if the picture passed. */
  readonly blocking: readonly FindingCode[];
  /** Whether an expected finding of a spoiled picture was reported. */
  readonly fitting: boolean;
};

/**
 * Runs the gate on every picture as it is, varied and spoiled. A picture without a face counts once, as
 * stopped.
 */
export async function* verdicts(
  models: FaceModels,
  pictures: readonly GoodPicture[],
): AsyncGenerator<Verdict> {
  for (const [i, { name, picture }] of pictures.entries()) {
    const face = (await findFaces(models, picture)).at(0);
    if (!face) {
      yield { kind: 'as it is', good: true, name, blocking: ['no-face'], fitting: false };
      continue;
    }
    const grey = isGrey(coloursOf(await closeUp(picture, face.mesh), face.mesh));
    const scene: Scene = { picture, face, grey, other: pictures[(i + 1) % pictures.length].picture };
    for (const [of, good] of [
      [goodKinds, true],
      [spoiledKinds, false],
    ] as const) {
      for (const [kind, about] of Object.entries<Kind>(of)) {
        const shown = await applyKind(about, scene);
        if (shown) yield { kind, good, name, ...(await judged(models, about, shown)) };
      }
    }
  }
}

async function judged(
  models: FaceModels,
  { side, findings }: Kind,
  picture: RgbImage,
): Promise<Pick<Verdict, 'blocking' | 'fitting'>> {
  const { result } = await capture[side](models, picture, performance.now());
  const codes = result.findings.map(({ code }) => code);
  return {
    blocking: result.findings.filter(({ blocking }) => blocking).map(({ code }) => code),
    fitting: findings.some((code) => codes.includes(code)),
  };
}

/** How many pictures of a kind the gate judged correctly, with the 95 % interval of Clopper and Pearson. */
export type Count = { readonly right: number; readonly of: number; readonly share: number } & Interval & {
    /** For spoiled pictures: how many got an expected finding. */
    readonly fitting: number;
    readonly wrong: readonly { readonly name: string; readonly blocking: readonly FindingCode[] }[];
  };

export type Report = {
  /** By kind and overall: good pictures passed, spoiled pictures stopped. */
  readonly good: Readonly<Record<string, Count>>;
  readonly spoiled: Readonly<Record<string, Count>>;
};

export function report(seen: readonly Verdict[]): Report {
  const counts = (good: boolean): Record<string, Count> => {
    const these = seen.filter((verdict) => verdict.good === good);
    const kinds = [...new Set(these.map(({ kind }) => kind))];
    return Object.fromEntries([
      ...kinds.map((kind) => [kind, countOf(these.filter((verdict) => verdict.kind === kind))] as const),
      ['all', countOf(these)],
    ]);
  };
  return { good: counts(true), spoiled: counts(false) };
}

function countOf(verdicts: readonly Verdict[]): Count {
  const wrong = verdicts.filter(({ good, blocking }) => good === blocking.length > 0);
  const [right, of] = [verdicts.length - wrong.length, verdicts.length];
  return {
    right,
    of,
    share: of === 0 ? 0 : right / of,
    ...interval(right, of),
    fitting: verdicts.filter(({ fitting }) => fitting).length,
    wrong: wrong.map(({ name, blocking }) => ({ name, blocking })),
  };
}
