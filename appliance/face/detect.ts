import { type Affine, apply, chain, scaledRotation, translation } from './affine.js';
import type { Box } from './box.js';
import type { Point, RgbImage } from './image.js';
import { crop, type Patch } from './patch.js';
import { sample } from './sample.js';
import type { FaceModels } from './sessions.js';
import { suppressNonMaxima } from './non-max-suppression.js';

/** A detected face, in the picture's pixels. */
export type DetectedFace = {
  readonly box: Box;
  /**
   * Six points: the left eye in an upright picture, the other eye, the tip of the nose, the mouth, the left ear, the
   * other ear.
   */
  readonly keypoints: readonly Point[];
  /** The detector's score, 0.5 to 1. */
  readonly score: number;
};

/** Quarter turns clockwise. */
export type Turn = 0 | 1 | 2 | 3;

/** mediapipe's min_score_thresh for its face detector. */
const scoreThreshold = 0.5;
/**
 * Overlap of the smaller box. It equals mediapipe's min_suppression_threshold, an intersection over union of 0.3, for
 * boxes of one size.
 */
const maxOverlap = 0.46;
/**
 * A face that fills the picture may be found in pieces or not at all, since the detector was trained on faces in a room;
 * and under a card's security pattern it takes the eyes of a large face for small faces, at scores up to 0.76. Where it is
 * less sure than this, the picture is searched again at a smaller scale. Of 568 pictures (142 people's, whole, cut tight,
 * grey, blurred) 409 reached it; the smaller scale moved no point of their meshes by more than 0.044 eye distances.
 */
const sureScore = 0.85;
const smallerScale = 1.6;

/** The anchor grids: cells of `stride` pixels with `each` anchors in the centre. */
const grids = [
  { stride: 16, each: 2 },
  { stride: 32, each: 6 },
] as const;

/** The faces in an upright picture, the highest score first, including one that fills a tight crop. */
export async function detectFaces(models: FaceModels, picture: RgbImage): Promise<DetectedFace[]> {
  return detectTurned(models, await overview(models, picture), 0);
}

/** A picture scaled to the detector's size. */
export function overview({ detector }: FaceModels, picture: RgbImage): Promise<Patch> {
  const whole = { x: 0, y: 0, width: picture.width, height: picture.height };
  return crop(picture, whole, detector.about.input.shape[2]);
}

/** The faces that are upright after the picture is rotated, in coordinates of the unrotated picture. */
export async function detectTurned(models: FaceModels, patch: Patch, turn: Turn): Promise<DetectedFace[]> {
  const close = await runDetector(models, patch, turn, 1);
  if (close.length > 0 && close.every(({ score }) => score >= sureScore))
    return suppressNonMaxima(close, maxOverlap);
  const far = await runDetector(models, patch, turn, smallerScale);
  return suppressNonMaxima([...close, ...far], maxOverlap);
}

async function runDetector(
  models: FaceModels,
  { image, toPicture }: Patch,
  turn: Turn,
  distance: number,
): Promise<DetectedFace[]> {
  const { session, about } = models.detector;
  const side = about.input.shape[2];
  const toImage = letterbox(image, side, turn, distance);
  const outputs = await session.run({ image: sample(image, about.input, toImage) });
  return grids.flatMap(({ stride, each }) => {
    const scores = outputs[`scores${stride}`].data as Float32Array;
    const boxes = outputs[`boxes${stride}`].data as Float32Array;
    return candidates(scores, boxes, side, stride, each).map((face) =>
      mapped(face, chain(toImage, toPicture)),
    );
  });
}

/** Maps the pixels of the net's square input to those of a rotated picture centred in it. */
function letterbox({ width, height }: RgbImage, side: number, turn: Turn, distance: number): Affine {
  return chain(
    translation(-side / 2, -side / 2),
    scaledRotation((Math.max(width, height) * distance) / side, (-turn * Math.PI) / 2),
    translation(width / 2, height / 2),
  );
}

/**
 * Decodes one grid's output like mediapipe's TensorsToDetections: centre, size and keypoints are in pixels of the
 * input, relative to the anchor's centre; scores are logits.
 */
function candidates(scores: Float32Array, boxes: Float32Array, side: number, stride: number, each: number) {
  const perRow = (side / stride) * each;
  const faces: DetectedFace[] = [];
  scores.forEach((logit, index) => {
    const score = 1 / (1 + Math.exp(-logit));
    if (score < scoreThreshold) return;
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

function mapped({ box, keypoints, score }: DetectedFace, m: Affine): DetectedFace {
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
