/**
 * The thresholds of all cues. They were set on synthetic sequences of the people in `setting` of
 * `models/pad/people.ts`, and evaluated on other people there; no real visit was used.
 */
export const thresholds = {
  /** In degrees: the largest yaw that counts as frontal; a larger one is `face-turned` in `assess.ts`. */
  front: 20,
  /**
   * In degrees from the first pose: the mesh must see at least this rotation, which it does not see of a flat sheet.
   */
  turned: { aside: 14, nod: 10 },
  /** In degrees: within this range of the first pose the head is back. */
  back: { aside: 9, nod: 7 },
  /** See `Relief`; turned heads exceed both in at least `shown` frames. */
  plane: 0.045,
  nose: 0.05,
  shown: 2,
  /** See `hasBlinked`. */
  blink: { fallen: 0.88, risen: 0.94 },
  /** See `hueRotation` and `steadyLumaWave`; skin stays below. */
  hue: 1.6,
  wave: 2.4,
  /**
   * Frames from the front that are searched for marks of screens and sheets: with fewer, sensor noise does not
   * average out; more only cost time. They are at least `apart` milliseconds apart, to keep guidance smooth.
   */
  looks: { fewest: 8, most: 16, apart: 90 },
  /** See `straightEdges`: the fraction of a line that is an edge, and the number of sides of four that make a sheet. */
  edge: { straight: 0.92, sides: 3 },
  /**
   * Without a challenge. A photograph has five good frames, so no more looks are certain: at least `apart` milliseconds
   * apart, so that half a second has eight. The limits of `hue` and `wave` are higher, since fewer frames average less. `busy`, see `busyness`: a wall and a visitor stay below 0.37, a wall and
   * a sheet below 0.43, and shelves or a crowd reach 0.45. `unbroken`, the edges on all four
   * sides of a screen; shelves around a head reach 0.98. `relief`, see `Relief.plane`: a sheet that is held up leaves
   * at most 0.019 of its plane, a head that turns by a few degrees 0.025 and more.
   */
  watch: { fewest: 5, apart: 60, hue: 3, wave: 3, busy: 0.4, unbroken: 0.99, relief: 0.022 },
  /** The least overlap of consecutive boxes of one face, relative to the smaller one. */
  overlap: 0.6,
  /** In milliseconds between two frames: enough for a slow board, too short to swap what is in front of the camera. */
  gap: 1000,
  /** The least number of frames from the front for a result. */
  fewest: 3,
} as const;
