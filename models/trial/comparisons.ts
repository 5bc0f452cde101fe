import { setImmediate } from 'node:timers/promises';

import { similarity } from '../../appliance/face/compare.js';
import type { Recogniser } from '../../appliance/face/manifest.js';
import type { Enrolled, Face } from './enrol.js';
import type { ProbeOf } from './fused.js';
import type { Pairing } from './pairing.js';

/** Takes the score of one comparison, and the indices of its document and its probe. */
export type Sink = (same: boolean, document: number, probe: number, score: number) => void;

/** Pairs of which a picture had failed to enrol. */
export type Withheld = { genuine: number; impostor: number };

/** Comparisons after which Ctrl-C is listened for: some hundredths of a second. */
const stretch = 100_000;

/**
 * Makes all comparisons of a pairing and hands on each score; holds none of them. Where every picture is compared
 * with every other, and the earlier cannot be the document or the later not the probe, they change places.
 *
 * @param probeOf what stands for a picture as the probe; the picture itself unless told
 */
export async function compareAll(
  { pictures, pairs }: Pairing,
  enrolled: readonly Enrolled[],
  by: Recogniser['distance'],
  sink: Sink,
  signal: AbortSignal,
  onProgress: (done: number) => void,
  probeOf: ProbeOf = (_, probe) => enrolled[probe].probe,
): Promise<Withheld> {
  const withheld: Withheld = { genuine: 0, impostor: 0 };
  let done = 0;
  const meet = (same: boolean, document: number, probe: number): boolean => {
    const [documentFace, probeFace] = [enrolled[document].document, probeOf(document, probe)];
    if (!documentFace || !probeFace) return false;
    sink(same, document, probe, scoreOf(documentFace, probeFace, by));
    return true;
  };
  const compare = (same: boolean, one: number, other: number, eitherWay: boolean): void => {
    done += 1;
    if (meet(same, one, other) || (eitherWay && meet(same, other, one))) return;
    withheld[same ? 'genuine' : 'impostor'] += 1;
  };
  let pause = stretch;
  const breathe = async (): Promise<void> => {
    if (done < pause) return;
    pause = done + stretch;
    onProgress(done);
    await setImmediate();
    signal.throwIfAborted();
  };
  if (pairs === 'all') {
    for (let one = 0; one < pictures.length; one++) {
      for (let other = one + 1; other < pictures.length; other++) {
        compare(pictures[one].person === pictures[other].person, one, other, true);
      }
      await breathe();
    }
  } else {
    for (const { same, document, probe } of pairs) {
      compare(same, document, probe, false);
      await breathe();
    }
  }
  return withheld;
}

/** How many comparisons a pairing asks for. */
export function sizeOf({ pictures, pairs }: Pairing): number {
  return pairs === 'all' ? (pictures.length * (pictures.length - 1)) / 2 : pairs.length;
}

/** As a visit compares: where one of the two has no colours, both are compared without. */
export function scoreOf(document: Face, probe: Face, by: Recogniser['distance']): number {
  return document.colour && probe.colour
    ? similarity(document.colour, probe.colour, by)
    : similarity(document.grey, probe.grey, by);
}
