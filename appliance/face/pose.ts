import type { Point } from './image.js';
import { type FaceMesh, type MeshPoint, rollOf } from './mesh.js';

/** How a head is held, in degrees. */
export type Pose = {
  /** About the neck: positive when the visitor looks to the right of the picture. */
  readonly yaw: number;
  /** Nodding: positive when the visitor looks down. */
  readonly pitch: number;
  /** On the shoulder: positive when the head leans clockwise in the picture. */
  readonly roll: number;
};

/** Points of the face's outline: where it ends left and right in the picture, at the hair, and at the chin. */
const outline = { left: 234, right: 454, top: 10, bottom: 152 } as const;

/** The pitch that the mesh's depths show for a head held level, in the middle of portraits of many people. */
const levelPitch = 9;

/** The two corners of each eye. */
const eyes = [
  [33, 133],
  [263, 362],
] as const;

/** Reads the pose from the mesh's depths. Beyond about 30 degrees it says less than the truth. */
export function poseOf(mesh: FaceMesh): Pose {
  const roll = rollOf(mesh);
  const { left, right, top, bottom } = outline;
  const across = step(mesh.points[left], mesh.points[right], roll);
  const down = step(mesh.points[top], mesh.points[bottom], roll);
  return {
    yaw: degrees(Math.atan2(across.z, across.x)),
    pitch: degrees(Math.atan2(down.z, down.y)) - levelPitch,
    roll: degrees(roll),
  };
}

/** The distance between the middles of the eyes, in the picture's pixels. */
export function eyeDistance({ points }: FaceMesh): number {
  const [eye, otherEye] = eyes.map(([outer, inner]) => middle(points[outer], points[inner]));
  return Math.hypot(otherEye.x - eye.x, otherEye.y - eye.y);
}

/** The way from one point to the other, once the eyes are level. */
function step(from: MeshPoint, to: MeshPoint, roll: number): MeshPoint {
  const [x, y] = [to.x - from.x, to.y - from.y];
  return {
    x: x * Math.cos(roll) + y * Math.sin(roll),
    y: y * Math.cos(roll) - x * Math.sin(roll),
    z: to.z - from.z,
  };
}

function middle(one: Point, other: Point): Point {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}
