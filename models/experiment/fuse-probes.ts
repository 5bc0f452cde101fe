import { fuse, type Template } from '../../appliance/face/template.js';
import type { Enrolled, Face } from './enrol.js';
import type { Picture } from './pairing.js';

/** The probe's face against a document, by the indices of the document's picture and the probe's. */
export type ProbeOf = (document: number, probe: number) => Face | undefined;

/**
 * Fuses each probe with up to `most` - 1 of the person's following pictures, wrapping around, weighted by
 * quality as in a visit. Never uses the document's own picture, and does not change which pairs are compared.
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
  const fuseWithout = (document: number | undefined, probe: number): Face | undefined => {
    const own = of.get(pictures[probe].person) ?? [];
    const first = own.indexOf(probe);
    if (first < 0) return undefined;
    const others = [...own.slice(first), ...own.slice(0, first)].filter((picture) => picture !== document);
    return fuseFaces(others.slice(0, most).map((picture) => enrolled[picture].probe!));
  };
  // Against other people's documents the probe is always the same, so it is cached: there may be 10^8 such
  // pairs.
  const againstStrangers = new Map<number, Face | undefined>();
  return (document, probe) => {
    if (pictures[document].person === pictures[probe].person) return fuseWithout(document, probe);
    if (!againstStrangers.has(probe)) againstStrangers.set(probe, fuseWithout(undefined, probe));
    return againstStrangers.get(probe);
  };
}

/** As in a visit: if one face has no colours, all are fused in grey. */
function fuseFaces(faces: readonly Face[]): Face {
  const fused = (template: (face: Face) => Template) =>
    fuse(faces.map((face) => ({ template: template(face), weight: face.quality })));
  const quality = Math.max(...faces.map((face) => face.quality));
  const grey = fused((face) => face.grey);
  return faces.some(({ colour }) => !colour)
    ? { grey, quality }
    : { grey, colour: fused(({ colour }) => colour!), quality };
}
