import type { RgbImage } from '../face/image.js';
import type { FaceMesh } from '../face/mesh.js';

/** One face, ready to be compared. */
export type Portrait = {
  readonly picture: RgbImage;
  readonly mesh: FaceMesh;
  /** Printed or photographed without colour: then the other side is compared without colour too. */
  readonly grey: boolean;
};

/**
 * All that a vault knows of its visitor, and the only place where it is. It ends with the process; nothing here
 * is ever cleared, written or sent.
 */
export type Holdings = {
  document: Portrait | undefined;
  /** The best frames of the last photograph. */
  probe: readonly Portrait[];
};

export const emptyHanded = (): Holdings => ({ document: undefined, probe: [] });
