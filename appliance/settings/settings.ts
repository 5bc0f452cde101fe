import * as z from 'zod';

import { highestRate } from '../calibration/threshold.js';
import { language } from '../protocol/language.js';
import { visitReport } from '../record/entry.js';
import { resolution } from '../protocol/vault.js';
import { misplacedPins } from './pins.js';

/** Text that is shown on the screen: neither control characters nor invisible ones that turn the line round. */
const shown = z.string().regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u);
const sign = shown.max(40);
const device = shown.min(1).max(200);
const file = shown.min(1).max(500);
const seconds = z.number().int();
/** A line of the GPIO chip: on a Raspberry Pi its BCM number. No board's chip has more lines than the kernel once had. */
const pin = z.number().int().min(0).max(511);

const tables = z.strictObject({
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
      /** Similarity score from which on the number speaks for a hand-over; without it the model's own. */
      threshold: z.number().positive().max(1).optional(),
      /** The same, said as the share of strangers who may reach it at most: false match rate, 1 = all. */
      fmr: z.number().min(1e-6).max(highestRate).optional(),
      /**
       * Presentation attack detection. Off unless a municipality asks for it: it costs each visitor some fifteen
       * seconds of blinking and turning at the counter, where a clerk stands by and sees a photo held up; and its
       * error rates are known of made sequences only, not of people (models/pad/README.md).
       */
      liveness: z.enum(['off', 'advisory', 'required']).default('off'),
    })
    .superRefine(({ threshold, fmr }, context) => {
      if (threshold === undefined || fmr === undefined) return;
      for (const key of ['threshold', 'fmr']) context.addIssue({ code: 'custom', path: [key] });
    })
    .prefault({}),
  devices: z
    .strictObject({
      /** SANE's name of the scanner or its label, or `auto`: the one that served last, else the first that is found. */
      scanner: device.default('auto'),
      /** The camera's label, or `auto` likewise. */
      camera: device.default('auto'),
      /** Dots per inch. */
      resolution: resolution.default(300),
    })
    .prefault({}),
  /** Files that lie beside the settings, or anywhere when they begin with a slash. */
  model: z
    .strictObject({
      /** A model pack's folder, instead of the built-in recogniser. */
      pack: file.optional(),
      /** What `terashi calibrate` wrote, instead of the recogniser's own calibration. */
      calibration: file.optional(),
    })
    .prefault({}),
  /** In seconds: how long each step may take before the visit moves on by itself. */
  time: z
    .strictObject({
      /** No key was pressed. */
      key: seconds.min(30).max(600).default(120),
      scan: seconds.min(20).max(300).default(60),
      photograph: seconds.min(20).max(300).default(90),
    })
    .prefault({}),
  panel: z
    .strictObject({
      /** `none`: no screen is drawn, whatever terminal there is. */
      screen: z.enum(['auto', 'none']).default('auto'),
      lights: z.enum(['auto', 'off']).default('auto'),
    })
    .prefault({}),
  lights: z
    .strictObject({
      /** The GPIO chip's label, or `auto` for the board's own. */
      chip: device.default('auto'),
      /** The status lights in a row, from the left. */
      led1: pin.default(5),
      led2: pin.default(6),
      led3: pin.default(13),
      led4: pin.default(19),
      /** The light that says that the camera may be running. */
      camera: pin.default(26),
      buzzer: pin.default(12),
      /** No camera without its light lit. */
      required: z.boolean().default(false),
      /** Lights and buzzer are on where their line is low. */
      'active-low': z.boolean().default(false),
    })
    .prefault({}),
  buttons: z
    .strictObject({
      yes: pin.default(16),
      no: pin.default(20),
      cancel: pin.default(21),
    })
    .prefault({}),
});

/** What a municipality decides and an installer enters, in one TOML file; every key may be left out. */
export const settings = tables.superRefine((all, context) => {
  for (const { path, also } of misplacedPins(all)) {
    context.addIssue({ code: 'custom', path: [...path], params: { also } });
  }
});
export type Settings = z.infer<typeof settings>;

export const defaults: Settings = settings.parse({});

export type TableName = keyof Settings;
/** A setting by its table and name, `visit.policy`. */
export type SettingKey = {
  [Table in TableName]: `${Table}.${keyof Settings[Table] & string}`;
}[TableName];

export const tableNames = Object.keys(tables.shape) as TableName[];

export function keysOf(table: TableName): SettingKey[] {
  return Object.keys(tables.shape[table].unwrap().shape).map((name) => `${table}.${name}` as SettingKey);
}

export const settingKeys: readonly SettingKey[] = tableNames.flatMap(keysOf);

export function valueOf(given: Settings, key: SettingKey): unknown {
  const [table, name] = pathOf(key);
  return (given[table] as Readonly<Record<string, unknown>>)[name];
}

export function isKey(name: string | undefined): name is SettingKey {
  return settingKeys.some((key) => key === name);
}

export function pathOf(key: SettingKey): readonly [table: TableName, name: string] {
  // No table's name has a dot.
  return key.split('.') as [TableName, string];
}
