import * as z from 'zod';

import { faultCode, findingCode } from '../findings.js';
import { municipalKey } from '../signature/municipal-key.js';

/**
 * The vault's only connection: one socket, one JSON object a line, each parsed by these schemas. A vault sends only
 * closed names and, once it may hold a picture, bounded whole numbers, so that neither a pixel nor a template can leave it.
 * A line longer than `maxLineBytes` ends the visit with a fault.
 */
export const maxLineBytes = 8192;

/** How often the vault may send news of one kind: smooth on a screen, and few bits. In milliseconds. */
export const newsIntervalMs = 100;

/** The vault sends `alive` this often; after a silence of `hungAfterMs` it counts as hung. */
export const heartbeatMs = 250;
export const hungAfterMs = 10_000;
/** Loading the models takes longest on the slowest board. */
export const loadTimeoutMs = 60_000;
/** A scan waits this long for a scanner that is not ready, as SANE's gt68xx driver does for a lamp (WARMUP_TIME). */
export const longestScannerWaitMs = 60_000;

const fraction = z.number().min(0).max(1);

/** States of a scanner that pass, by themselves or by a hand. The scan goes on as soon as they have passed. */
export const scannerWait = z.enum([
  'scanner-busy',
  'scanner-jammed',
  'scanner-cover-open',
  'scanner-no-document',
]);
export type ScannerWait = z.infer<typeof scannerWait>;

/** Asks for the milliseconds that a benchmark or a technician's command prints; visits do not. */
const timed = z.literal(true).optional();

const pageKind = z.enum(['card', 'form']);
export type PageKind = z.infer<typeof pageKind>;

/** A scanner: its SANE name, or a picture for SANE's pseudo-scanner. */
export const scannerChoice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sane'), name: z.string().min(1).max(200) }),
  z.strictObject({ kind: z.literal('bench'), picture: z.string().min(1).max(1000) }),
]);
export type ScannerChoice = z.infer<typeof scannerChoice>;

