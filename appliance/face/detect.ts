import { type Affine, apply, chain, scaledRotation, translation } from './affine.js';
import type { Box } from './box.js';
import type { Point, RgbImage } from './image.js';
import { cut, type Patch } from './patch.js';
import { sample } from './sample.js';
import type { FaceModels } from './sessions.js';
import { keepStrongest } from './suppress.js';

/** A face as the detector sees it, in the picture's pixels. */
export type DetectedFace = {
  readonly box: Box;
  /**
   * Six points: the eye that lies left in an upright picture, the other eye, the tip of the nose, the mouth,
   * the ear that lies left, the other ear.
   */
  readonly keypoints: readonly Point[];
  /** How sure the detector is, 0.5 to 1. */
  readonly score: number;
};

/** Quarter turns clockwise. */
export type Turn = 0 | 1 | 2 | 3;

/** mediapipe's own threshold: min_score_thresh of its face detector. */
const leastScore = 0.5;
/** What mediapipe's min_suppression_threshold, 0.3 of the common area, comes to for boxes of one size. */
const mostCovered = 0.46;
/**
 * A face that takes up more than this of the picture's longer side may have been seen in pieces, or not at all:
 * the detector was made for faces in a room, so it steps back and looks again.
 */
const largeFace = 0.4;
const stepBack = 1.6;

/** The grids of anchors: cells of `stride` pixels, `each` anchors in the middle of every cell. */
const grids = [
  { stride: 16, each: 2 },
  { stride: 32, each: 6 },
] as const;

/** The faces of an upright picture, the surest first. A face that fills the picture, as in a tight crop, too. */
export async function detectFaces(models: FaceModels, picture: RgbImage): Promise<DetectedFace[]> {
  return detectTurned(models, await overview(models, picture), 0);
}

/** A picture at the detector's size. */
export function overview({ detector }: FaceModels, picture: RgbImage): Promise<Patch> {
  const whole = { x: 0, y: 0, width: picture.width, height: picture.height };
  return cut(picture, whole, detector.about.input.shape[2]);
}

/** The faces that stand upright once the picture is turned; where they are is told in the picture as it lies. */
export async function detectTurned(models: FaceModels, patch: Patch, turn: Turn): Promise<DetectedFace[]> {
  const near = await look(models, patch, turn, 1);
  const { image, toPicture } = patch;
  const large = Math.max(image.width * toPicture.a, image.height * toPicture.e) * largeFace;
  if (near.length > 0 && near.every(({ box }) => box.width < large)) return keepStrongest(near, mostCovered);
  const far = await look(models, patch, turn, stepBack);
  return keepStrongest([...near, ...far], mostCovered);
}

async function look(
  models: FaceModels,
  { image, toPicture }: Patch,
  turn: Turn,
  distance: number,
): Promise<DetectedFace[]> {
  const { session, about } = models.detector;
  const side = about.input.shape[2];
  const toImage = letterbox(image, side, turn, distance);
  const outputs = await session.run({ image: await sample(models, models.detector, image, toImage) });
  return grids.flatMap(({ stride, each }) => {
    const scores = outputs[`scores${stride}`].data as Float32Array;
    const boxes = outputs[`boxes${stride}`].data as Float32Array;
    return candidates(scores, boxes, side, stride, each).map((face) =>
      moved(face, chain(toImage, toPicture)),
    );
  });
}

/** Carries the pixels of a net's square to those of a picture that lies, turned, in the middle of it. */
function letterbox({ width, height }: RgbImage, side: number, turn: Turn, distance: number): Affine {
  return chain(
    translation(-side / 2, -side / 2),
    scaledRotation((Math.max(width, height) * distance) / side, (-turn * Math.PI) / 2),
    translation(width / 2, height / 2),
  );
}

/**
 * Decodes a grid's answers as mediapipe's TensorsToDetections does: centre, size and keypoints in pixels of
 * the input, from the anchor's centre on; scores as logits.
 */
function candidates(scores: Float32Array, boxes: Float32Array, side: number, stride: number, each: number) {
  const perRow = (side / stride) * each;
  const faces: DetectedFace[] = [];
  scores.forEach((logit, index) => {
    const score = 1 / (1 + Math.exp(-logit));
    if (score < leastScore) return;
    const anchor = {
      x: stride * (Math.floor((index % perRow) / each) + 0.5),
      y: stride * (Math.floor(index / perRow) + 0.5),
    };
    const [x, y, width, height, ...points] = boxes.subarray(index * 16, (index + 1) * 16);
    faces.push({
      box: { x: anchor.x + x - width / 2, y: anchor.y + y - height / 2, width, height },
      keypoints: Array.from({ length: 6 }, (_, i) => ({
        x: anchor.x + points[2 * i],
        y: anchor.y + points[2 * i + 1],
      })),
      score,
    });
  });
  return faces;
}

function moved({ box, keypoints, score }: DetectedFace, m: Affine): DetectedFace {
  const corner = apply(m, box);
  const opposite = apply(m, { x: box.x + box.width, y: box.y + box.height });
  return {
    box: {
      x: Math.min(corner.x, opposite.x),
      y: Math.min(corner.y, opposite.y),
      width: Math.abs(opposite.x - corner.x),
      height: Math.abs(opposite.y - corner.y),
    },
    keypoints: keypoints.map((point) => apply(m, point)),
    score,
  };
}
