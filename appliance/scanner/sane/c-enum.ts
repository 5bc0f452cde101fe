import * as z from 'zod';

/** A schema for a C enumeration: the number is replaced by the name at its position. */
export function cEnum<const Names extends readonly string[]>(names: Names) {
  return z
    .number()
    .int()
    .min(0)
    .max(names.length - 1)
    .transform((code): Names[number] => names[code]);
}
