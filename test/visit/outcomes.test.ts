import assert from 'node:assert/strict';

import {
  policy as policies,
  visitReport,
  type VisitReport,
  way as ways,
} from '../../appliance/record/entry.js';
import { ok } from '../../appliance/result.js';
import type { Input } from '../../appliance/counter/context.js';
import type { Outcome } from '../../appliance/record/outcome.js';
import {
  counter,
  end,
  fault,
  glare,
  inDoubt,
  mask,
  small,
  unusable,
  usable,
  vault,
  walk,
  type Counter,
} from '../counter/counter.js';

type Scenario = {
  readonly outcome: Outcome;
  readonly story: string;
  readonly play: (visit: Counter) => Promise<void>;
  /** What the record says besides the way, the policy and that it is no practice. */
  readonly report: Omit<VisitReport, 'way' | 'policy' | 'practice'>;
  readonly vaultTaken: boolean;
};

const untouched = { photographs: 0, scans: 0, comparisons: 0, findings: [], pictures: false };
const compared = (similarity: number) => ({
  similarity,
  firstSimilarity: similarity,
  lowestSimilarity: similarity,
  falseMatchRate: 0.0006,
  threshold: 0.45,
  photographs: 1,
  scans: 1,
  comparisons: 1,
  findings: [small],
  pictures: true,
});

const scenarios: readonly Scenario[] = [
  {
    outcome: 'visually-clear',
    story: 'the clerk knows the visitor by eye',
    play: async (visit) => {
      await walk.toReason(visit);
      await visit.send({ type: 'clear-by-sight' });
    },
    report: { outcome: 'visually-clear', because: 'decided', ...untouched },
    vaultTaken: false,
  },
  {
    outcome: 'proxy',
    story: 'a proxy collects',
    play: async (visit) => {
      await walk.toReason(visit);
      await visit.send({ type: 'proxy' });
    },
    report: { outcome: 'proxy', because: 'decided', ...untouched },
    vaultTaken: false,
  },
  {
    outcome: 'refused',
    story: 'the visitor does not agree, is told why it matters, and still does not',
    play: async (visit) => {
      await walk.toNotice(visit);
      await visit.send({ type: 'refuse' }, { type: 'back' }, { type: 'refuse' }, { type: 'done' });
    },
    report: { outcome: 'refused', because: 'decided', ...untouched },
    vaultTaken: false,
  },
  {
    outcome: 'verified',
    story: 'the number is over the threshold and the clerk hands over',
    play: async (visit) => {
      await walk.toResult(visit, 0.61);
      await visit.send({ type: 'hand-over' });
    },
    report: { outcome: 'verified', because: 'decided', ...compared(0.61) },
    vaultTaken: true,
  },
  {
    outcome: 'verified',
    story: 'the number is the threshold itself',
    play: async (visit) => {
      await walk.toResult(visit, 0.45);
      await visit.send({ type: 'hand-over' });
    },
    report: { outcome: 'verified', because: 'decided', ...compared(0.45) },
    vaultTaken: true,
  },
  {
    outcome: 'verified',
    story: 'the number is under the threshold and a superior decides to hand over, which shows in the record',
    play: async (visit) => {
      await walk.toResult(visit, 0.31);
      await visit.send({ type: 'ask-superior' }, { type: 'hand-over' });
    },
    report: { outcome: 'verified', because: 'decided', decision: 'hand-over', ...compared(0.31) },
    vaultTaken: true,
  },
  {
    outcome: 'verified',
    story: 'the number is over the threshold and a superior was asked all the same',
    play: async (visit) => {
      await walk.toResult(visit, 0.61);
      await visit.send({ type: 'ask-superior' }, { type: 'back' }, { type: 'hand-over' });
    },
    report: { outcome: 'verified', because: 'decided', decision: 'ask-superior', ...compared(0.61) },
    vaultTaken: true,
  },
  {
    outcome: 'not-verified',
    story: 'the number is under the threshold',
    play: async (visit) => {
      await walk.toResult(visit, 0.31);
      await visit.send({ type: 'do-not-hand-over' }, { type: 'done' });
    },
    report: { outcome: 'not-verified', because: 'decided', ...compared(0.31) },
    vaultTaken: true,
  },
  {
    outcome: 'not-verified',
    story: 'the number is over the threshold and the clerk does not hand over, which shows in the record',
    play: async (visit) => {
      await walk.toResult(visit, 0.61);
      await visit.send({ type: 'do-not-hand-over' }, { type: 'done' });
    },
    report: { outcome: 'not-verified', because: 'decided', decision: 'do-not-hand-over', ...compared(0.61) },
    vaultTaken: true,
  },
  {
    outcome: 'not-comparable',
    story: 'the document shows no portrait, twice',
    play: async (visit) => {
      await walk.toScan(visit);
      await visit.answer('scan', unusable(glare));
      await visit.send({ type: 'scan-again' });
      await visit.answer('scan', unusable(glare));
      await visit.send({ type: 'stop' }, { type: 'done' });
    },
    report: {
      outcome: 'not-comparable',
      because: 'decided',
      photographs: 0,
      scans: 2,
      comparisons: 0,
      findings: [glare],
      pictures: true,
    },
    vaultTaken: true,
  },
  {
    outcome: 'not-comparable',
    story: 'the visitor keeps the mask on',
    play: async (visit) => {
      await walk.toPhotograph(visit);
      await visit.answer('photograph', unusable(mask));
      await visit.send({ type: 'stop' }, { type: 'done' });
    },
    report: {
      outcome: 'not-comparable',
      because: 'decided',
      photographs: 1,
      scans: 1,
      comparisons: 0,
      findings: [small, mask],
      pictures: true,
    },
    vaultTaken: true,
  },
  {
    outcome: 'cancelled',
    story: 'the clerk cancels while the visitor is photographed',
    play: async (visit) => {
      await walk.toPhotograph(visit);
      await visit.press('cancel');
    },
    report: {
      outcome: 'cancelled',
      because: 'cancelled',
      photographs: 0,
      scans: 1,
      comparisons: 0,
      findings: [small],
      pictures: true,
    },
    vaultTaken: true,
  },
  {
    outcome: 'cancelled',
    story: 'a superior was asked and nobody came back',
    play: async (visit) => {
      await walk.toResult(visit, 0.31);
      await visit.send({ type: 'ask-superior' });
      await visit.wait(900_000);
    },
    report: { outcome: 'cancelled', because: 'timed-out', decision: 'ask-superior', ...compared(0.31) },
    vaultTaken: true,
  },
  {
    outcome: 'fault',
    story: 'the scanner jams',
    play: async (visit) => {
      await walk.toScan(visit);
      await visit.answer('scan', fault('scanner-jammed'));
    },
    report: {
      outcome: 'fault',
      because: 'fault',
      fault: 'scanner-jammed',
      photographs: 0,
      scans: 0,
      comparisons: 0,
      findings: [],
      pictures: true,
    },
    vaultTaken: true,
  },
  {
    outcome: 'fault',
    story: 'the vault dies under the result',
    play: async (visit) => {
      await walk.toResult(visit, 0.61);
      await visit.send({ type: 'vault-lost', fault: 'vault-died' });
    },
    report: { outcome: 'fault', because: 'fault', fault: 'vault-died', ...compared(0.61) },
    vaultTaken: true,
  },
];

