import assert from 'node:assert/strict';

import { ok } from '../../appliance/result.js';
import { view, type Scene, type Status } from '../../appliance/panel/view.js';
import type { Key } from '../../appliance/protocol/key.js';
import type { CounterState } from '../../appliance/counter/snapshot.js';
import { counter, fault, inDoubt, mask, receipt, small, unusable, vault, walk } from './counter.js';
import { explore, follow } from './explore.js';

const always: readonly Key[] = ['language'];
const arrows: readonly Key[] = ['left', 'right', 'next'];

describe('what the panels are sent', () => {
  it('fits the schema in every state, with the scene, the public status and the keys of that state', async () => {
    const shown: Record<CounterState, [Scene['name'], Status, ...Key[]]> = {
      starting: ['starting', 'unavailable'],
      unavailable: ['unavailable', 'unavailable', 'enter'],
      'setting-clock': ['set-clock', 'question', ...arrows, 'enter', 'back', 'cancel'],
      'applying-clock': ['applying-clock', 'unavailable'],
      'clock-set': ['clock-set', 'question', 'next', 'enter', 'back', 'cancel'],
      'clock-not-set': ['clock-not-set', 'question', ...arrows, 'enter', 'back', 'cancel'],
      'update-found': ['update-found', 'question', ...arrows, 'back', 'cancel'],
      updating: ['updating', 'unavailable', 'next', 'back', 'cancel'],
      restarting: ['restarting', 'unavailable'],
      'update-failed': ['update-failed', 'question', 'next', 'enter', 'back', 'cancel'],
      'copy-asked': ['copy-asked', 'question', ...arrows, 'back', 'cancel'],
      copying: ['copying', 'unavailable', 'next', 'back', 'cancel'],
      copied: ['copied', 'question', 'next', 'enter', 'back', 'cancel'],
      'copy-failed': ['copy-failed', 'question', 'next', 'enter', 'back', 'cancel'],
      'changes-shown': ['changes', 'question', ...arrows, 'back', 'cancel'],
      'vendor-entering': ['vendor-entering', 'unavailable'],
      'vendor-menu': ['vendor-menu', 'question', ...arrows, 'enter', 'back', 'cancel'],
      'bench-working': ['bench-test', 'unavailable', 'cancel'],
      'bench-asking': ['bench-test', 'unavailable', ...arrows, 'enter', 'back', 'cancel'],
      'bench-pressing': ['bench-test', 'unavailable', 'next', 'back', 'cancel'],
      examining: ['self-test', 'unavailable', 'next', 'back', 'cancel'],
      'vendor-saving': ['vendor-saving', 'unavailable'],
      'vendor-reported': ['vendor-reported', 'question', ...arrows, 'enter', 'back', 'cancel'],
      'vendor-refused': ['vendor-refused', 'question', 'next', 'enter', 'back', 'cancel'],
      testing: ['self-test', 'unavailable', 'next', 'back', 'cancel'],
      tested: ['self-tested', 'question', ...arrows, 'enter', 'back', 'cancel'],
      idle: ['idle', 'ready', ...arrows, 'enter'],
      beginning: ['reason', 'question', 'next', 'back', 'cancel'],
      reason: ['reason', 'question', ...arrows, 'back', 'cancel'],
      notice: ['notice', 'question', ...arrows, 'back', 'cancel'],
      refused: ['explain', 'question', 'next', 'enter', 'back', 'cancel'],
      agreed: ['place-document', 'question', 'cancel'],
      'place-document': ['place-document', 'question', 'next', 'enter', 'back', 'cancel'],
      scanning: ['scanning', 'scanning', 'next', 'back', 'cancel'],
      'document-poor': ['document-poor', 'question', ...arrows, 'enter', 'back', 'cancel'],
      'document-spent': ['document-poor', 'question', ...arrows, 'cancel'],
      'before-photograph': ['before-photograph', 'question', 'next', 'enter', 'back', 'cancel'],
      photographing: ['photographing', 'photographing', 'next', 'back', 'cancel'],
      'photograph-poor': ['photograph-poor', 'question', ...arrows, 'enter', 'back', 'cancel'],
      'photograph-spent': ['photograph-poor', 'question', ...arrows, 'cancel'],
      comparing: ['comparing', 'comparing', 'cancel'],
      above: ['result', 'result', ...arrows, 'cancel'],
      below: ['result', 'result', ...arrows, 'cancel'],
      consulting: ['result', 'result', ...arrows, 'back', 'cancel'],
      'not-verified': ['explain', 'question', 'next', 'enter', 'back', 'cancel'],
      'not-comparable': ['not-comparable', 'result', 'next', 'enter', 'back', 'cancel'],
      erasing: ['erasing', 'erasing'],
      recording: ['erasing', 'erasing'],
      unrecorded: ['unavailable', 'unavailable', 'enter'],
      erased: ['erased', 'erasing', 'next', 'enter', 'back', 'cancel'],
      unproven: ['unavailable', 'unavailable'],
    };
    for (const [state, path] of await explore()) {
      const sent = view.parse((await follow(path)).view());
      assert.deepEqual([sent.scene.name, sent.status, ...sent.keys], [...shown[state], ...always], state);
    }
  });

  it('shows the number, its bar and what it was compared by', async () => {
    const visit = counter({ ...inDoubt, way: 'form' });
    await walk.toResult(visit, 0.61);
    assert.equal(visit.view().way, 'form');
    assert.deepEqual(visit.view().scene, {
      name: 'result',
      above: true,
      comparison: { similarity: 0.61, falseMatchRate: 0.0006 },
      threshold: 0.45,
      model: vault.model,
      findings: [small],
    });
  });

  it('asks to look at the camera until the first guidance comes, and forgets it for the next photograph', async () => {
    const visit = counter();
    const looking = { name: 'photographing', fraction: 0, instruction: 'look-here' };
    const outline = { x: 40, y: 45, width: 20, height: 30, roll: -3 };
    await walk.toPhotograph(visit);
    assert.deepEqual(visit.view().scene, looking);
    const photograph = visit.open().at(0);
    photograph?.tell({ type: 'guidance', instruction: 'nearer', outline });
    photograph?.tell({ type: 'progress', fraction: 0.4 });
    assert.deepEqual(visit.view().scene, { ...looking, fraction: 0.4, instruction: 'nearer', outline });
    await visit.answer('photograph', unusable(mask));
    assert.deepEqual(visit.view().scene, { name: 'photograph-poor', findings: [mask] });
    await visit.send({ type: 'photograph-again' });
    assert.deepEqual(visit.view().scene, { ...looking, attempt: 2 });
  });

  it('says what was erased, when, why, and under which number', async () => {
    const visit = counter();
    await walk.toScan(visit);
    await visit.answer('scan', fault('scanner-jammed'));
    await visit.answer('erase', ok());
    await visit.answer('writeRecord', receipt);
    const erased = { name: 'erased', at: '14:32:07', record: '2026-0417' };
    const { scene } = view.parse(visit.view());
    assert.deepEqual(scene, { ...erased, pictures: true, because: 'fault', fault: 'scanner-jammed' });
    await visit.press('enter', 'enter', 'cancel');
    await visit.answer('erase', ok());
    await visit.answer('writeRecord', receipt);
    assert.deepEqual(JSON.parse(JSON.stringify(visit.view().scene)), {
      ...erased,
      pictures: false,
      because: 'cancelled',
    });
  });
});
