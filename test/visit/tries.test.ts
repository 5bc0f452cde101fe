import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';

import { type Finding, findingCodes } from '../../appliance/findings.js';
import { ok } from '../../appliance/result.js';
import type { Limits } from '../../appliance/visit/tries.js';
import {
  counter,
  glare,
  inDoubt,
  mask,
  similar,
  unusable,
  usable,
  walk,
  type Counter,
} from '../counter/counter.js';

const visitWith = (limits: Limits): Counter => counter({ ...inDoubt, limits });

async function photographAgain(visit: Counter, similarity: number, rate?: number): Promise<void> {
  await visit.send({ type: 'photograph-again' });
  await visit.answer('photograph', usable());
  await visit.answer('compare', similar(similarity, rate));
}

async function scanAgain(visit: Counter, similarity: number): Promise<void> {
  await visit.send({ type: 'scan-again' }, { type: 'scan-now' });
  await visit.answer('scan', usable());
  await visit.answer('compare', similar(similarity));
}

async function recorded(visit: Counter) {
  await visit.send({ type: 'cancel' });
  await visit.answer('erase', ok());
  return visit.reports()[0];
}

describe('the tries of a visit', () => {
  it('are three photographs and two scans, and then the clerk decides', async () => {
    const visit = counter();
    await walk.toResult(visit, 0.31);
    await photographAgain(visit, 0.32);
    await scanAgain(visit, 0.33);
    assert.deepEqual(visit.choices(), ['photograph-again', 'do-not-hand-over', 'ask-superior']);
    await photographAgain(visit, 0.34);
    assert.equal(visit.state(), 'below');
    assert.deepEqual(visit.choices(), ['do-not-hand-over', 'ask-superior']);
    await visit.send({ type: 'photograph-again' }, { type: 'scan-again' });
    assert.equal(visit.state(), 'below');
  });

  it('do not clear a suspicion by a later photograph', async () => {
    const visit = counter();
    const suspicion = { side: 'probe', code: 'picture-suspected', blocking: false } as const;
    await walk.toPhotograph(visit);
    await visit.answer('photograph', usable(suspicion));
    await visit.answer('compare', similar(0.31));
    await photographAgain(visit, 0.61);
    const { scene } = visit.view();
    assert.ok(scene.name === 'result');
    assert.deepEqual(scene.findings[0], suspicion);
    const order = ({ code }: Finding) => findingCodes.indexOf(code);
    const { findings } = await recorded(visit);
    assert.ok(findings.some((each) => isDeepStrictEqual(each, suspicion)));
    assert.deepEqual(
      findings,
      findings.toSorted((one, other) => one.side.localeCompare(other.side) || order(one) - order(other)),
      'a record says nothing by the order of its findings',
    );
  });

  it('leave the hand-over where it is, once no photograph is left', async () => {
    const visit = visitWith({ photographs: 2, scans: 2 });
    await walk.toResult(visit, 0.31);
    await photographAgain(visit, 0.61);
    assert.equal(visit.state(), 'above');
    assert.deepEqual(visit.choices(), ['hand-over', 'ask-superior', 'do-not-hand-over']);
  });

  it('count a photograph that was refused, and then leave nothing but to stop, by a key of its own', async () => {
    const visit = visitWith({ photographs: 2, scans: 2 });
    await walk.toPhotograph(visit);
    await visit.answer('photograph', unusable(mask));
    assert.deepEqual(visit.choices(), ['photograph-again', 'stop']);
    await visit.send({ type: 'photograph-again' });
    await visit.answer('photograph', unusable(mask));
    assert.deepEqual(visit.view().scene, { name: 'photograph-poor', findings: [mask], spent: true });
    await visit.press('enter', 'back');
    assert.deepEqual([visit.state(), visit.choices()], ['photograph-spent', ['stop']]);
    await visit.press('next', 'enter');
    assert.equal(visit.state(), 'not-comparable');
    await visit.press('back');
    assert.equal(visit.state(), 'photograph-spent');
  });

  it('count a scan that was refused, and then lead no way back to the scanner', async () => {
    const refused = visitWith({ photographs: 3, scans: 1 });
    await walk.toScan(refused);
    await refused.answer('scan', unusable(glare));
    assert.deepEqual(refused.view().scene, { name: 'document-poor', findings: [glare], spent: true });
    await refused.send({ type: 'scan-again' }, { type: 'back' });
    assert.equal(refused.state(), 'document-spent');

    const scanned = visitWith({ photographs: 3, scans: 1 });
    await walk.toScan(scanned);
    await scanned.answer('scan', usable());
    await scanned.press('back');
    assert.equal(scanned.state(), 'before-photograph');
    assert(!scanned.view().keys.includes('back'));
  });

  it('do not count a picture that the clerk left half way', async () => {
    const visit = visitWith({ photographs: 1, scans: 1 });
    await walk.toScan(visit);
    await visit.send({ type: 'back' }, { type: 'scan-now' });
    await visit.answer('scan', usable());
    await visit.send({ type: 'photograph-now' }, { type: 'back' }, { type: 'photograph-now' });
    await visit.answer('photograph', usable());
    await visit.answer('compare', similar(0.61));
    const { photographs, scans } = await recorded(visit);
    assert.deepEqual([photographs, scans], [1, 1]);
  });

  it('never let a later score hide an earlier one, nor its rate that of all', async () => {
    const visit = counter();
    await walk.toResult(visit, 0.4);
    await photographAgain(visit, 0.31);
    await photographAgain(visit, 0.61, 0.002);
    const { scene } = visit.view();
    assert(scene.name === 'result');
    assert.deepEqual(scene.tries, { photographs: 3, scans: 1, comparisons: 3, lowest: 0.31 });
    // By hand: one stranger in 500, three times.
    assert.deepEqual(scene.comparison, { similarity: 0.61, falseMatchRate: 0.006 });
    const report = await recorded(visit);
    assert.deepEqual(
      [report.firstSimilarity, report.lowestSimilarity, report.similarity, report.falseMatchRate],
      [0.4, 0.31, 0.61, 0.006],
    );
  });

  it('are shown as a number from the second photograph and scan on', async () => {
    const visit = counter();
    await walk.toResult(visit, 0.31);
    await visit.send({ type: 'photograph-again' });
    const photographing = visit.view().scene;
    assert(photographing.name === 'photographing' && photographing.attempt === 2);
    await visit.answer('photograph', usable());
    await visit.answer('compare', similar(0.31));
    await visit.send({ type: 'scan-again' }, { type: 'scan-now' });
    const scanning = visit.view().scene;
    assert(scanning.name === 'scanning' && scanning.attempt === 2);
  });
});
