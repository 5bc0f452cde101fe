import { type FaceMesh, type MeshPoint, rollOf } from './mesh.js';

/** The pose of a head, in degrees. */
export type Pose = {
  /** Positive when the visitor looks to the right of the picture. */
  readonly yaw: number;
  /** Positive when the visitor looks down. */
  readonly pitch: number;
  /** Positive when the head tilts clockwise in the picture. */
  readonly roll: number;
};

/** Mesh points of the face's outline: left and right in the picture, hairline, chin. */
const outline = { left: 234, right: 454, top: 10, bottom: 152 } as const;

/** The pitch of a level head according to the mesh's depths: the median of portraits of many people. */
const levelPitch = 9;

/** The pose from the mesh's depths. Angles beyond about 30 degrees are underestimated. */
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

/** The vector between two points, with the eyes levelled. */
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
