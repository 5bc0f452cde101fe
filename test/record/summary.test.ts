import assert from 'node:assert/strict';

import fc from 'fast-check';

import type { AnyEntry, Entry } from '../../appliance/record/entry.js';
import { Summary } from '../../appliance/record/summary.js';
import { entryContext, report } from './sample.js';

const moment = { boot: 1, tick: 1, timeTrusted: true, timeSource: 'network' } as const;
const previous = '0'.repeat(64);
const { model: _, ...place } = entryContext;

const ended = (number: string, endedAt: string, more: Partial<Entry> = {}): AnyEntry => ({
  version: 2,
  number,
  endedAt,
  ...moment,
  ...entryContext,
  ...report,
  ...more,
  previous,
});
const begun = (number: string, endedAt: string): AnyEntry => ({
  version: 4,
  kind: 'begun',
  number,
  endedAt,
  ...moment,
  ...place,
  practice: false,
  inForce: { settings: previous, weakened: [], changed: [] },
  previous,
});

/** Counted by hand below. */
const story: AnyEntry[] = [
  begun('2026-0001', '2026-11-30T23:59:00+09:00'),
  // The last minute of November in Japan is still November, whatever the zone of the reader.
  ended('2026-0001', '2026-11-30T23:59:59+09:00'),
  begun('2026-0002', '2026-12-01T09:00:00+09:00'),
  ended('2026-0002', '2026-12-01T09:01:00+09:00', { outcome: 'refused', findings: [] }),
  begun('2026-0003', '2026-12-01T09:02:00+09:00'),
  {
    version: 4,
    kind: 'interrupted',
    number: '2026-0003',
    endedAt: '2026-12-01T09:09:00+09:00',
    ...moment,
    ...place,
    previous,
  },
  ended('2026-0004', '2026-12-02T09:00:00+09:00', { practice: true }),
  ended('2026-0005', '2026-12-02T10:00:00+09:00', {
    findings: [
      { side: 'probe', code: 'too-dark', blocking: false },
      { side: 'document', code: 'too-dark', blocking: false },
    ],
  }),
  {
    version: 3,
    number: '2026-0006',
    endedAt: '2026-12-03T10:00:00+09:00',
    ...moment,
    ...place,
    vendor: 'refused',
    previous,
  },
];

describe('a summary of records', () => {
  const months = [
    {
      month: '2026-11',
      visits: 1,
      outcomes: { verified: 1 },
      findings: { 'too-dark': 1 },
      interrupted: 0,
      practice: 0,
    },
    {
      month: '2026-12',
      visits: 2,
      outcomes: { refused: 1, verified: 1 },
      // One visit, though of both pictures.
      findings: { 'too-dark': 1 },
      interrupted: 1,
      practice: 1,
    },
  ];

  it('counts each visit once, in the month in which it ended at the counter', () => {
    const summary = new Summary();
    story.forEach((entry) => summary.add(entry));
    assert.deepEqual(summary.months, months);
  });

  it('is the same in whatever order the lines come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(story, { minLength: story.length }), (shuffled) => {
        const summary = new Summary();
        shuffled.forEach((entry) => summary.add(entry));
        assert.deepEqual(summary.months, months);
      }),
    );
  });
});
