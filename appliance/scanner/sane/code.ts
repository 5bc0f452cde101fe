import * as z from 'zod';

/** One of C's enumerations as libsane hands it over: a number, which stands for the name at its place. */
export function codeOf<const Names extends readonly string[]>(names: Names) {
  return z
    .number()
    .int()
    .min(0)
    .max(names.length - 1)
    .transform((code): Names[number] => names[code]);
}
