import type { RgbImage } from '../face/image.js';
import type { FaceMesh } from '../face/mesh.js';
import type { FaceModels } from '../face/sessions.js';
import { makeTemplate, type Template } from '../face/template.js';

/** One face, ready to be compared (ISO/IEC 2382-37: a biometric sample). */
export class FaceSample {
  readonly #templates = new Map<boolean, Promise<Template>>();

  /** @param grey printed or photographed without colour; the other side is then compared without colour too */
  constructor(
    private readonly models: FaceModels,
    private readonly picture: RgbImage,
    private readonly mesh: FaceMesh,
    readonly grey: boolean,
  ) {}

  /**
   * Its template, computed once for each of colour and grey. Call it early, while something else is awaited.
   */
  template(colour: boolean): Promise<Template> {
    const template =
      this.#templates.get(colour) ?? makeTemplate(this.models, this.picture, this.mesh, { colour });
    this.#templates.set(colour, template);
    return template;
  }
}

/**
 * All that a vault knows of its visitor, held nowhere else. It ends with the process; nothing of it is
 * written or sent.
 */
export type FaceSamples = {
  document: FaceSample | undefined;
  /** The best frames of the last photograph, and the quality of each, above 0 and at most 1. */
  probe: readonly { readonly sample: FaceSample; readonly quality: number }[];
};

export const noSamples = (): FaceSamples => ({ document: undefined, probe: [] });
