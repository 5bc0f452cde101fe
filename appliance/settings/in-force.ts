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
import { safest } from './protections.js';
import type { Settled } from './settle.js';

/**
 * Where a setting has its value from: the file; the last good file; the default; or, where it is written but
 * cannot be understood and no good value of it is known, the safest that it can have.
 */
export type Origin = 'file' | 'last-good' | 'default' | 'safest';

export type InForce = {
  readonly settings: Settings;
  readonly origins: Readonly<Record<SettingKey, Origin>>;
};

type Fallback = { readonly value: unknown; readonly origin: Exclude<Origin, 'file'> };

/** These mean something only together: of a wrong one the others are not used either. */
const units: readonly (readonly SettingKey[])[] = [
  ['visit.threshold', 'visit.fmr'],
  // A calibration is that of one model.
  ['model.pack', 'model.calibration'],
];

/** What says which wire is which. */
export const wiring: ReadonlySet<SettingKey> = new Set([...pinKeys, 'lights.chip', 'lights.active-low']);

/**
 * The settings of a file with its faults, over the last good ones if there are any.
 *
 * @param asked the protections that it asks for somewhere
 */
export function inForce(
  { right, wrong, unsure, problems }: Settled,
  last: Settings | undefined,
  asked: readonly SettingKey[],
): InForce {
  const misplaced = problems.length > 0 ? asked.filter((key) => !right.has(key)) : [];
  const lost = withUnits(new Set([...wrong, ...misplaced]), right);
  if (last === undefined) return withFallbacks(right, without(lost));
  const kept = new Map([...lost, ...held(unsure, right)].map((key) => [key, keep(last, key)]));
  // Wires that were right before may clash with those of the file.
  return isSound(right, kept)
    ? withFallbacks(right, kept)
    : withFallbacks(
        right,
        new Map([...kept, ...without(new Set([...kept.keys()].filter((key) => wiring.has(key))))]),
      );
}

/** The settings where nothing of the file can be used. */
export function inForceWithout(last: Settings | undefined, asked: readonly SettingKey[]): InForce {
  return last
    ? { settings: last, origins: originsBy(() => 'last-good') }
    : withFallbacks(new Map(), without(new Set(asked)));
}

function keep(last: Settings, key: SettingKey): Fallback {
  return { value: valueOf(last, key), origin: 'last-good' };
}

/** With the companions that a wrong setting draws with it. */
function withUnits(wrong: ReadonlySet<SettingKey>, right: ReadonlyMap<SettingKey, unknown>): Set<SettingKey> {
  const lost = new Set(wrong);
  const another = wrong.has('model.pack') || wrong.has('model.calibration');
  // A score means something with the model that gives it; a rate does with any.
  if (another && right.has('visit.threshold')) lost.add('visit.threshold');
  for (const unit of units) {
    if (unit.some((key) => lost.has(key))) unit.forEach((key) => lost.add(key));
  }
  return lost;
}

/** What is not written, but for companions of what is. */
function held(unsure: ReadonlySet<SettingKey>, right: ReadonlyMap<SettingKey, unknown>): SettingKey[] {
  const settled = units.filter((unit) => unit.some((key) => right.has(key))).flat();
  return [...unsure].filter((key) => !settled.includes(key));
}

/** Without a good value of what was lost. A wire is never guessed: something else may hang on it. */
function without(lost: ReadonlySet<SettingKey>): Map<SettingKey, Fallback> {
  const fallbacks = new Map([...lost].map((key) => [key, fallback(key)]));
  if ([...lost].some((key) => wiring.has(key)))
    fallbacks.set('panel.lights', { value: 'off', origin: 'safest' });
  return fallbacks;
}

function fallback(key: SettingKey): Fallback {
  return safest.has(key)
    ? { value: safest.get(key), origin: 'safest' }
    : { value: valueOf(defaults, key), origin: 'default' };
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
