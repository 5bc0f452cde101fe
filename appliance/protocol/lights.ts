import * as z from 'zod';

/** What the lights are driven through; `absent`: there are none, or none that can be driven. */
export const lightsDriver = z.enum(['sysfs', 'character-device', 'absent']);
export type LightsDriver = z.infer<typeof lightsDriver>;

/** What the camera light was seen to do after it was told; `failed`: not what it was told. */
export const cameraLight = z.enum(['lit', 'dark', 'failed']);
export type CameraLightState = z.infer<typeof cameraLight>;

/** What is known of the lights; `absent` is known of lights that have said so and gone. */
export type Lights = { readonly driver: LightsDriver; readonly cameraLight: CameraLightState };
