import assert from 'node:assert/strict';

import fc from 'fast-check';

import { longestLine } from '../../appliance/record/chain.js';
import { entry, newEntry, visitReport } from '../../appliance/record/entry.js';
import { anyReport, anyEntryContext } from './arbitrary.js';
import { report, entryContext } from './sample.js';

const whole = {
  ...report,
  ...entryContext,
  version: 2,
  number: '2026-0417',
  endedAt: '2026-03-04T14:32:07+09:00',
  boot: 12,
  tick: 3_600_000,
  timeTrusted: true,
  timeSource: 'network',
  previous: '0'.repeat(64),
};

describe('an entry', () => {
  it('has no personal data: a field that is not in its list is refused', () => {
    assert.ok(entry.safeParse(whole).success);
    const known = new Set(Object.keys(newEntry.shape));
    const unknown = fc.oneof(
      fc.constantFrom(
        'name',
        'visitor',
        'clerk',
        'birthday',
        'personalNumber',
        'image',
        'template',
        '__proto__',
      ),
      fc.string().filter((key) => !known.has(key)),
    );
    fc.assert(
      fc.property(unknown, fc.anything(), (key, value) => {
        const more: Record<string, unknown> = { ...whole };
        Object.defineProperty(more, key, { value, enumerable: true });
        assert.ok(!entry.safeParse(more).success, key);
      }),
    );
  });

  it('has no free text of a visit: only the place and the version are words', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(visitReport.shape)), fc.string(), (key, text) => {
        const closed =
          ['way', 'policy', 'outcome', 'because', 'fault', 'decision'].includes(key) &&
          /^[a-z-]+$/.test(text);
        fc.pre(!closed);
        assert.ok(!entry.safeParse({ ...whole, [key]: text }).success, `${key}: ${text}`);
        assert.ok(!entry.safeParse({ ...whole, [key]: [text] }).success, `${key}: [${text}]`);
      }),
    );
  });

  it('needs no tries: lines from before they were counted stay valid', () => {
    // As that version wrote it.
    const then =
      '{"version":2,"number":"2026-0417","endedAt":"2026-03-04T14:32:07+09:00","boot":12,"tick":3600000,"timeTrusted":true,"timeSource":"network","municipality":"甲州市","counter":"1番窓口","software":"0.1.0","way":"card","policy":"in-doubt","outcome":"verified","because":"decided","similarity":0.6134,"falseMatchRate":0.0007,"threshold":0.45,"comparisons":99,"findings":[],"practice":false,"pictures":true,"previous":"0000000000000000000000000000000000000000000000000000000000000000"}';
    assert.deepEqual(entry.parse(JSON.parse(then)), JSON.parse(then));
  });

  it('is never longer than the longest line', () => {
    const longest = {
      ...whole,
      municipality: '\u0000'.repeat(40),
      counter: '\u0000'.repeat(40),
      software: '\u0000'.repeat(40),
    };
    const finding = { side: 'document', code: 'portrait-too-small', blocking: false };
    const number = 1.2345678901234567e-300;
    const filled = {
      ...longest,
      fault: 'camera-broken-frames',
      similarity: number,
      firstSimilarity: number,
      lowestSimilarity: number,
      falseMatchRate: number,
      threshold: number,
      decision: 'do-not-hand-over',
      because: 'timed-out',
      outcome: 'visually-clear',
      number: '2026-123456789',
      boot: Number.MAX_SAFE_INTEGER,
      tick: Number.MAX_SAFE_INTEGER,
      timeTrusted: false,
      findings: Array.from({ length: 20 }, () => finding),
    };
    const parsed = entry.parse(filled);
    assert.ok(JSON.stringify(parsed).length < longestLine, String(JSON.stringify(parsed).length));
    fc.assert(
      fc.property(anyReport, anyEntryContext, (anyVisit, anywhere) => {
        const any = entry.parse({ ...whole, ...anyVisit, ...anywhere });
        assert.ok(Buffer.byteLength(JSON.stringify(any)) <= longestLine);
      }),
    );
  });
});
