import assert from 'node:assert/strict';

import { err, ok } from '../../appliance/result.js';
import { counter, fault, token, walk, type Counter } from '../counter/counter.js';

const found = { type: 'vendor-stick', stick: { is: 'found', token } } as const;
const gone = { type: 'vendor-stick', stick: { is: 'none' } } as const;
const other = {
  type: 'vendor-stick',
  stick: { is: 'found', token: { ...token, id: 'f'.repeat(16) } },
} as const;
const entered = ok({ numbers: { box: token.box }, dated: true });
const passed = ok({ of: 'bench-test', outcome: 'passed', steps: [{ step: 'lights', verdict: 'passed' }] });
const names = ['terashi-bench-test-0123456789ab-202611301432.txt'];
const told = (visit: Counter) => visit.story.flatMap((each) => (each.what === 'told' ? [each.answer] : []));
const stopped = (visit: Counter) => visit.story.filter(({ what }) => what === 'stopped').length;

/** A counter at which a vendor has entered. */
async function atMenu(): Promise<Counter> {
  const visit = counter();
  await visit.send({ type: 'available', practice: false }, found, { type: 'vendor' });
  assert.equal(visit.state(), 'vendor-entering');
  await visit.answer('enterVendor', entered);
  return visit;
}

async function testing(): Promise<Counter> {
  const visit = await atMenu();
  await visit.send({ type: 'bench-test' });
  return visit;
}

const ask = (visit: Counter, request?: { ask: 'led1' | 'led2' } | { press: 'yes' }) =>
  visit.open()[0].tell({ type: 'bench-progress', steps: [], step: 'lights', request });

describe("the vendor's menu", () => {
  it('is offered between two visits, for as long as its stick is there, and nothing else of that stick is', async () => {
    const visit = counter();
    await visit.send({ type: 'available', practice: false }, { type: 'stick', there: true });
    assert.deepEqual(visit.view().choices, ['begin', 'self-test', 'copy-records']);
    await visit.send(found);
    assert.deepEqual(visit.view().choices, ['begin', 'self-test', 'vendor']);
    await visit.send({ type: 'copy-records' });
    assert.equal(visit.state(), 'idle');
    await visit.send(gone);
    assert.deepEqual(visit.view().choices, ['begin', 'self-test', 'copy-records']);
  });

  it('is offered where no visit can begin as well: a box on the bench may lack a device', async () => {
    const visit = counter();
    await visit.send({ type: 'unavailable', fault: 'camera-missing' }, found);
    assert.deepEqual(visit.view().choices, ['self-test', 'vendor']);
    await visit.send({ type: 'vendor' });
    await visit.answer('enterVendor', entered);
    assert.equal(visit.state(), 'vendor-menu');
  });

  it('is not offered by a token that is refused; the screen says why, with the numbers for another', async () => {
    const visit = counter();
    const refused = { is: 'refused', why: 'other-box', numbers: { box: '0123456789ab' } } as const;
    await visit.send({ type: 'available', practice: false }, { type: 'vendor-stick', stick: refused });
    assert.deepEqual(visit.view().scene, {
      name: 'idle',
      vendor: { is: 'refused', why: 'other-box', box: '0123456789ab' },
    });
    await visit.send({ type: 'vendor' });
    assert.equal(visit.state(), 'idle');
  });

  it('never opens during a visit', async () => {
    const visit = counter();
    await walk.toResult(visit, 0.61);
    await visit.send(found, { type: 'vendor' });
    assert.equal(visit.state(), 'above');
  });

  it('opens only once that is recorded, marks the box as under test, and lets no visit begin', async () => {
    const visit = counter();
    await visit.send({ type: 'available', practice: false }, found, { type: 'vendor' });
    assert.equal(visit.view().underTest, true);
    await visit.answer('enterVendor', err('unrecorded'));
    assert.deepEqual(visit.view().scene, { name: 'vendor-refused', why: 'unrecorded' });
    await visit.press('enter');
    assert.equal(visit.state(), 'idle');
    const open = await atMenu();
    assert.deepEqual(open.view().choices, ['bench-test', 'doctor-report', 'done']);
    await open.send({ type: 'begin' });
    assert.equal(open.state(), 'vendor-menu');
    assert.equal(open.view().underTest, true);
    await open.press('back');
    assert.equal(open.state(), 'idle');
    assert.equal(open.view().underTest, undefined);
  });

  it('closes when nobody presses a key, and when its stick is pulled out or changed for another', async () => {
    const silent = await atMenu();
    await silent.wait(121_000);
    assert.equal(silent.state(), 'idle');
    for (const event of [gone, other]) {
      const visit = await atMenu();
      await visit.send(event);
      assert.equal(visit.state(), 'idle');
    }
    const same = await atMenu();
    await same.send(found);
    assert.equal(same.state(), 'vendor-menu');
  });
});

