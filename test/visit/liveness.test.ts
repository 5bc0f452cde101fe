import assert from 'node:assert/strict';

import { visitReport, type Liveness } from '../../appliance/record/entry.js';
import { ok } from '../../appliance/result.js';
import { applyLiveness } from '../../appliance/visit/liveness.js';
import { counter, end, inDoubt, mask, similar, walk, type Counter } from '../counter/counter.js';

const photographed = (liveness?: Liveness) =>
  ok({ usable: true, findings: [], ...(liveness ? { liveness } : {}) });

async function atPhotograph(liveness: 'off' | 'advisory' | 'required'): Promise<Counter> {
  const visit = counter({ ...inDoubt, liveness });
  await walk.toPhotograph(visit);
  return visit;
}

const codes = (visit: Counter) => {
  const { scene } = visit.view();
  return 'findings' in scene ? scene.findings.map(({ code, blocking }) => [code, blocking]) : undefined;
};

describe('a challenge that is required', () => {
  it('lets a photograph that passed be compared, and records it', async () => {
    const visit = await atPhotograph('required');
    await visit.answer('photograph', photographed('passed'));
    await visit.answer('compare', similar(0.6));
    const { scene } = visit.view();
    assert(scene.name === 'result');
    assert.equal(scene.liveness, 'passed');
    await visit.send({ type: 'hand-over' });
    await end(visit);
    assert.deepEqual(
      visit.reports().map((report) => visitReport.parse(report).liveness),
      ['passed'],
    );
  });

  for (const [liveness, code] of [
    ['failed', 'liveness-failed'],
    ['not-checked', 'liveness-not-checked'],
    [undefined, 'liveness-not-checked'],
  ] as const) {
    it(`compares nothing after ${liveness ?? 'silence'}: taken again, or not comparable`, async () => {
      const visit = await atPhotograph('required');
      await visit.answer('photograph', photographed(liveness));
      assert.equal(visit.state(), 'photograph-poor');
      assert.deepEqual(codes(visit)?.[0], [code, true]);
      await visit.send({ type: 'photograph-again' });
      assert.equal(visit.state(), 'photographing');
      await visit.answer('photograph', photographed(liveness));
      await visit.send({ type: 'stop' });
      assert.equal(visit.view().scene.name, 'not-comparable');
      await visit.send({ type: 'done' });
      await end(visit);
      const [report] = visit.reports();
      assert.equal(report.outcome, 'not-comparable');
      assert.equal(report.liveness, liveness ?? 'not-checked');
      assert.equal(report.comparisons, 0);
      assert.ok(report.findings.some((finding) => finding.code === code));
    });
  }

  it('does not let a photograph that failed be compared by way of another scan', async () => {
    const visit = await atPhotograph('required');
    await visit.answer('photograph', photographed('failed'));
    await visit.send({ type: 'back' }, { type: 'back' }, { type: 'scan-now' });
    await visit.answer('scan', ok({ usable: true, findings: [] }));
    assert.equal(visit.state(), 'before-photograph');
  });

  for (const [name, happens, outcome] of [
    ['cancelling', (visit: Counter) => visit.press('cancel'), 'cancelled'],
    ['a minute and a half', (visit: Counter) => visit.wait(90_000), 'cancelled'],
    [
      'a camera that is gone',
      (visit: Counter) => visit.send({ type: 'device-lost', fault: 'camera-missing' }),
      'fault',
    ],
    [
      'a vault that died',
      (visit: Counter) => visit.send({ type: 'vault-lost', fault: 'vault-died' }),
      'fault',
    ],
  ] as const) {
    it(`is ended by ${name}, in the middle of a turn, and everything is erased`, async () => {
      const visit = await atPhotograph('required');
      const [task] = visit.open();
      task.tell({ type: 'guidance', instruction: 'turn-left' });
      await visit.send();
      assert.deepEqual(visit.view().scene, {
        name: 'photographing',
        fraction: 0,
        instruction: 'turn-left',
        outline: undefined,
      });
      await happens(visit);
      assert.equal(visit.state(), 'erasing');
      assert.ok(task.signal.aborted);
      await end(visit);
      const [report] = visit.reports();
      assert.equal(report.outcome, outcome);
      assert.equal(report.liveness, undefined);
    });
  }
});

describe('a challenge that is advisory', () => {
  for (const liveness of ['passed', 'failed', 'not-checked', undefined] as const) {
    it(`compares after ${liveness ?? 'silence'}, says so, and records it`, async () => {
      const visit = await atPhotograph('advisory');
      await visit.answer('photograph', photographed(liveness));
      await visit.answer('compare', similar(0.6));
      const { scene } = visit.view();
      assert(scene.name === 'result');
      assert.equal(scene.liveness, liveness ?? 'not-checked');
      await visit.send({ type: 'hand-over' });
      await end(visit);
      assert.deepEqual(
        visit.reports().map((report) => report.liveness),
        [liveness ?? 'not-checked'],
      );
    });
  }
});

describe('a challenge that is off', () => {
  it('is neither shown nor recorded', async () => {
    const visit = await atPhotograph('off');
    await visit.answer('photograph', photographed());
    await visit.answer('compare', similar(0.6));
    await visit.send({ type: 'hand-over' });
    await end(visit);
    assert.ok(visit.reports().every((report) => !('liveness' in report)));
  });

  it('never makes a poor photograph usable, whatever the demand', () => {
    for (const demand of ['off', 'advisory', 'required'] as const) {
      const taken = applyLiveness({ usable: false, findings: [mask], liveness: 'passed' }, demand);
      assert.equal(taken.usable, false);
      assert.ok(taken.findings.includes(mask));
    }
  });
});
