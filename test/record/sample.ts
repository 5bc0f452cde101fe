import type { VisitReport } from '../../appliance/record/entry.js';
import type { EntryContext } from '../../appliance/record/records.js';

export const report: VisitReport = {
  way: 'card',
  policy: 'in-doubt',
  outcome: 'verified',
  because: 'decided',
  similarity: 0.6134,
  firstSimilarity: 0.6134,
  lowestSimilarity: 0.6134,
  falseMatchRate: 0.0007,
  threshold: 0.45,
  photographs: 1,
  scans: 1,
  comparisons: 1,
  findings: [{ side: 'probe', code: 'too-dark', blocking: false }],
  practice: false,
  pictures: true,
};

export const entryContext: EntryContext = {
  municipality: '甲州市',
  counter: '1番窓口',
  software: '0.1.0',
  model: 'ab'.repeat(32),
};
