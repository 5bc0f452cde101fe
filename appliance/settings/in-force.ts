import { pinKeys } from './pins.js';
import {
  defaults,
  pathOf,
  type SettingKey,
  settingKeys,
  settings,
  type Settings,
  valueOf,
} from './settings.js';
import { protections, type Requested, strictest } from './protections.js';
import type { Settled } from './settle.js';

/**
 * Source of a setting's value: the file, the last good file, the default, or, for an invalid value without a last good
 * one, the safest value.
 */
export type Origin = 'file' | 'last-good' | 'default' | 'safest';

export type InForce = {
  readonly settings: Settings;
  readonly origins: Readonly<Record<SettingKey, Origin>>;
};

type Fallback = { readonly value: unknown; readonly origin: Exclude<Origin, 'file'> };

/** A calibration belongs to one model. */
const modelKeys: readonly SettingKey[] = ['model.recogniser', 'model.pack', 'model.calibration'];

/** Settings that depend on each other: if one is invalid, the others are not used either. */
const units: readonly (readonly SettingKey[])[] = [['visit.threshold', 'visit.fmr'], modelKeys];

/** The settings of the wiring. */
export const wiring: ReadonlySet<SettingKey> = new Set([...pinKeys, 'lights.chip', 'lights.active-low']);

/**
 * The settings in force for a file with problems, with the last good ones as a fallback.
 *
 * @param requested the protections that the file asks for other than rightly
 */
export function inForce(
  { right, wrong, unsure }: Settled,
  last: Settings | undefined,
  requested: Requested,
): InForce {
  const lost = withUnits(wrong, right);
  const asked = protectionsFor(requested, right, last);
  if (last === undefined) return withFallbacks(right, new Map([...without(lost), ...asked]));
  const kept = new Map([...lost, ...omitted(unsure, right)].map((key) => [key, keep(last, key)]));
  // Last good pins may conflict with pins of the file.
  const fallbacks = isSound(right, kept)
    ? kept
    : new Map([...kept, ...without(new Set([...kept.keys()].filter((key) => wiring.has(key))))]);
  return withFallbacks(right, new Map([...fallbacks, ...asked]));
}

/** The settings in force if nothing of the file is usable. */
export function inForceWithout(last: Settings | undefined, requested: Requested): InForce {
  const asked = protectionsFor(requested, new Map(), last);
  if (last === undefined) return withFallbacks(new Map(), asked);
  const kept = new Map(settingKeys.map((key) => [key, keep(last, key)]));
  return withFallbacks(new Map(), new Map([...kept, ...asked]));
}

/** A protection that is asked for is at least as strict as that, and as it was; without a last good value, strictest. */
function protectionsFor(
  requested: Requested,
  right: ReadonlyMap<SettingKey, unknown>,
  last: Settings | undefined,
): Map<SettingKey, Fallback> {
  const asked = new Map<SettingKey, Fallback>();
  for (const key of protections) {
    if (!requested.has(key)) continue;
    const before = last && valueOf(last, key);
    const value = last ? strictest(key, [requested.get(key), before, right.get(key)]) : strictest(key);
    if (value !== right.get(key))
      asked.set(key, { value, origin: value === before ? 'last-good' : 'safest' });
  }
  return asked;
}

function keep(last: Settings, key: SettingKey): Fallback {
  return { value: valueOf(last, key), origin: 'last-good' };
}

/** Adds the settings that depend on a wrong one. */
function withUnits(wrong: ReadonlySet<SettingKey>, right: ReadonlyMap<SettingKey, unknown>): Set<SettingKey> {
  const lost = new Set(wrong);
  const another = modelKeys.some((key) => wrong.has(key));
  // A score depends on the model; a rate does not.
  if (another && right.has('visit.threshold')) lost.add('visit.threshold');
  for (const unit of units) {
    if (unit.some((key) => lost.has(key))) unit.forEach((key) => lost.add(key));
  }
  return lost;
}

/** The settings that the file leaves out, except those that depend on one that it has. */
function omitted(unsure: ReadonlySet<SettingKey>, right: ReadonlyMap<SettingKey, unknown>): SettingKey[] {
  const settled = units.filter((unit) => unit.some((key) => right.has(key))).flat();
  return [...unsure].filter((key) => !settled.includes(key));
}

/** Without last good values. Pins are never guessed, since something else may be connected: the lights go off. */
function without(lost: ReadonlySet<SettingKey>): Map<SettingKey, Fallback> {
  const fallbacks = new Map<SettingKey, Fallback>();
  for (const key of lost) fallbacks.set(key, { value: valueOf(defaults, key), origin: 'default' });
  if ([...lost].some((key) => wiring.has(key)))
    fallbacks.set('panel.lights', { value: 'off', origin: 'safest' });
  return fallbacks;
}

type Values = ReadonlyMap<SettingKey, unknown>;
type Fallbacks = ReadonlyMap<SettingKey, Fallback>;

function isSound(right: Values, fallbacks: Fallbacks): boolean {
  return settings.safeParse(documentOf(right, fallbacks)).success;
}

function withFallbacks(right: Values, fallbacks: Fallbacks): InForce {
  return {
    settings: settings.parse(documentOf(right, fallbacks)),
    origins: originsBy((key) => fallbacks.get(key)?.origin ?? (right.has(key) ? 'file' : 'default')),
  };
}

function documentOf(right: Values, fallbacks: Fallbacks): Record<string, Record<string, unknown>> {
  const document: Record<string, Record<string, unknown>> = {};
  for (const key of settingKeys) {
    const [table, name] = pathOf(key);
    const fallback = fallbacks.get(key);
    const value = fallback ? fallback.value : right.get(key);
    if (value !== undefined) (document[table] ??= {})[name] = value;
  }
  return document;
}

function originsBy(origin: (key: SettingKey) => Origin): Record<SettingKey, Origin> {
  return Object.fromEntries(settingKeys.map((key) => [key, origin(key)])) as Record<SettingKey, Origin>;
}
