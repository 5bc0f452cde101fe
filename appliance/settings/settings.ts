import { z } from 'zod';

import { language } from '../panel/view.js';
import { visitReport } from '../record/entry.js';
import { resolution } from '../vault/protocol.js';

/** Text that is shown on the screen: neither control characters nor invisible ones that turn the line round. */
const shown = z.string().regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u);
const sign = shown.max(40);
const device = shown.min(1).max(200);
const seconds = z.number().int();

/** What a municipality decides and an installer enters, in one TOML file; every key may be left out. */
export const settings = z.strictObject({
  place: z
    .strictObject({
      municipality: sign.default(''),
      counter: sign.default(''),
      language: language.default('ja'),
    })
    .prefault({}),
  visit: z
    .strictObject({
      /** The rule as issued on 29 September 2015; the other was its draft, and asks for less. */
      policy: visitReport.shape.policy.default('always'),
      way: visitReport.shape.way.default('card'),
      /**
       * Similarity score from which on the number speaks for a hand-over; without it the model's own. Below
       * 0.35 no share of false matches is known for the built-in model (calibration in models/manifest.json).
       */
      threshold: z.number().min(0.35).max(1).optional(),
      /**
       * Presentation attack detection. Off unless a municipality asks for it: it costs each visitor some ten
       * seconds of blinking and turning at the counter, where a clerk stands by and sees a photo held up; and its
       * error rates are known of made sequences only, not of people (models/pad/README.md).
       */
      liveness: z.enum(['off', 'advisory', 'required']).default('off'),
    })
    .prefault({}),
  devices: z
    .strictObject({
      /** SANE's name of the scanner, or `auto` for the first that is found. */
      scanner: device.default('auto'),
      /** The camera's label, or `auto` for the first that is found. */
      camera: device.default('auto'),
      /** Dots per inch. */
      resolution: resolution.default(300),
    })
    .prefault({}),
  /** In seconds: how long each step may take before the visit moves on by itself. */
  time: z
    .strictObject({
      /** No key was pressed. */
      key: seconds.min(30).max(600).default(120),
      scan: seconds.min(20).max(300).default(60),
      photograph: seconds.min(20).max(300).default(60),
    })
    .prefault({}),
});
export type Settings = z.infer<typeof settings>;

export const defaults: Settings = settings.parse({});

/** A setting by its table and name, `visit.policy`. */
export type SettingKey = {
  [Table in keyof Settings]: `${Table}.${keyof Settings[Table] & string}`;
}[keyof Settings];
