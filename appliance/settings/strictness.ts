import { defaults, type SettingKey, settingKeys, type Settings, valueOf } from './settings.js';

/** The settings that protect visitor or result: the higher the number, the more a value protects. */
const strictness: Readonly<Partial<Record<SettingKey, (value: unknown) => number>>> = {
  'visit.policy': (policy) => ['in-doubt', 'always'].indexOf(policy as string),
  'visit.liveness': (mode) => ['off', 'advisory', 'required'].indexOf(mode as string),
  // Each picture that is compared gives a stranger one more chance.
  'visit.photographs': (tries) => -(tries as number),
  'visit.scans': (tries) => -(tries as number),
  'visit.fmr': (rate) => (rate === undefined ? 0 : -(rate as number)),
  'lights.required': Number,
  'keys.export': (key) => Number(key !== undefined),
};

/** Settings that decide whether a visit protects less than before. */
export const protecting: readonly SettingKey[] = settingKeys.filter((key) => key in strictness);

/** Whether one value of a setting protects less than another. Of most settings none does. */
export function isWeaker(key: SettingKey, value: unknown, than: unknown): boolean {
  const of = strictness[key];
  return of !== undefined && of(value) < of(than);
}

/** The settings that protect less than their defaults. */
export function weakened(settings: Settings): SettingKey[] {
  return protecting.filter((key) => isWeaker(key, valueOf(settings, key), valueOf(defaults, key)));
}
