import * as z from 'zod';

import { faultCode, finding } from '../findings.js';

/**
 * The vault's only door: one JSON object a line, over one socket, each parsed by these schemas on arrival.
 * What leaves the vault is closed names and bounded, rounded numbers, so neither a pixel nor a template fits
 * through it; a line longer than `maxLineBytes` ends the visit as a fault.
 */
export const maxLineBytes = 8192;

/** In milliseconds: how often the vault says `alive`, and after which silence the core takes it for hung. */
export const heartbeatMs = 250;
export const hungAfterMs = 10_000;
/** In milliseconds: how long a vault may take to load its models, on the slowest board. */
export const loadTimeoutMs = 60_000;

const fraction = z.number().min(0).max(1);

export const pageKind = z.enum(['card', 'form']);
export type PageKind = z.infer<typeof pageKind>;

/** A scanner to use: SANE's name for it, or a picture to lay under SANE's own pseudo-scanner. */
export const scannerChoice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sane'), name: z.string().min(1).max(200) }),
  z.strictObject({ kind: z.literal('bench'), picture: z.string().min(1).max(1000) }),
]);
export type ScannerChoice = z.infer<typeof scannerChoice>;

/** A camera to use. Names come from the vault's own search, never from free text. */
export const cameraChoice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('raspberry-pi') }),
  z.strictObject({
    kind: z.literal('gstreamer'),
    source: z.enum(['libcamerasrc', 'v4l2src', 'nvarguscamerasrc']),
    device: z
      .string()
      .regex(/^[\w./:@-]{1,200}$/)
      .optional(),
  }),
  z.strictObject({ kind: z.literal('replay'), pictures: z.string().min(1).max(1000) }),
]);
export type CameraChoice = z.infer<typeof cameraChoice>;

export const deviceKind = z.enum(['scanner', 'camera']);
export type DeviceKind = z.infer<typeof deviceKind>;

export const resolution = z.number().int().min(300).max(600);

/** What stands in the place of the built-in recogniser: a model pack's folder, a calibration's file. */
const path = z.string().max(4096).optional();
export const customModel = z.strictObject({ pack: path, calibration: path });
export type CustomModel = z.infer<typeof customModel>;

/**
 * What the core asks: first to load the models, then one task at a time; `cancel` ends the task under way with
 * `cancelled`. A vault that is first asked to find devices does that and nothing else.
 */
export const request = z.discriminatedUnion('do', [
  customModel.extend({ do: z.literal('load') }),
  /** `named` is the camera that the settings name, which is looked for by every way there is. */
  z.strictObject({
    do: z.literal('find-devices'),
    only: deviceKind.optional(),
    named: z.string().max(200).optional(),
  }),
  z.strictObject({ do: z.literal('scan'), page: pageKind, scanner: scannerChoice, resolution }),
  /** With a `challenge` the visitor is asked to blink and to turn the head: presentation attack detection. */
  z.strictObject({ do: z.literal('photograph'), camera: cameraChoice, challenge: z.boolean().optional() }),
  /** A technician's picture instead of a device, for `terashi verify`. */
  z.strictObject({
    do: z.literal('read-picture'),
    side: z.enum(['document', 'probe']),
    file: z.string().max(4096),
  }),
  /** The face image quality of a technician's picture, for `terashi quality`; it is kept for no comparison. */
  z.strictObject({
    do: z.literal('measure-quality'),
    side: z.enum(['document', 'probe']),
    file: z.string().max(4096),
  }),
  z.strictObject({ do: z.literal('compare') }),
  /** For the self-test: whether the camera gives pictures, and what kind of; none is kept. */
  z.strictObject({ do: z.literal('check-camera'), camera: cameraChoice }),
  /** For the self-test: what the scanner makes of its glass; the page is not kept. */
  z.strictObject({ do: z.literal('check-scanner'), scanner: scannerChoice, resolution }),
  /** For the bench test: what the scanner makes of the test card; the page is not kept. */
  z.strictObject({ do: z.literal('scan-test-card'), scanner: scannerChoice, resolution }),
  /** For the bench test: how sharp the camera sees the test card, which somebody holds before it. */
  z.strictObject({ do: z.literal('view-test-card'), camera: cameraChoice }),
  z.strictObject({ do: z.literal('cancel') }),
]);
export type Request = z.infer<typeof request>;

