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

/** The way from one point to the other, once the eyes are level. */
function step(from: MeshPoint, to: MeshPoint, roll: number): MeshPoint {
  const [x, y] = [to.x - from.x, to.y - from.y];
  return {
    x: x * Math.cos(roll) + y * Math.sin(roll),
    y: y * Math.cos(roll) - x * Math.sin(roll),
    z: to.z - from.z,
  };
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}
