import * as z from 'zod';

import { modelId } from '../protocol/vault.js';
import type { Change } from '../record/change.js';
import { longestShown } from '../record/change.js';
import type { InForcePart } from '../record/in-force.js';
import {
  defaults,
  isKey,
  type SettingKey,
  settingKeys,
  type Settings,
  valueOf,
} from '../settings/settings.js';
import { isWeaker, protecting } from '../settings/strictness.js';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const label = z.string().max(200);

/**
 * What is in force, with its values, so that a change can be shown as before and after. It holds settings and names of
 * devices, and nothing of a visit.
 */
export const noted = z.strictObject({
  software: z.string().max(100),
  /** The settings that have a value, by name. */
  settings: z.record(z.string().max(60), z.union([z.string().max(500), z.number(), z.boolean()])),
  /** Absent until a vault has loaded its models. The threshold is the one in force, whatever decided it. */
  recogniser: z
    .strictObject({
      id: modelId,
      sha256,
      threshold: z.number().min(0).max(1),
      /** Of the calibration's file; null for the recogniser's own. */
      calibration: sha256.nullable(),
    })
    .optional(),
  /** Absent while there is none. */
  camera: label.optional(),
  scanner: label.optional(),
});
export type Noted = Readonly<z.infer<typeof noted>>;

/** The settings with a value, by name. */
export function valuesOf(settings: Settings): Noted['settings'] {
  const values = settingKeys.map((key) => [key, valueOf(settings, key)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as Noted['settings'];
}

type Value = Noted['settings'][string] | null | undefined;

/** Settings whose effect is told by the recogniser in force, once it is known. */
const ofRecogniser: readonly string[] = [
  'visit.threshold',
  'visit.fmr',
  'model.recogniser',
  'model.pack',
  'model.calibration',
];

/** The settings that name keys. */
export const keySettings = settingKeys.filter((key) => key.startsWith('keys.'));

/**
 * What differs, the weaker first. What either does not know is not told: a device that is unplugged is no change.
 */
export function differences(before: Noted, now: Noted): Change[] {
  const changes = [
    ...differing('software', before.software, now.software),
    ...recogniserDifferences(before, now),
    ...settingDifferences(before, now),
    ...deviceDifferences(before, now),
  ];
  return weakerFirst(changes);
}

/** Whether the settings of the recogniser and its threshold differ, so that it must be loaded before it is known. */
export function recogniserMayDiffer(before: Noted, now: Noted): boolean {
  return ofRecogniser.some((key) => before.settings[key] !== now.settings[key]);
}

/** What a new counter is asked to agree to: the keys that its settings name. */
export function keysIn({ settings }: Noted): Change[] {
  return keySettings.flatMap((key) => differing(key, undefined, settings[key]));
}

/** The part of what is in force that a change belongs to. */
export function partOf({ what }: Change): InForcePart {
  if (what === 'software' || what === 'recogniser' || what === 'calibration') return what;
  if (what === 'threshold' || what === 'camera' || what === 'scanner') return what;
  if (what === 'visit.threshold' || what === 'visit.fmr') return 'threshold';
  if (what === 'model.calibration') return 'calibration';
  if (what.startsWith('model.')) return 'recogniser';
  if (what.startsWith('keys.')) return 'keys';
  return isKey(what) && protecting.includes(what) ? 'protections' : 'settings';
}

function recogniserDifferences({ recogniser: before }: Noted, { recogniser: now }: Noted): Change[] {
  if (!before || !now) return [];
  const another = before.sha256 !== now.sha256;
  const named = ({ id, sha256 }: typeof now) => `${id.slice(0, longestShown - 9)} ${brief(sha256)}`;
  // Scores of two recognisers are not comparable, so that neither threshold is the lower one.
  const lower = !another && now.threshold < before.threshold;
  return [
    ...(another ? differing('recogniser', named(before), named(now)) : []),
    ...differing('calibration', brief(before.calibration), brief(now.calibration)),
    ...differing('threshold', before.threshold, now.threshold, lower),
  ];
}

function settingDifferences(before: Noted, now: Noted): Change[] {
  const told = before.recogniser && now.recogniser ? ofRecogniser : [];
  const valueIn = ({ settings }: Noted, key: SettingKey) =>
    settings[key] ?? (valueOf(defaults, key) as Value);
  return settingKeys
    .filter((key) => !told.includes(key))
    .flatMap((key) => {
      const [was, is] = [valueIn(before, key), valueIn(now, key)];
      return differing(key, was, is, isWeaker(key, is, was));
    });
}

function deviceDifferences(before: Noted, now: Noted): Change[] {
  return (['camera', 'scanner'] as const).flatMap((kind) =>
    before[kind] !== undefined && now[kind] !== undefined ? differing(kind, before[kind], now[kind]) : [],
  );
}

/** A change, unless there is none. Values that look alike when they are cut are a change too. */
function differing(what: string, before: Value, after: Value, weaker = false): Change[] {
  if (before === after) return [];
  const values = { ...shown('before', before), ...shown('after', after) };
  return [{ what, ...values, ...(weaker ? { weaker: true as const } : {}) }];
}

function shown(name: 'before' | 'after', value: Value): { before?: string; after?: string } {
  if (value === undefined || value === null) return {};
  const text = String(value);
  return { [name]: text.length > longestShown ? `${text.slice(0, longestShown - 2)}..` : text };
}

/** As much of a hash as tells two files apart at a glance. */
function brief<Hash extends string | null>(hash: Hash): string | Hash {
  return hash === null ? hash : hash.slice(0, 8);
}

function weakerFirst(changes: readonly Change[]): Change[] {
  return [...changes].sort((a, b) => Number(b.weaker ?? false) - Number(a.weaker ?? false));
}
