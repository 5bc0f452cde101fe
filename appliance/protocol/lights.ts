import * as z from 'zod';

/** The kernel's interface to the lights; `absent` if there are none, or none that work. */
export const lightsDriver = z.enum(['sysfs', 'character-device', 'absent']);
export type LightsDriver = z.infer<typeof lightsDriver>;

/** The observed state of the camera light; `failed` if it did not follow its last command. */
export const cameraLight = z.enum(['lit', 'dark', 'failed']);
export type CameraLightState = z.infer<typeof cameraLight>;

/** The state of the lights; `absent` is kept after the lights that reported it disconnect. */
export type Lights = { readonly driver: LightsDriver; readonly cameraLight: CameraLightState };