const inputs: readonly Input[] = ways.options.flatMap((way) =>
  policies.options.map((policy) => ({ way, policy })),
);

describe('the outcomes of a visit', () => {
  for (const input of inputs) {
    describe(`${input.way}, ${input.policy}`, () => {
      for (const { outcome, story, play, report, vaultTaken } of scenarios) {
        it(`${outcome}: ${story}`, async () => {
          const visit = counter(input);
          await play(visit);
          await end(visit);
          assert.equal(visit.state(), 'idle');
          const { way, policy } = input;
          const [written, ...more] = visit.writes();
          assert.deepEqual(visitReport.parse(written.report), { way, policy, practice: false, ...report });
          assert.equal(written.modelHash, vaultTaken ? vault.modelHash : undefined);
          assert.deepEqual(more, []);
        });
      }
    });
  }

  it('asks for the page of the way', async () => {
    for (const way of ways.options) {
      const visit = counter({ way, policy: 'always' });
      await walk.toScan(visit);
      assert.deepEqual(
        visit.story.filter((each) => each.what === 'asked' && each.task === 'scan'),
        [{ what: 'asked', task: 'scan', input: way }],
      );
    }
  });

  it('counts comparisons, keeps the first, the lowest and the last, and compares again without a new photograph when the card is rescanned', async () => {
    const visit = counter();
    await walk.toResult(visit, 0.31);
    await visit.send({ type: 'scan-again' }, { type: 'scan-now' });
    await visit.answer('scan', usable());
    assert.equal(visit.state(), 'comparing');
    await visit.answer('compare', ok({ similarity: 0.4, falseMatchRate: 0.002 }));
    await visit.send({ type: 'photograph-again' });
    await visit.answer('photograph', usable());
    await visit.answer('compare', ok({ similarity: 0.5, falseMatchRate: 0.0005 }));
    await visit.send({ type: 'hand-over' });
    await visit.answer('erase', ok());
    const [report] = visit.reports();
    assert.deepEqual(report, {
      way: 'card',
      policy: 'in-doubt',
      outcome: 'verified',
      because: 'decided',
      similarity: 0.5,
      firstSimilarity: 0.31,
      lowestSimilarity: 0.31,
      // Three times 0.0005, the rate of the last score.
      falseMatchRate: 0.0015,
      threshold: 0.45,
      photographs: 2,
      scans: 2,
      comparisons: 3,
      findings: [],
      practice: false,
      pictures: true,
    });
  });

  it('never compares or records a picture that the vault was told to take anew', async () => {
    const visit = counter({ ...inDoubt, limits: { photographs: 3, scans: 3 } });
    await walk.toResult(visit, 0.31);
    await visit.send({ type: 'photograph-again' }, { type: 'back' }, { type: 'back' }, { type: 'scan-now' });
    await visit.answer('scan', usable(small));
    assert.equal(visit.state(), 'before-photograph');
    await visit.send({ type: 'back' }, { type: 'scan-now' }, { type: 'cancel' });
    await visit.answer('erase', ok());
    assert.deepEqual(
      visit.reports().map(({ findings }) => findings),
      [[]],
    );
  });

  it('takes a picture with a blocking finding for unusable, whatever else is said of it', async () => {
    const visit = counter();
    await walk.toScan(visit);
    await visit.answer('scan', usable(glare));
    assert.equal(visit.state(), 'document-poor');
  });

  it('marks a visit as practice when a bench device served as it began', async () => {
    const visit = counter();
    await visit.send({ type: 'available', practice: true }, { type: 'begin' });
    await visit.send({ type: 'available', practice: false }, { type: 'clear-by-sight' });
    assert.equal(visit.view().practice, true);
    await visit.answer('erase', ok());
    assert.deepEqual(
      visit.reports().map(({ practice }) => practice),
      [true],
    );
  });
});
