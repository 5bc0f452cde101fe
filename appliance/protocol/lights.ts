import * as z from 'zod';

/** The kernel's interface to the lights; `absent` if there are none, or none that work. */
export const lightsDriver = z.enum(['sysfs', 'character-device', 'absent']);
export type LightsDriver = z.infer<typeof lightsDriver>;

export const button = z.enum(['yes', 'no', 'cancel']);
export type Button = z.infer<typeof button>;

/** No GPIO chip has more lines than the kernel once had for all chips (ARCH_NR_GPIOS). */
const line = z.number().int().min(0).max(511);

/** The chip and the line numbers of lights, buzzer and buttons. */
const wiring = z.strictObject({
  /** The chip's label, or `auto` for that of a Raspberry Pi's header. */
  chip: z.string().min(1).max(200),
  outputs: z.strictObject({ led1: line, led2: line, led3: line, led4: line, camera: line, buzzer: line }),
  /** Whether an output is on while its line is low. A button always pulls its line low. */
  activeLow: z.boolean(),
  buttons: z.strictObject({ yes: line, no: line, cancel: line }),
});
export type Wiring = Readonly<z.infer<typeof wiring>>;

/** What the core has in force for its panels: they read no settings of their own, which might be others. */
export const panelSettings = z.strictObject({ screen: z.boolean(), lights: z.boolean(), wiring });
export type PanelSettings = Readonly<z.infer<typeof panelSettings>>;

/** The observed state of the camera light; `failed` if it did not follow its last command. */
const cameraLight = z.enum(['lit', 'dark', 'failed']);
export type CameraLightState = z.infer<typeof cameraLight>;

/** A report names the line that was read: a light on another line than the core's says nothing of its camera. */
export const cameraLightReport = z.strictObject({ 'camera-light': cameraLight, pin: line });
export type CameraLightReport = z.infer<typeof cameraLightReport>;

/** The buttons that stay down although nobody presses them: all of them, each time that one is stuck or released. */
export const stuckReport = z.strictObject({ stuck: z.array(button).max(button.options.length) });
export type StuckReport = z.infer<typeof stuckReport>;

/** The state of the lights and buttons; `absent` is kept after the lights that reported it disconnect. */
export type Lights = {
  readonly driver: LightsDriver;
  readonly cameraLight: CameraLightState;
  readonly stuck: readonly Button[];
};
