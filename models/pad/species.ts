/** The presentation attack instrument species (ISO/IEC 30107-3) that are simulated here. */
export const species = [
  'print-edges',
  'print-large',
  'bent-inward',
  'bent-outward',
  'bent-tight',
  'mask-with-eyes',
  'screen-coarse',
  'screen-fine',
  'video-coarse',
  'video-fine',
  'video-finest',
] as const;
export type Species = (typeof species)[number];

/** Species that show a film of a head, which can move like a head: only the challenge can tell. */
export const filmSpecies = ['video-coarse', 'video-fine', 'video-finest'] as const;
export type FilmSpecies = (typeof filmSpecies)[number];

export function isFilm(kind: Kind): kind is FilmSpecies {
  return filmSpecies.some((film) => film === kind);
}

export type Kind = Species | 'bona-fide';
