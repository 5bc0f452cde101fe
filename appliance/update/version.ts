import * as z from 'zod';

/** A version by Semantic Versioning 2.0.0, without build metadata, which would have no order. */
export const version = z
  .string()
  .max(40)
  .regex(/^(0|[1-9]\d{0,8})(\.(0|[1-9]\d{0,8})){2}(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/);
export type Version = z.infer<typeof version>;

/** Whether `one` has precedence over `other` (semver.org, section 11). */
export function isNewer(one: Version, other: Version): boolean {
  return order(one, other) > 0;
}

function order(one: Version, other: Version): number {
  const [a, b] = [parse(one), parse(other)];
  return listOrder(a.core, b.core) || releasedFirst(a.pre, b.pre) || listOrder(a.pre, b.pre);
}

function parse(version: Version): { readonly core: readonly string[]; readonly pre: readonly string[] } {
  const dash = version.indexOf('-');
  const [core, pre] = dash < 0 ? [version, ''] : [version.slice(0, dash), version.slice(dash + 1)];
  return { core: core.split('.'), pre: pre === '' ? [] : pre.split('.') };
}

/** A release comes after its pre-releases. */
const releasedFirst = (one: readonly string[], other: readonly string[]): number =>
  Number(one.length === 0) - Number(other.length === 0);

function listOrder(one: readonly string[], other: readonly string[]): number {
  for (const [index, part] of one.entries()) {
    const counterpart = other.at(index);
    if (counterpart === undefined) return 1;
    const result = partOrder(part, counterpart);
    if (result !== 0) return result;
  }
  return one.length - other.length;
}

function partOrder(one: string, other: string): number {
  const [a, b] = [one, other].map((part) => (/^\d+$/.test(part) ? Number(part) : undefined));
  if (a !== undefined && b !== undefined) return a - b;
  if (a !== undefined || b !== undefined) return a === undefined ? 1 : -1;
  return one < other ? -1 : Number(one > other);
}
