import { type Affine, apply, fitSimilarity } from '../../face/affine.js';
import type { Point } from '../../face/image.js';
import { type GreyImage, levelAt } from './grey.js';
import { dots, rings } from '../../protocol/test-card.js';
import { findRings, type Ring } from './rings.js';

/** Where the card is in a picture: its rings in the layout's order, and the map from millimetres to pixels. */
export type Pose = { readonly corners: readonly Point[]; readonly toPicture: Affine };

/** In millimetres: how far a ring may be error the fitted position. A camera sees the card at an angle. */
const maxError = 6;

/** Finds the card at any rotation; undefined if it is missing or incomplete. */
export function findCard(picture: GreyImage): Pose | undefined {
  const found = findRings(picture);
  const poses = quadruples(found).flatMap((four) => orders(four).flatMap((corners) => poseOf(corners) ?? []));
  return poses.toSorted((one, other) => one.error - other.error).find((pose) => isRightWayUp(picture, pose));
}

/** All combinations of four rings of about one size. */
function quadruples(found: readonly Ring[]): Ring[][] {
  const chosen: Ring[][] = [];
  found.forEach((a, i) =>
    found.slice(i + 1).forEach((b, j, afterA) =>
      afterA.slice(j + 1).forEach((c, k, afterB) =>
        afterB.slice(k + 1).forEach((d) => {
          if (d.side > 0.6 * a.side) chosen.push([a, b, c, d]);
        }),
      ),
    ),
  );
  return chosen;
}

/** The four cyclic orders of four points, clockwise around their centre. */
function orders(four: readonly Point[]): Point[][] {
  const middle = { x: mean(four.map(({ x }) => x)), y: mean(four.map(({ y }) => y)) };
  const angle = ({ x, y }: Point) => Math.atan2(y - middle.y, x - middle.x);
  const round = four.toSorted((one, other) => angle(one) - angle(other));
  return round.map((_, first) => [...round.slice(first), ...round.slice(0, first)]);
}

function poseOf(corners: readonly Point[]): (Pose & { readonly error: number }) | undefined {
  const toPicture = fitSimilarity(rings, corners);
  const pixels = Math.hypot(toPicture.a, toPicture.d);
  const error =
    Math.max(
      ...rings.map((expected, i) => {
        const { x, y } = apply(toPicture, expected);
        return Math.hypot(x - corners[i].x, y - corners[i].y);
      }),
    ) / pixels;
  return error <= maxError ? { corners, toPicture, error } : undefined;
}

/** There is a dot beside the first ring, and none beside the others. */
function isRightWayUp(picture: GreyImage, { toPicture }: Pose): boolean {
  const [first, ...others] = dots.map((place) => levelAt(picture, apply(toPicture, place)));
  const white = Math.min(...rings.map((place) => levelAt(picture, apply(toPicture, place))));
  return first < 0.6 * white && others.every((level) => level > 0.75 * white);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
