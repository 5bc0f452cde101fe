import type { SettingKey } from './settings.js';

/**
 * The settings that protect the visitor. If the file names one but is invalid, its strictest value applies, unless the
 * file clearly switches it off. The defaults of all other settings are safe: the policy with more checks, the model's
 * own threshold, finite timeouts.
 */
const protections = [
  { key: 'visit.liveness', strictest: 'required', named: namedIn('liveness', `["']off["']`) },
  { key: 'lights.required', strictest: true, named: namedIn('required', 'false\\b') },
] as const satisfies readonly { key: SettingKey; strictest: unknown; named: RegExp }[];

export const safest: ReadonlyMap<SettingKey, unknown> = new Map(
  protections.map(({ key, strictest }) => [key, strictest]),
);

/** The protections that a file seems to ask for, whatever its encoding. */
export function protectionsIn(bytes: Uint8Array): SettingKey[] {
  // In every encoding that editors use, names are ASCII once the zeros of UTF-16 are removed.
  const text = new TextDecoder().decode(bytes).replaceAll('\0', '');
  return protections.filter(({ named }) => named.test(text)).map(({ key }) => key);
}

function namedIn(name: string, off: string): RegExp {
  return new RegExp(`^[^#\\n]*\\b${name}["']?\\s*[=＝](?!\\s*${off})`, 'm');
}
