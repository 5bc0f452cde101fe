import type { TomlTable } from 'smol-toml';

import type { SettingKey } from './settings.js';
import { longestTypo, plain, slips, slipsAllowed } from './spelling.js';
import { type Statement, statementsOf, statementsOfLines } from './statements.js';

type Protection = {
  readonly key: SettingKey;
  /** From none to the strictest. */
  readonly levels: readonly unknown[];
  /** Names and beginnings of names that a person may use for it, as `plain` leaves them. */
  readonly names: readonly string[];
};

/**
 * The settings that protect the visitor. Whatever a person would read as asking for one has it in force: in capitals,
 * with slips, in the wrong table, with a value that is none. The defaults of all other settings are safe: the policy
 * with more checks, the model's own threshold, finite timeouts and tries.
 */
const liveness: Protection = {
  key: 'visit.liveness',
  levels: ['off', 'advisory', 'required'],
  names: ['liveness', 'livecheck', 'livedetection', 'spoof', 'presentationattack', 'なりすまし', '生体'].map(
    plain,
  ),
};
const light: Protection = {
  key: 'lights.required',
  levels: [false, true],
  names: ['required', 'mandatory', '必須'].map(plain),
};

export const protections: readonly SettingKey[] = [liveness.key, light.key];

/** Values that plainly switch something off. Everything else asks for it, even a value that says nothing. */
const off: ReadonlySet<string> = new Set(
  [
    ...['off', 'false', 'no', 'none', 'never', 'disable', 'disabled', 'not required', 'not-needed'],
    ...['オフ', '切', 'なし', '無し', '無', '無効', '不要', 'いいえ', 'しない', '確かめない', '使わない'],
  ].map(plain),
);

/** The protections that a file asks for, and how strict each is to be. */
export type Requested = ReadonlyMap<SettingKey, unknown>;

/**
 * The protections that a document asks for.
 *
 * @param right the settings that are written as they should be
 */
export function requestedIn(
  document: readonly Statement[],
  right: ReadonlyMap<SettingKey, unknown>,
): Requested {
  return requestedBy(document.filter(({ path }) => !right.has(path.join('.') as SettingKey)));
}

/** The protections that a file seems to ask for that is no document, whatever its encoding. */
export function requestedInLines(bytes: Uint8Array): Requested {
  return requestedBy(statementsOfLines(bytes));
}

export const statementsIn = (document: TomlTable): readonly Statement[] => [...statementsOf(document)];

/** The strictest value of several, or the strictest of all if there is none. */
export function strictest(key: SettingKey, values: readonly unknown[] = []): unknown {
  const { levels } = key === liveness.key ? liveness : light;
  const highest = Math.max(-1, ...values.map((value) => levels.indexOf(value)));
  return levels.at(highest);
}

function requestedBy(statements: Iterable<Statement>): Requested {
  const requested = new Map<SettingKey, unknown>();
  for (const { path, value } of statements) {
    const said = plain(value);
    if (off.has(said) || /^0+$/.test(said)) continue;
    for (const protection of namedBy(path.map(plain), said)) {
      const level = isNear(said, 'advisory') ? protection.levels[1] : protection.levels.at(-1);
      requested.set(protection.key, strictest(protection.key, [requested.get(protection.key), level]));
    }
  }
  return requested;
}

/** The protections that a statement may mean: by a name in it, or because it says that something is required. */
function namedBy(names: readonly string[], value: string): readonly Protection[] {
  if (names.some((name) => isNamed(name, liveness))) return [liveness];
  const isOfVisit = isNear(names[0], 'visit');
  if (names.some((name) => isNamed(name, light))) return isOfVisit ? [liveness, light] : [light];
  if (!light.names.some((name) => isNear(value, name))) return [];
  return names.some((name) => ['lights', 'buttons', 'camera'].some((other) => isNear(name, other)))
    ? [light]
    : [liveness];
}

function isNamed(name: string, { names }: Protection): boolean {
  return names.some((known) => name.includes(known) || isNear(name, known));
}

function isNear(written: string, name: string): boolean {
  const allowed = slipsAllowed(name);
  // Each letter too many or too few is a slip, so that most words need no closer look.
  const longer = Array.from(written).length - name.length;
  return written.length <= longestTypo && Math.abs(longer) <= allowed && slips(written, name) <= allowed;
}