/** A camera. Its names come from the vault's own search, never from free text. */
const cameraChoice = z.discriminatedUnion('kind', [
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

/** The recognisers that a box has, by their ids in `models/manifest.json`; the first is the usual one. */
export const recogniserName = z.enum(['dlib-resnet-mobilefacenet', 'dlib-resnet', 'mobilefacenet']);

/**
 * Replaces the usual recogniser: another one, the folder of a model pack, the file of a calibration. `trust` is whose
 * signature a pack or a calibration needs besides the vendor's: the municipality's key, or `anybody`'s at a workbench.
 */
const path = z.string().max(4096).optional();
const customModel = z.strictObject({
  recogniser: recogniserName.optional(),
  pack: path,
  calibration: path,
  trust: z.union([municipalKey, z.literal('anybody')]).optional(),
});
export type CustomModel = z.infer<typeof customModel>;

/**
 * The core's requests: first to load the models, then one task at a time. `cancel` ends the current task, with
 * `cancelled`. A vault whose first request is to find devices accepts no other.
 */
export const request = z.discriminatedUnion('do', [
  customModel.extend({ do: z.literal('load') }),
  /** `named` is the camera that the settings name; every source is searched for it. */
  z.strictObject({
    do: z.literal('find-devices'),
    only: deviceKind.optional(),
    named: z.string().max(200).optional(),
  }),
  z.strictObject({ do: z.literal('scan'), page: pageKind, scanner: scannerChoice, resolution, timed }),
  /** A `challenge` asks the visitor to blink and to turn the head: presentation attack detection. */
  z.strictObject({
    do: z.literal('photograph'),
    camera: cameraChoice,
    challenge: z.boolean().optional(),
    timed,
  }),
  /** For `terashi verify`: a technician's picture instead of a device. */
  z.strictObject({
    do: z.literal('read-picture'),
    side: z.enum(['document', 'probe']),
    file: z.string().max(4096),
    timed,
  }),
  /** For `terashi quality`: the face image quality of a technician's picture, which is not kept for a comparison. */
  z.strictObject({
    do: z.literal('measure-quality'),
    side: z.enum(['document', 'probe']),
    file: z.string().max(4096),
  }),
  z.strictObject({ do: z.literal('compare'), timed }),
  /** For the self-test: measures the camera's pictures and keeps none. */
  z.strictObject({ do: z.literal('check-camera'), camera: cameraChoice }),
  /** For the self-test: measures a scan of the empty glass and does not keep it. */
  z.strictObject({ do: z.literal('check-scanner'), scanner: scannerChoice, resolution }),
  /** For the bench test: measures a scan of the test card and does not keep it. */
  z.strictObject({ do: z.literal('scan-test-card'), scanner: scannerChoice, resolution }),
  /** For the bench test: measures the sharpness of the test card in front of the camera. */
  z.strictObject({ do: z.literal('view-test-card'), camera: cameraChoice }),
  z.strictObject({ do: z.literal('cancel') }),
]);
export type Request = z.infer<typeof request>;

/** Instructions to the visitor, the most useful first. */
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

/** The steps of an outline, in hundredths of the frame and in degrees: about a character of the largest screen. */
export const outlineStep = { place: 4, roll: 15 } as const;
const place = hundredths.multipleOf(outlineStep.place);

/**
 * The head as an oval: centre and size in hundredths of the frame, mirrored left to right, and its tilt in degrees
 * (clockwise). Enough to draw an outline, too little to identify anybody.
 */
export const outline = z.strictObject({
  x: place,
  y: place,
  width: place,
  height: place,
  roll: z.number().int().min(-180).max(180).multipleOf(outlineStep.roll),
});
export type Outline = z.infer<typeof outline>;

const found = {
  /** The device's own name, fit for a screen. */
  label: z.string().max(200),
  /** The kernel's node of the device, if it has one. udev reports its removal. */
  node: z
    .string()
    .regex(/^\/dev\/[\w/-]{1,100}$/)
    .optional(),
};
const pixels = z.number().int().min(1).max(100_000);

/** Keeps the list within `maxLineBytes`. */
export const maxDevicesPerKind = 6;

export const deviceList = z.strictObject({
  scanners: z.array(z.strictObject({ choice: scannerChoice, ...found })).max(maxDevicesPerKind),
  cameras: z
    .array(
      z.strictObject({
        choice: cameraChoice,
        ...found,
        /** The USB port that it is in, by the kernel's path of bus and ports, `1-1.2`. */
        port: z
          .string()
          .regex(/^\d{1,3}-\d{1,3}(\.\d{1,3}){0,6}$/)
          .optional(),
        /** The largest picture, in pixels, if known without starting the camera. */
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

/** A component's native value in its own unit, rounded to 1e-3, and its quality value, 0 to 100. */
const qualityMeasure = z.strictObject({
  component: qualityComponent,
  native: z.number().min(-10_000).max(10_000).multipleOf(0.001),
  value: z.number().int().min(0).max(100),
});
export type QualityMeasure = z.infer<typeof qualityMeasure>;

/** The result of each cue of the challenge; `not-made` counts as failed. */
const cueResult = z.enum(['passed', 'failed', 'not-made']);
const cueResults = z.strictObject({
  relief: cueResult,
  blink: cueResult,
  screen: cueResult,
  sheet: cueResult,
});
export type CueResults = z.infer<typeof cueResults>;

/** More than a screen shows. */
export const maxFindings = 6;

/** What is wrong with a picture, the most useful first. The core knows which side it asked for. */
const findings = z
  .array(z.strictObject({ code: findingCode, blocking: z.boolean() }))
  .max(maxFindings)
  .refine((all) => new Set(all.map(({ code }) => code)).size === all.length, 'a finding twice');
const milliseconds = z.number().int().min(0).max(600_000);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** The id of a recogniser or a fusion, in a manifest and on the screen. */
export const modelId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/);

/** A similarity score in ten-thousandths: 0, nothing alike, to 10,000, the same picture. */
export const tenThousandths = z.number().int().min(0).max(10_000);

/** Of which strangers a false match rate is. */
export const measuredStrangers = {
  /** Which impostors were measured: of one gender, or alike in gender, group and age too. Absent: any. */
  among: z.enum(['sameGender', 'alike']).optional(),
  /** Too few people of the counter's own group were measured to say that it holds for them. */
  fewOfGroup: z.literal(true).optional(),
};

/** The result of a comparison, as the core completes it. */
export const comparison = z.strictObject({
  /** Similarity score, from 0 (nothing alike) to 1 (the same picture), in steps of 1e-4. */
  similarity: fraction,
  /** Upper 95 % confidence bound of the share of impostors who score at least this high. */
  falseMatchRate: fraction,
  ...measuredStrangers,
});
export type Comparison = z.infer<typeof comparison>;

/** 0, black, to 255, white. */
const level = z.number().int().min(0).max(255);

export const cameraSeen = z.strictObject({
  /** Size of a frame, in pixels. */
  width: z.number().int().min(1).max(20_000),
  height: z.number().int().min(1).max(20_000),
  /** Frames in ten seconds. */
  per10Seconds: z.number().int().min(0).max(10_000),
  /** Mean luma of a frame, after the camera has adapted. */
  brightness: level,
});
export type CameraSeen = z.infer<typeof cameraSeen>;

export const glassSeen = z.strictObject({
  /** In millimetres. */
  width: z.number().int().min(1).max(1000),
  height: z.number().int().min(1).max(1000),
  /** Dots per inch. */
  resolution,
  /** Of the median spot of the glass, and how much the most different spot deviates from it. */
  brightness: level,
  oddest: level,
});
export type GlassSeen = z.infer<typeof glassSeen>;

const tenths = z.number().int().min(0).max(1000);

/** Measured on the test card only, so that no other page can be described. */
export const cardScanned = z.strictObject({
  /** Distances between the card's rings, in tenths of a millimetre. */
  widthTenths: z.number().int().min(0).max(3000),
  heightTenths: z.number().int().min(0).max(3000),
  /** Colour difference of each patch (CIE 1976), in the layout's order. */
  differences: z.array(z.number().int().min(0).max(200)).length(18),
  /** Rise distance of an edge, in tenths of a pixel; absent if no edge was clear enough. */
  riseTenths: tenths.optional(),
});
export type CardScanned = z.infer<typeof cardScanned>;

export const cardViewed = z.strictObject({
  riseTenths: tenths,
  /** Width of the card in the picture. */
  pixels: z.number().int().min(1).max(20_000),
});
export type CardViewed = z.infer<typeof cardViewed>;

/** The vault's messages. Each task ends with exactly one of its result, `failed` or `cancelled`. */
export const message = z.discriminatedUnion('is', [
  z.strictObject({
    is: z.literal('ready'),
    /** The recogniser's id, the hash of its ONNX file or of a fusion's members, and the threshold that its manifest advises. */
    model: modelId,
    modelHash: sha256,
    /** Of the calibration's file, where it is not the recogniser's own. */
    calibrationHash: sha256.optional(),
    threshold: fraction,
    /**
     * From its calibration, of the hardest impostors that it supports, by rising score: upper 95 % confidence bounds of the
     * share who reach it.
     */
    bounds: z.array(z.strictObject({ similarity: fraction, upper95: fraction })).max(100),
    ...measuredStrangers,
    /** Deviation from the manifest's golden outputs, in ppm. */
    golden: z.strictObject({ ppm: z.number().int().min(0).max(1_000_000) }),
  }),
  z.strictObject({ is: z.literal('alive') }),
  z.strictObject({ is: z.literal('progress'), percent: hundredths }),
  /** The scan waits for its scanner, until the next `progress`. */
  z.strictObject({ is: z.literal('waiting'), why: scannerWait }),
  z.strictObject({ is: z.literal('guidance'), instruction, outline: outline.optional() }),
  z.strictObject({ is: z.literal('devices'), devices: deviceList }),
  /** A picture of one side was taken; one that is not `usable` must be taken again. */
  z.strictObject({
    is: z.literal('taken'),
    usable: z.boolean(),
    findings,
    /** Only if asked for. From the last scan line or frame needed. */
    milliseconds: milliseconds.optional(),
    /** Present after a photograph with a challenge. */
    cues: cueResults.optional(),
  }),
  /** The quality components that could be measured, and the findings on the picture. */
  z.strictObject({
    is: z.literal('quality'),
    usable: z.boolean(),
    findings,
    measures: z.array(qualityMeasure).max(qualityComponent.options.length),
    milliseconds,
  }),
  /** The core applies the threshold, and looks up the false match rate. */
  z.strictObject({
    is: z.literal('compared'),
    similarity: tenThousandths,
    milliseconds: milliseconds.optional(),
  }),
  z.strictObject({ is: z.literal('camera-checked'), seen: cameraSeen }),
  z.strictObject({ is: z.literal('scanner-checked'), seen: glassSeen }),
  z.strictObject({ is: z.literal('card-scanned'), seen: cardScanned.optional() }),
  z.strictObject({ is: z.literal('card-viewed'), seen: cardViewed.optional() }),
  z.strictObject({ is: z.literal('failed'), fault: faultCode }),
  z.strictObject({ is: z.literal('cancelled') }),
]);
export type Message = z.infer<typeof message>;