/** What the visitor is asked to change next, the most useful first. */
export const instruction = z.enum([
  'look-here',
  'nearer',
  'further',
  'left',
  'right',
  'up',
  'down',
  'face-front',
  'more-light',
  'less-light',
  'even-light',
  'uncover-eyes',
  'uncover-mouth',
  'one-person',
  'hold-still',
  'blink',
  'turn-left',
  'turn-right',
  'turn-up',
  'turn-down',
]);
export type Instruction = z.infer<typeof instruction>;

const hundredths = z.number().int().min(0).max(100);

/**
 * Where the head is: the centre and size of an oval in hundredths of the frame, mirrored as in a
 * looking-glass, and its tilt in degrees (clockwise). Enough to draw an outline, too little to know anybody by.
 */
export const outline = z.strictObject({
  x: hundredths,
  y: hundredths,
  width: hundredths,
  height: hundredths,
  roll: z.number().int().min(-180).max(180),
});
export type Outline = z.infer<typeof outline>;

const found = {
  /** What the device calls itself, fit for a screen. */
  label: z.string().max(200),
  /** The kernel's node of a device on a cable: whoever is told that this node is gone knows that the device is. */
  node: z
    .string()
    .regex(/^\/dev\/[\w/-]{1,100}$/)
    .optional(),
};
const pixels = z.number().int().min(1).max(100_000);

/** At most so many of a kind are told of, so that the list fits through the door. */
export const maxDevicesPerKind = 6;

export const deviceList = z.strictObject({
  scanners: z.array(z.strictObject({ choice: scannerChoice, ...found })).max(maxDevicesPerKind),
  cameras: z
    .array(
      z.strictObject({
        choice: cameraChoice,
        ...found,
        /** The largest picture that it takes, in pixels, where that can be told without starting it. */
        largest: z.strictObject({ width: pixels, height: pixels }).optional(),
      }),
    )
    .max(maxDevicesPerKind),
});
export type DeviceList = z.infer<typeof deviceList>;

/** The quality components of ISO/IEC 29794-5:2025, in its order. */
export const qualityComponent = z.enum([
  'background-uniformity',
  'illumination-uniformity',
  'luminance-mean',
  'luminance-variance',
  'under-exposure-prevention',
  'over-exposure-prevention',
  'dynamic-range',
  'sharpness',
  'compression-artifacts',
  'natural-colour',
  'single-face-present',
  'eyes-open',
  'mouth-closed',
  'eyes-visible',
  'mouth-occlusion-prevention',
  'face-occlusion-prevention',
  'inter-eye-distance',
  'head-size',
  'leftward-crop-of-the-face-image',
  'rightward-crop-of-the-face-image',
  'upward-crop-of-the-face-image',
  'downward-crop-of-the-face-image',
  'head-pose-yaw',
  'head-pose-pitch',
  'head-pose-roll',
  'expression-neutrality',
  'no-head-coverings',
]);
export type QualityComponent = z.infer<typeof qualityComponent>;

/** One component as it was measured: in its own unit, rounded to 1e-3, and what that is worth, 0 to 100. */
const qualityMeasure = z.strictObject({
  component: qualityComponent,
  native: z.number().min(-10_000).max(10_000).multipleOf(0.001),
  value: z.number().int().min(0).max(100),
});
export type QualityMeasure = z.infer<typeof qualityMeasure>;

/** What came of each cue of the challenge; a cue that could not be looked at counts as little as a failed one. */
const cueResult = z.enum(['passed', 'failed', 'not-made']);
export const cueResults = z.strictObject({
  relief: cueResult,
  blink: cueResult,
  screen: cueResult,
  sheet: cueResult,
});
export type CueResults = z.infer<typeof cueResults>;

const findings = z.array(finding).max(20);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** The result of one comparison, as far as the vault knows it; the threshold is the core's affair. */
export const comparison = z.strictObject({
  /** Similarity score, 0 (nothing alike) to 1 (the same picture), rounded to 1e-4. */
  similarity: fraction,
  /** Upper 95 % bound of the share of strangers who score at least this high. */
  falseMatchRate: fraction,
});
export type Comparison = z.infer<typeof comparison>;

/** 0, black, to 255, white. */
const level = z.number().int().min(0).max(255);