describe('the bench test at the panel', () => {
  it('asks, takes the answers, and writes its report to the stick', async () => {
    const visit = await testing();
    ask(visit, { ask: 'led1' });
    assert.deepEqual(visit.view().choices, ['answer-yes', 'answer-no']);
    await visit.press('enter');
    assert.deepEqual(told(visit), ['yes']);
    ask(visit, { ask: 'led2' });
    await visit.press('right', 'enter');
    ask(visit, { ask: 'led1' });
    await visit.press('back');
    assert.deepEqual(told(visit), ['yes', 'no', 'no']);
    ask(visit, { press: 'yes' });
    assert.deepEqual(visit.view().choices, []);
    await visit.press('enter');
    assert.deepEqual(told(visit), ['yes', 'no', 'no'], 'Enter on the keyboard is no button of the box');
    await visit.press('back');
    assert.deepEqual(told(visit), ['yes', 'no', 'no', undefined]);
    ask(visit);
    await visit.answer('benchTest', passed);
    await visit.answer('saveReport', ok(names));
    assert.deepEqual(visit.view().scene, {
      name: 'vendor-reported',
      bench: { outcome: 'passed', steps: [{ step: 'lights', verdict: 'passed' }] },
      copies: names,
    });
    assert.deepEqual(visit.reports(), [], 'no visit');
  });

  it('waits three minutes for an answer, and goes on without one', async () => {
    const visit = await testing();
    for (const request of [{ ask: 'led1' }, { press: 'yes' }] as const) {
      ask(visit, request);
      assert.equal(visit.keyTimeout(), 'ask' in request ? 180_000 : undefined);
      await visit.wait(181_000);
    }
    assert.deepEqual(told(visit), [undefined, undefined]);
  });

  it('keeps a report that could not be written, and writes it again', async () => {
    const visit = await testing();
    await visit.answer('benchTest', passed);
    await visit.answer('saveReport', err('stick-full'));
    const { scene } = visit.view();
    assert(scene.name === 'vendor-reported' && scene.why === 'stick-full' && scene.copies.length === 0);
    await visit.send({ type: 'done' });
    assert.deepEqual(visit.view().choices, ['bench-test', 'doctor-report', 'export-report', 'done']);
    await visit.send({ type: 'export-report' });
    await visit.answer('saveReport', ok(names));
    assert.equal(visit.state(), 'vendor-reported');
  });

  it('is stopped by cancel and by pulling the stick out, and is waited for before anything else begins', async () => {
    const cancelled = await testing();
    await cancelled.press('cancel');
    assert.equal(stopped(cancelled), 1);
    assert.equal(cancelled.state(), 'bench-working');
    const pulled = await testing();
    ask(pulled, { ask: 'led1' });
    await pulled.send(gone);
    assert.equal(stopped(pulled), 1);
    assert.equal(pulled.state(), 'bench-asking');
    await pulled.answer('benchTest', passed);
    assert.equal(pulled.state(), 'idle');
  });

  it('stops the counter where it is not proven that all its processes are gone, or where it breaks', async () => {
    for (const choice of ['bench-test', 'doctor-report'] as const) {
      const task = choice === 'bench-test' ? 'benchTest' : 'examine';
      const unproven = await atMenu();
      await unproven.send({ type: choice });
      await unproven.answer(task, fault('erasure-unproven'));
      assert.equal(unproven.state(), 'unproven');
      const broken = await atMenu();
      await broken.send({ type: choice });
      broken.take(task).fail(new Error('a bug'));
      await broken.wait(0);
      assert.equal(broken.state(), 'unproven');
    }
  });
});
