import assert from 'node:assert/strict';

import fc from 'fast-check';
import type { ZodType } from 'zod';

import { parseLine, toLine } from '../../appliance/json-lines.js';

/** The messages that a program takes or sends, and the longest line of them, in bytes. */
export type Door = readonly [schema: ZodType<object>, longest: number];

/** Asserts that whatever passes a door passes it whole, and is no longer than its longest line. */
export function assertOnlyWholeMessages(made: fc.Arbitrary<object>, doors: readonly Door[]): void {
  const line = fc.oneof(
    fc.string(),
    fc.json(),
    made.map((each) => JSON.stringify(each)),
  );
  fc.assert(
    fc.property(line, (sent) => {
      for (const [schema, longest] of doors) {
        const parsed = parseLine(sent, schema);
        if (!parsed.ok) continue;
        assert.deepEqual(parsed.value, JSON.parse(sent), 'whole, with nothing left out');
        assert(toLine(parsed.value).length <= longest);
      }
    }),
    { numRuns: 2000 },
  );
}
