import { boundsOf } from './box.js';
import { type Face, findFaces, presenceThreshold } from './faces.js';
import type { RgbImage } from './image.js';
import { type FaceMesh, trackMesh } from './mesh.js';
import type { FaceModels } from './sessions.js';
import { settle } from './settled.js';

/** The detector runs on every n-th picture, to notice somebody who steps beside the visitor. */
const detectEvery = 8;
/**
 * In face widths: if any point moves further between two pictures, the face is detected again. The presence score is
 * as high for half a face as for a whole one, but then the mesh jumps: by 0.12 or more in 8 false starts.
 */
const maxMovement = 0.1;

/**
 * Tracks the visitor through a camera's pictures. The mesh starts from its last position, which saves the detector
 * and one of two mesh fits. If it may not be the same face, it is detected again.
 */
export class Tracker {
  #faces: readonly Face[] = [];
  #size = '';
  /** Pictures since the detector ran. */
  #since = 0;

  constructor(private readonly models: FaceModels) {}

  /** The faces in the next picture in the order of `findFaces`. */
  async follow(picture: RgbImage): Promise<readonly Face[]> {
    const followed = await this.#track(picture);
    this.#faces = followed ?? (await findFaces(this.models, picture));
    this.#since = followed ? this.#since + 1 : 0;
    this.#size = sizeOf(picture);
    return this.#faces;
  }

  async #track(picture: RgbImage): Promise<readonly Face[] | undefined> {
    const visitor = this.#faces.at(0);
    if (!visitor || this.#since + 1 >= detectEvery || sizeOf(picture) !== this.#size) return undefined;
    const tracked = await trackMesh(this.models, picture, visitor.mesh);
    const mesh = await settle(this.models, picture, tracked);
    if (mesh.presence < presenceThreshold || movement(visitor.mesh, mesh) > maxMovement) return undefined;
    return [{ ...visitor, mesh }, ...this.#faces.slice(1)];
  }
}

/** The largest movement of a point of the mesh, in face widths. */
function movement(before: FaceMesh, after: FaceMesh): number {
  const movements = before.points.map(({ x, y }, i) =>
    Math.hypot(after.points[i].x - x, after.points[i].y - y),
  );
  return Math.max(...movements) / boundsOf(before.points).width;
}

function sizeOf({ width, height }: RgbImage): string {
  return `${width} × ${height}`;
}
