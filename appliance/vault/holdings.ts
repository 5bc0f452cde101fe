import type { RgbImage } from '../face/image.js';
import type { FaceMesh } from '../face/mesh.js';
import type { FaceModels } from '../face/sessions.js';
import { makeTemplate, type Template } from '../face/template.js';

/** One face, ready to be compared. */
export class Portrait {
  readonly #templates = new Map<boolean, Promise<Template>>();

  /** @param grey printed or photographed without colour: then the other side is compared without colour too */
  constructor(
    private readonly models: FaceModels,
    private readonly picture: RgbImage,
    private readonly mesh: FaceMesh,
    readonly grey: boolean,
  ) {}

  /** Its template as seen with or without colour; made once, and best while something else is awaited. */
  template(colour: boolean): Promise<Template> {
    const template =
      this.#templates.get(colour) ?? makeTemplate(this.models, this.picture, this.mesh, { colour });
    this.#templates.set(colour, template);
    return template;
  }
}

/**
 * All that a vault knows of its visitor, and the only place where it is. It ends with the process; nothing here
 * is ever cleared, written or sent.
 */
export type Holdings = {
  document: Portrait | undefined;
  /** The best frames of the last photograph, and how good each is (above 0, at most 1). */
  probe: readonly { readonly portrait: Portrait; readonly quality: number }[];
};

export const emptyHanded = (): Holdings => ({ document: undefined, probe: [] });
