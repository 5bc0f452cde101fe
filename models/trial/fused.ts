import { fuse, type Template } from '../../appliance/face/template.js';
import type { Enrolled, Face } from './enrol.js';
import type { Picture } from './pairing.js';

/** The face that stands against a document: the indices of the document's picture and of the probe's. */
export type ProbeOf = (document: number, probe: number) => Face | undefined;

/**
 * Puts a person's other pictures to each probe: the template is fused of the probe and of those that follow it among the
 * person's pictures, round and round, `most` in all, the better weighing more as in a visit. The document's own
 * picture is never among them, and which pairs are compared does not change.
 */
export function fusedProbes(
  pictures: readonly Pick<Picture, 'person'>[],
  enrolled: readonly Enrolled[],
  most: number,
): ProbeOf {
  const of = new Map<number, number[]>();
  pictures.forEach(({ person }, picture) => {
    if (enrolled[picture].probe) of.set(person, [...(of.get(person) ?? []), picture]);
  });
  const without = (document: number | undefined, probe: number): Face | undefined => {
    const own = of.get(pictures[probe].person) ?? [];
    const first = own.indexOf(probe);
    if (first < 0) return undefined;
    const others = [...own.slice(first), ...own.slice(0, first)].filter((picture) => picture !== document);
    return fuseFaces(others.slice(0, most).map((picture) => enrolled[picture].probe!));
  };
  // Against everybody else's documents a probe is the same: made once, as there may be a hundred million of them.
  const againstStrangers = new Map<number, Face | undefined>();
  return (document, probe) => {
    if (pictures[document].person === pictures[probe].person) return without(document, probe);
    if (!againstStrangers.has(probe)) againstStrangers.set(probe, without(undefined, probe));
    return againstStrangers.get(probe);
  };
}

/** As in a visit: where one of several has no colours, all are taken without. */
function fuseFaces(faces: readonly Face[]): Face {
  const fused = (template: (face: Face) => Template) =>
    fuse(faces.map((face) => ({ template: template(face), weight: face.quality })));
  const quality = Math.max(...faces.map((face) => face.quality));
  const grey = fused((face) => face.grey);
  return faces.some(({ colour }) => !colour)
    ? { grey, quality }
    : { grey, colour: fused(({ colour }) => colour!), quality };
}
