import * as z from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What a clerk is shown, before the next visit, if it differs from the visit before. */
export const inForcePart = z.enum([
  'software',
  'settings',
  'threshold',
  'recogniser',
  'calibration',
  'protections',
  'keys',
  'camera',
  'scanner',
]);
export type InForcePart = z.infer<typeof inForcePart>;

/** What was in force when a visit began, so that a record shows under which rules it was made. */
export const inForce = z.strictObject({
  /** Of all settings in force, as canonical JSON. */
  settings: sha256,
  /** Of the recogniser's ONNX file, or of a fusion's members; absent while no vault was ready. */
  recogniser: sha256.optional(),
  /** Of the calibration's file; absent for the recogniser's own calibration. */
  calibration: sha256.optional(),
  /** Of the public keys that the settings name; absent where they name none. */
  keys: sha256.optional(),
  /** Settings that make a visit less protected than the default does, such as `visit.liveness`. */
  weakened: z.array(z.string().max(60)).max(20),
  /** Kind and label of the devices in use; absent where there is none. */
  camera: z.string().max(120).optional(),
  scanner: z.string().max(120).optional(),
  /** What differs from the visit before. */
  changed: z.array(inForcePart).max(9),
});
export type InForce = z.infer<typeof inForce>;
