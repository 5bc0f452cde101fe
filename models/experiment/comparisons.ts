import { setImmediate } from 'node:timers/promises';

import { similarity } from '../../appliance/face/compare.js';
import type { Measure } from '../../appliance/face/manifest.js';
import type { Enrolled, Face } from './enrol.js';
import type { ProbeOf } from './fuse-probes.js';
import type { Pairing } from './pairing.js';

/** Receives the score of one comparison, with the indices of its document and probe. */
export type Sink = (same: boolean, document: number, probe: number, score: number) => void;

/** Pairs skipped because a picture failed to enrol. */
export type Withheld = { genuine: number; impostor: number };

/** Comparisons between two checks for Ctrl-C: a few hundredths of a second. */
const checkInterval = 100_000;

/**
 * Makes all comparisons of a pairing and passes each score to `sink`; stores none. When every picture is
 * compared with every other, document and probe are swapped if the pair only works that way round.
 *
 * @param probeOf the face to use as probe; the picture's own by default
 */
export async function compareAll(
  { pictures, pairs }: Pairing,
  enrolled: readonly Enrolled[],
  by: Measure,
  sink: Sink,
  signal: AbortSignal,
  onProgress: (done: number) => void,
  probeOf: ProbeOf = (_, probe) => enrolled[probe].probe,
): Promise<Withheld> {
  const withheld: Withheld = { genuine: 0, impostor: 0 };
  let done = 0;
  const compareAs = (same: boolean, document: number, probe: number): boolean => {
    const [documentFace, probeFace] = [enrolled[document].document, probeOf(document, probe)];
    if (!documentFace || !probeFace) return false;
    sink(same, document, probe, scoreOf(documentFace, probeFace, by));
    return true;
  };
  const compare = (same: boolean, one: number, other: number, eitherWay: boolean): void => {
    done += 1;
    if (compareAs(same, one, other) || (eitherWay && compareAs(same, other, one))) return;
    withheld[same ? 'genuine' : 'impostor'] += 1;
  };
  let nextPause = checkInterval;
  const pauseIfDue = async (): Promise<void> => {
    if (done < nextPause) return;
    nextPause = done + checkInterval;
    onProgress(done);
    await setImmediate();
    signal.throwIfAborted();
  };
  if (pairs === 'all') {
    for (let one = 0; one < pictures.length; one++) {
      for (let other = one + 1; other < pictures.length; other++) {
        compare(pictures[one].person === pictures[other].person, one, other, true);
      }
      await pauseIfDue();
    }
  } else {
    for (const { same, document, probe } of pairs) {
      compare(same, document, probe, false);
      await pauseIfDue();
    }
  }
  return withheld;
}

/** The number of comparisons in a pairing. */
export function sizeOf({ pictures, pairs }: Pairing): number {
  return pairs === 'all' ? (pictures.length * (pictures.length - 1)) / 2 : pairs.length;
}

/** As in a visit: if either face has no colours, both are compared in grey. */
export function scoreOf(document: Face, probe: Face, by: Measure): number {
  return document.colour && probe.colour
    ? similarity(document.colour, probe.colour, by)
    : similarity(document.grey, probe.grey, by);
}
