import type { SettingKey } from './settings.js';

/**
 * What protects the visitor, and counts as asked for wherever it is named and the file cannot be understood: with
 * its strictest value, unless it is plainly said to be off. Of the other settings the default is safe as it is: the
 * policy that asks for more checks, the threshold of the model itself, waiting times that end.
 */
const protections = [
  { key: 'visit.liveness', strictest: 'required', named: namedIn('liveness', `["']off["']`) },
  { key: 'lights.required', strictest: true, named: namedIn('required', 'false\\b') },
] as const satisfies readonly { key: SettingKey; strictest: unknown; named: RegExp }[];

export const safest: ReadonlyMap<SettingKey, unknown> = new Map(
  protections.map(({ key, strictest }) => [key, strictest]),
);

/** The protections that a file asks for, whatever its encoding, as far as can be seen. */
export function asksFor(bytes: Uint8Array): SettingKey[] {
  // In each encoding that an editor may have chosen, names come out right once the zeros of UTF-16 are gone.
  const text = new TextDecoder().decode(bytes).replaceAll('\0', '');
  return protections.filter(({ named }) => named.test(text)).map(({ key }) => key);
}

function namedIn(name: string, off: string): RegExp {
  return new RegExp(`^[^#\\n]*\\b${name}["']?\\s*[=＝](?!\\s*${off})`, 'm');
}
