import * as z from 'zod';

import { highestRate } from '../calibration/threshold.js';
import { type Bilingual, language } from '../protocol/language.js';
import { recogniserName, resolution } from '../protocol/vault.js';
import { policy, way } from '../record/entry.js';
import { municipalKey } from '../signature/municipal-key.js';
import { ageRecipient } from './age-recipient.js';
import {
  described,
  descriptionOf,
  deviceName,
  key,
  oneOf,
  optionalOneOf,
  path,
  pin,
  seconds,
  table,
  text,
  timeZone,
  whole,
  yesOrNo,
} from './kinds.js';
import { misplacedPins } from './pins.js';

const lowestRate = 1e-6;
const tries = z.number().int().min(1).max(5);

const tables = z.strictObject({
  place: table({
    municipality: text(40),
    counter: text(40),
    /** Whom to call where a text names the technician, such as a telephone number. */
    support: text(30),
    language: oneOf(language, 'ja', (code) => new Intl.DisplayNames('ja', { type: 'language' }).of(code)!),
    /** Of every local time: records, the screen, the year of a record's number. */
    'time-zone': timeZone('Asia/Tokyo'),
  }).prefault({}),
  visit: table({
    /** The default is the rule as issued on 29 September 2015; the other was its draft, and asks for less. */
    policy: oneOf(policy, 'always'),
    way: oneOf(way, 'card'),
    /** What follows if the visitor declines, read out before the question; empty: the panel's own words. */
    'if-declined': text(80),
    /** The lowest similarity score that speaks for a hand-over; without it the model's own threshold. */
    threshold: described(z.number().positive().max(1).optional(), {
      ja: '0より大きく1までの数（fmr と同時には書けません）',
      en: 'a number above 0, at most 1, and not beside fmr',
    }),
    /** The same as a false match rate: the share of strangers, 0 to 1, who may reach the threshold at most. */
    fmr: described(z.number().min(lowestRate).max(highestRate).optional(), {
      ja: `${lowestRate}から${highestRate}までの数（threshold と同時には書けません）`,
      en: `a number from ${lowestRate} to ${highestRate}, and not beside threshold`,
    }),
    /**
     * Presentation attack detection. Off by default: it costs each visitor some fifteen seconds of blinking and
     * turning at the counter, where a clerk stands by and sees a photo held up; and its error rates are known for
     * synthetic sequences only, not for people (models/pad/README.md).
     */
    liveness: oneOf(z.enum(['off', 'advisory', 'required']), 'off'),
    /** How many photographs and scans a visit may take: each that is compared gives a stranger one more chance. */
    photographs: whole(tries, 3),
    scans: whole(tries, 2),
  })
    .superRefine(({ threshold, fmr }, context) => {
      if (threshold === undefined || fmr === undefined) return;
      for (const key of ['threshold', 'fmr']) context.addIssue({ code: 'custom', path: [key] });
    })
    .prefault({}),
  devices: table({
    /** SANE's name of the scanner, or its label; `auto`: the last one used, else the first one found. */
    scanner: deviceName({ ja: '読み取り機', en: 'name of a scanner' }),
    /** The camera's label, alone or with its USB port, `HD Webcam (1-1.2)`; or `auto` likewise. */
    camera: deviceName({ ja: 'カメラ', en: 'name of a camera' }),
    /** Dots per inch. */
    resolution: whole(resolution, 300),
  }).prefault({}),
  model: table({
    /** The built-in recogniser that compares; without it the usual one. A pack takes its place. */
    recogniser: optionalOneOf(recogniserName),
    /** The folder of a model pack that replaces the built-in recogniser. */
    pack: path({ ja: '照合器のパックのフォルダ', en: 'the folder of a model pack' }),
    /** Output of `terashi calibrate` that replaces the recogniser's own calibration. */
    calibration: path({ ja: '較正ファイルの場所', en: 'the path of a calibration file' }),
  }).prefault({}),
  /** The municipality's public keys. The private halves are on a PC (`terashi keys`), never on a box. */
  keys: table({
    /** Whose signature model packs and calibrations need, unless they have the vendor's. */
    signing: key(municipalKey, { ja: '"ed25519:" で始まる鍵', en: 'a key that begins with "ed25519:"' }),
    /** To whom copies of the records are encrypted: an age recipient (X25519). Without it anybody can read them. */
    export: key(ageRecipient, { ja: '"age1" で始まる鍵', en: 'a key that begins with "age1"' }),
  }).prefault({}),
  /** Timeouts. */
  time: table({
    /** Without a key press. */
    key: seconds(30, 600, 120),
    scan: seconds(20, 300, 60),
    photograph: seconds(20, 300, 90),
  }).prefault({}),
  panel: table({
    screen: oneOf(z.enum(['auto', 'none']), 'auto'),
    lights: oneOf(z.enum(['auto', 'off']), 'auto'),
  }).prefault({}),
  lights: table({
    /** The GPIO chip's label, or `auto` for the board's own. */
    chip: deviceName({ ja: 'GPIOチップ', en: 'label of a GPIO chip' }),
    /** The status lights in a row, from the left. */
    led1: pin(5),
    led2: pin(6),
    led3: pin(13),
    led4: pin(19),
    /** Lit while the camera may be running. */
    camera: pin(26),
    buzzer: pin(12),
    /** No camera without its light lit. */
    required: yesOrNo(false),
    /** Lights and buzzer are on while their line is low. */
    'active-low': yesOrNo(false),
  }).prefault({}),
  buttons: table({
    yes: pin(16),
    no: pin(20),
    cancel: pin(21),
  }).prefault({}),
});

/** The one TOML file of a box: what the municipality decides and the installer enters. Every key is optional. */
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
  return Object.keys(shapeOf(table)).map((name) => `${table}.${name}` as SettingKey);
}

export const settingKeys: readonly SettingKey[] = tableNames.flatMap(keysOf);

/** What a setting accepts, in words that follow "must be". */
export function accepts(key: SettingKey): Bilingual {
  const [table, name] = pathOf(key);
  return descriptionOf(shapeOf(table)[name]);
}

/** Whether a value is right by itself, whatever the other settings are. */
export function isAccepted(key: SettingKey, value: unknown): boolean {
  const [table, name] = pathOf(key);
  return shapeOf(table)[name].safeParse(value).success;
}

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

function shapeOf(table: TableName): Readonly<Record<string, z.ZodType>> {
  return tables.shape[table].unwrap().shape;
}
