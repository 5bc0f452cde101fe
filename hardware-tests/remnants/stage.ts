/** A picture, a tensor or a template as it lies in memory at one step of a visit. */
export type Stage = {
  readonly name: StageName;
  readonly bytes: Uint8Array;
};

/** The steps of a visit, from the devices to the comparison. */
export const stageNames = [
  /** No step: a file in the box's memory that must be found in every dump. */
  'marker',
  /** Scan lines as the scanner sends them. */
  'scan',
  /** The portrait on the page and its parts, decoded: RGB. */
  'portrait',
  /** What the nets are fed of the portrait: float32. */
  'portrait-tensor',
  /** What the mesh says of the portrait: float32. */
  'portrait-mesh',
  /** What the recogniser says of the portrait: float32. */
  'portrait-template',
  /** A frame as the camera sends it. */
  'jpeg',
  /** The frame and its parts, decoded: RGB. */
  'frame',
  'frame-tensor',
  'frame-mesh',
  'frame-template',
  /** Frame and portrait in grey: one byte a pixel, and three as the product has them. No visit in colour makes these. */
  'grey',
  /** All templates in float16. The product makes none. */
  'template-half',
] as const;
export type StageName = (typeof stageNames)[number];

/** No visit with both in colour makes these. */
const neverMade: readonly StageName[] = ['marker', 'grey', 'template-half'];

/** The stages that a visit in colour makes, which must therefore be found while it goes on. */
export const made: readonly StageName[] = stageNames.filter((name) => !neverMade.includes(name));
