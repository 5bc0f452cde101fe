import { boundsOf } from './box.js';
import { type Face, findFaces, surePresence } from './faces.js';
import type { RgbImage } from './image.js';
import { type FaceMesh, followMesh } from './mesh.js';
import type { FaceModels } from './sessions.js';

/** The detector looks at every so many-th picture, so that somebody who steps beside the visitor is seen. */
const lookAgainEvery = 8;
/**
 * In widths of the face: a face of which a point moves by more from one picture to the next is looked for anew. The
 * mesh is as sure of half a face as of a whole one, but then it jumps: of 8 false starts the least was 0.12.
 */
const mostMoved = 0.1;

/**
 * Follows the visitor through a camera's pictures: the mesh starts from where the face was last, which saves the
 * detector and one of the mesh's two looks. A face that is not surely the same one is looked for anew.
 */
export class Tracker {
  #faces: readonly Face[] = [];
  #size = '';
  /** Pictures since the detector looked. */
  #since = 0;

  constructor(private readonly models: FaceModels) {}

  /** The faces of the next picture as `findFaces` tells them, the visitor's first. */
  async follow(picture: RgbImage): Promise<readonly Face[]> {
    const followed = await this.#followed(picture);
    this.#faces = followed ?? (await findFaces(this.models, picture));
    this.#since = followed ? this.#since + 1 : 0;
    this.#size = sizeOf(picture);
    return this.#faces;
  }

  async #followed(picture: RgbImage): Promise<readonly Face[] | undefined> {
    const visitor = this.#faces.at(0);
    if (!visitor || this.#since + 1 >= lookAgainEvery || sizeOf(picture) !== this.#size) return undefined;
    const mesh = await followMesh(this.models, picture, visitor.mesh);
    if (mesh.presence < surePresence || moved(visitor.mesh, mesh) > mostMoved) return undefined;
    return [{ ...visitor, mesh }, ...this.#faces.slice(1)];
  }
}

/** How far the mesh's most moved point moved, in widths of the face. */
function moved(before: FaceMesh, after: FaceMesh): number {
  const ways = before.points.map(({ x, y }, i) => Math.hypot(after.points[i].x - x, after.points[i].y - y));
  return Math.max(...ways) / boundsOf(before.points).width;
}

function sizeOf({ width, height }: RgbImage): string {
  return `${width} × ${height}`;
}
