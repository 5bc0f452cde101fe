/**
 * Where a cue turns. All were set on made sequences of the people of `setting` in `models/pad/people.ts`, and
 * measured on others there; nobody's real visit went into them.
 */
export const limits = {
  /** Degrees: from the front a head is turned no further than this; further is `face-turned` in `assess.ts`. */
  front: 20,
  /** Degrees from where it was at first: as far as the mesh must see it turned, which it sees of no flat sheet. */
  turned: { aside: 14, nod: 10 },
  /** Degrees: when it has come back. */
  back: { aside: 9, nod: 7 },
  /** See `Relief`; heads that turned lie above both, in as many frames as this. */
  plane: 0.045,
  nose: 0.05,
  shown: 2,
  /** See `hasBlinked`. */
  blink: { fallen: 0.88, risen: 0.94 },
  /** See `turningHue` and `steadyWave`; skin lies below them. */
  hue: 1.6,
  wave: 2.4,
  /**
   * Frames from the front that are looked at for the marks of screens and sheets: with fewer the noise of a sensor is
   * not averaged away, more only cost time. So many milliseconds apart at least, lest guidance falter.
   */
  looks: { fewest: 8, most: 16, apart: 90 },
  /** See `straightEdges`: how much of a line is an edge, and on how many sides of four makes a sheet. */
  edge: { straight: 0.92, sides: 3 },
  /** Of the smaller of two boxes one after the other: the part that both cover while it is one face. */
  overlap: 0.6,
  /** Milliseconds between two frames: enough for a slow board, too little to change what is before the camera. */
  gap: 1000,
  /** Frames from the front without which nothing is judged. */
  fewest: 3,
} as const;