export const cameraSeen = z.strictObject({
  /** Of a picture as it comes, in pixels. */
  width: z.number().int().min(1).max(20_000),
  height: z.number().int().min(1).max(20_000),
  /** Pictures in ten seconds. */
  per10Seconds: z.number().int().min(0).max(10_000),
  /** Mean luma of a picture, once the camera has had time to adapt. */
  brightness: level,
});
export type CameraSeen = z.infer<typeof cameraSeen>;

export const glassSeen = z.strictObject({
  /** In millimetres. */
  width: z.number().int().min(1).max(1000),
  height: z.number().int().min(1).max(1000),
  /** Dots per inch. */
  resolution,
  /** Of a middling spot of the glass, and by how much the oddest spot differs from it. */
  brightness: level,
  oddest: level,
});
export type GlassSeen = z.infer<typeof glassSeen>;

const tenths = z.number().int().min(0).max(1000);

/** Nothing is told of a page that does not show the test card, so that nothing is told of any other. */
export const cardScanned = z.strictObject({
  /** Between the card's rings, in tenths of a millimetre. */
  widthTenths: z.number().int().min(0).max(3000),
  heightTenths: z.number().int().min(0).max(3000),
  /** Of each patch from its colour (CIE 1976), in the layout's order. */
  differences: z.array(z.number().int().min(0).max(200)).length(18),
  /** Over so many tenths of a pixel an edge rises; absent where none was clear enough. */
  riseTenths: tenths.optional(),
});
export type CardScanned = z.infer<typeof cardScanned>;

export const cardViewed = z.strictObject({
  riseTenths: tenths,
  /** How wide the card stands in the picture. */
  pixels: z.number().int().min(1).max(20_000),
});
export type CardViewed = z.infer<typeof cardViewed>;

/** What the vault tells. Each task ends with exactly one of `done`, `failed` or `cancelled`. */
export const message = z.discriminatedUnion('is', [
  z.strictObject({
    is: z.literal('ready'),
    /** The recogniser's id, its ONNX file's hash, and the threshold that its manifest advises. */
    model: z.string().max(100),
    modelHash: sha256,
    threshold: fraction,
    /** Upper 95 % bounds of the share of strangers who reach a score, of its calibration; scores rise. */
    bounds: z.array(z.strictObject({ similarity: fraction, upper95: fraction })).max(100),
    /** By how many millionths the nets miss what the manifest says that they answer to a pattern; not `whole` where it says only part. */
    golden: z.strictObject({ ppm: z.number().int().min(0).max(1_000_000), whole: z.boolean() }),
    /** The instance of the vault's unit, where systemd started it. */
    unit: z
      .string()
      .regex(/^terashi-vault@[\w:-]{1,100}\.service$/)
      .optional(),
  }),
  z.strictObject({ is: z.literal('alive') }),
  z.strictObject({ is: z.literal('progress'), fraction }),
  z.strictObject({ is: z.literal('guidance'), instruction, outline: outline.optional() }),
  z.strictObject({ is: z.literal('devices'), devices: deviceList }),
  /** The picture of one side is taken, with what was found on it; `usable` false means take it again. */
  z.strictObject({
    is: z.literal('taken'),
    usable: z.boolean(),
    findings,
    milliseconds: z.number().min(0),
    /** Of a photograph with a challenge. */
    cues: cueResults.optional(),
  }),
  /** The components that could be measured, of a picture with the findings on it. */
  z.strictObject({
    is: z.literal('quality'),
    usable: z.boolean(),
    findings,
    measures: z.array(qualityMeasure).max(qualityComponent.options.length),
    milliseconds: z.number().min(0),
  }),
  z.strictObject({ is: z.literal('compared'), comparison, milliseconds: z.number().min(0) }),
  z.strictObject({ is: z.literal('camera-checked'), seen: cameraSeen }),
  z.strictObject({ is: z.literal('scanner-checked'), seen: glassSeen }),
  z.strictObject({ is: z.literal('card-scanned'), seen: cardScanned.optional() }),
  z.strictObject({ is: z.literal('card-viewed'), seen: cardViewed.optional() }),
  z.strictObject({ is: z.literal('failed'), fault: faultCode }),
  z.strictObject({ is: z.literal('cancelled') }),
]);
export type Message = z.infer<typeof message>;
