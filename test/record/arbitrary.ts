import fc from 'fast-check';

import { faultCodes, findingCodes } from '../../appliance/findings.js';
import { because, policy, type VisitReport, way } from '../../appliance/record/entry.js';
import type { EntryContext } from '../../appliance/record/records.js';
import { outcome } from '../../appliance/record/outcome.js';

const fraction = fc.double({ min: 0, max: 1, noNaN: true });

/** Any possible report of a visit. */
export const anyReport: fc.Arbitrary<VisitReport> = fc.record(
  {
    way: fc.constantFrom(...way.options),
    policy: fc.constantFrom(...policy.options),
    outcome: fc.constantFrom(...outcome.options),
    because: fc.constantFrom(...because.options),
    fault: fc.constantFrom(...faultCodes),
    similarity: fraction,
    firstSimilarity: fraction,
    lowestSimilarity: fraction,
    falseMatchRate: fraction,
    threshold: fraction,
    decision: fc.constantFrom('hand-over', 'do-not-hand-over', 'ask-superior'),
    photographs: fc.nat(99),
    scans: fc.nat(99),
    comparisons: fc.nat(99),
    findings: fc.array(
      fc.record({
        side: fc.constantFrom('document', 'probe'),
        code: fc.constantFrom(...findingCodes),
        blocking: fc.boolean(),
      }),
      { maxLength: 20 },
    ),
    practice: fc.boolean(),
    pictures: fc.boolean(),
    among: fc.constantFrom('sameGender', 'alike'),
    fewOfGroup: fc.constant(true),
  },
  {
    requiredKeys: ['way', 'policy', 'outcome', 'because', 'comparisons', 'findings', 'practice', 'pictures'],
  },
);

const sign = fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.slice(0, 40));

export const anyEntryContext: fc.Arbitrary<EntryContext> = fc.record(
  {
    municipality: sign,
    counter: sign,
    software: sign,
    model: fc.stringMatching(/^[0-9a-f]{64}$/),
    debugImage: fc.constant(true),
  },
  { requiredKeys: ['municipality', 'counter', 'software'] },
);
