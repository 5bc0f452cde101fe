import assert from 'node:assert/strict';

import { ok } from '../../appliance/result.js';
import { automatic } from '../../appliance/counter/automatic.js';
import type { CounterState } from '../../appliance/counter/snapshot.js';
import { focused } from '../../appliance/panel/view.js';
import { press as pressed } from '../../appliance/procedure/choices.js';
import type { Choice } from '../../appliance/protocol/choice.js';
import { policy as policies } from '../../appliance/record/entry.js';
import type { Input } from '../../appliance/counter/context.js';
import {
  counter,
  glare,
  inDoubt,
  mask,
  receipt,
  similar,
  unusable,
  usable,
  vault,
  walk,
  type Counter,
} from './counter.js';
import { endings, explore, follow } from './explore.js';

const inFocus = (visit: Counter): Choice | undefined => focused(visit.view());

/** What Enter would take now. */
const taken = (visit: Counter) => pressed(visit.active(), 'enter')?.type;

/** Whether a choice consents, decides, or changes or leaves the box: what nobody may do by a key alone. */
const binding: Readonly<Record<Choice, boolean>> = {
  begin: false,
  'self-test': false,
  'clear-by-sight': true,
  'compare-faces': false,
  proxy: true,
  agree: true,
  refuse: true,
  'scan-now': false,
  'scan-again': false,
  'photograph-now': false,
  'photograph-again': false,
  stop: true,
  'hand-over': true,
  'do-not-hand-over': true,
  'ask-superior': true,
  'set-clock': false,
  'set-time': true,
  'change-time': false,
  'set-anyway': true,
  update: false,
  'install-update': true,
  'not-now': false,
  dismiss: false,
  'look-at-stick': false,
  'copy-records': false,
  'copy-now': true,
  'see-changes': false,
  'seen-changes': true,
  vendor: false,
  'bench-test': false,
  'doctor-report': false,
  'export-report': true,
  'answer-yes': false,
  'answer-no': false,
  done: false,
};

describe('what the clerk can choose', () => {
  it('is, state by state, in the order of the screen', async () => {
    const offered: Record<CounterState, readonly Choice[]> = {
      starting: [],
      unavailable: ['self-test'],
      'setting-clock': ['set-time'],
      'applying-clock': [],
      'clock-set': ['done'],
      'clock-not-set': ['change-time', 'set-anyway', 'done'],
      testing: [],
      'update-found': ['install-update', 'not-now'],
      updating: [],
      restarting: [],
      'update-failed': ['done'],
      'copy-asked': ['copy-now', 'not-now'],
      copying: [],
      copied: ['done'],
      'copy-failed': ['done'],
      'changes-shown': ['seen-changes', 'not-now'],
      'vendor-entering': [],
      'vendor-menu': ['bench-test', 'doctor-report', 'done'],
      'bench-working': [],
      'bench-asking': ['answer-yes', 'answer-no'],
      'bench-pressing': [],
      examining: [],
      'vendor-saving': [],
      'vendor-reported': ['done', 'export-report'],
      'vendor-refused': ['done'],
      tested: ['done', 'self-test'],
      idle: ['begin', 'self-test'],
      beginning: [],
      reason: ['clear-by-sight', 'compare-faces', 'proxy'],
      notice: ['agree', 'refuse'],
      refused: ['done'],
      agreed: [],
      'place-document': ['scan-now'],
      scanning: [],
      'document-poor': ['scan-again', 'stop'],
      'document-spent': ['stop'],
      'before-photograph': ['photograph-now'],
      photographing: [],
      'photograph-poor': ['photograph-again', 'stop'],
      'photograph-spent': ['stop'],
      comparing: [],
      above: ['hand-over', 'photograph-again', 'ask-superior', 'do-not-hand-over'],
      below: ['photograph-again', 'scan-again', 'do-not-hand-over', 'ask-superior'],
      consulting: ['do-not-hand-over', 'hand-over'],
      'not-verified': ['done'],
      'not-comparable': ['done'],
      erasing: [],
      recording: [],
      unrecorded: [],
      erased: ['done'],
      unproven: [],
    };
    for (const [state, path] of await explore()) {
      const visit = await follow(path);
      assert.deepEqual(visit.choices(), offered[state], state);
      for (const type of visit.choices()) assert(visit.active().can({ type }), `${type} in ${state}`);
    }
  });

  it('begins with the choice that the local policy suggests', async () => {
    const suggested: Readonly<Record<Input['policy'], Choice | undefined>> = {
      'in-doubt': undefined,
      always: 'compare-faces',
    };
    for (const policy of policies.options) {
      const visit = counter({ ...inDoubt, policy });
      await walk.toReason(visit);
      assert.equal(inFocus(visit), suggested[policy]);
      assert.deepEqual(visit.view().scene, { name: 'reason', policy });
    }
  });

  it('moves with the arrows, stops at both ends, and is taken by Enter', async () => {
    const visit = counter();
    await walk.toReason(visit);
    await visit.press('right', 'left');
    assert.equal(inFocus(visit), 'clear-by-sight');
    await visit.press('right', 'right', 'right');
    assert.equal(inFocus(visit), 'proxy');
    await visit.press('left');
    assert.equal(inFocus(visit), 'compare-faces');
    await visit.press('enter');
    assert.equal(visit.state(), 'notice');
  });

  it('is entered from either side where none is in focus', async () => {
    for (const [key, choice] of [
      ['right', 'agree'],
      ['next', 'agree'],
      ['left', 'refuse'],
    ] as const) {
      const visit = counter();
      await walk.toNotice(visit);
      assert.equal(inFocus(visit), undefined);
      await visit.press(key);
      assert.equal(inFocus(visit), choice);
    }
  });

  it('moves round and round with the button for the next', async () => {
    const visit = counter();
    await walk.toReason(visit);
    const seen: (Choice | undefined)[] = [];
    for (let press = 0; press < 4; press++) {
      seen.push(inFocus(visit));
      await visit.press('next');
    }
    assert.deepEqual(seen, [undefined, 'clear-by-sight', 'compare-faces', 'proxy']);
    assert.equal(inFocus(visit), 'clear-by-sight');
  });

  it('is left by the button for the next where there is no other', async () => {
    const visit = counter();
    await walk.toScan(visit);
    await visit.press('next');
    assert.equal(visit.state(), 'place-document');
    const document = counter();
    await walk.toDocument(document);
    await document.press('next');
    assert.equal(document.state(), 'notice');
  });

  it('can all be reached and taken with three buttons, in every state', async () => {
    for (const [state, path] of await explore()) {
      const choices = (await follow(path)).choices();
      for (const choice of choices) {
        const visit = await follow(path);
        for (let press = 0; taken(visit) !== choice; press++) {
          assert(press < Math.max(choices.length, 6), `${choice} is not reached in ${state}`);
          await visit.press('next');
        }
        assert.deepEqual(pressed(visit.active(), 'enter'), { type: choice });
      }
    }
  });

  it('begins anew in each state that is entered', async () => {
    const visit = counter();
    await walk.toReason(visit);
    await visit.press('right', 'right', 'enter', 'right');
    assert.equal(inFocus(visit), 'agree');
    await visit.press('back');
    assert.equal(inFocus(visit), undefined);
    await visit.send({ type: 'compare-faces' });
    assert.equal(inFocus(visit), undefined);
  });

  it('binds nobody by Enter alone, in any state', async () => {
    for (const [state, path] of await explore()) {
      const choice = taken(await follow(path));
      assert(
        choice === undefined || !(choice in binding) || !binding[choice as Choice],
        `${choice} in ${state}`,
      );
    }
  });

  for (const policy of policies.options) {
    it(`is never reached by Enter held down, though all goes well: ${policy}`, async () => {
      const visit = counter({ ...inDoubt, policy });
      await visit.send({ type: 'available', practice: false });
      for (let repeat = 0; repeat < 50; repeat++) {
        await visit.press('enter');
        for (const { task } of visit.open()) await visit.answer(task, endings[task][0]);
      }
      assert.equal(visit.state(), policy === 'always' ? 'notice' : 'reason');
      assert.deepEqual(visit.reports(), []);
    });
  }

  it('waits two minutes for a key, longer for a superior, and for ever before a visit and after it', async () => {
    const visit = counter();
    await visit.send({ type: 'available', practice: false });
    assert.equal(visit.keyTimeout(), undefined);
    await visit.send({ type: 'begin' });
    assert.equal(visit.keyTimeout(), 120_000);
    const result = counter({ ...inDoubt, delays: { key: 30_000 } });
    await walk.toResult(result, 0.31);
    assert.equal(result.keyTimeout(), 30_000);
    await result.send({ type: 'ask-superior' });
    assert.equal(result.keyTimeout(), 900_000);
    await result.press('cancel');
    assert.equal(result.keyTimeout(), undefined);
    await result.answer('erase', ok());
    await result.answer('writeRecord', receipt);
    assert.equal(result.state(), 'erased');
    assert.equal(result.keyTimeout(), undefined);
    await result.wait(3_600_000);
    assert.equal(result.state(), 'erased');
  });

  it('holds the number against the threshold on the scores of the vault that was taken', async () => {
    for (const similarity of [0.4499, 0.45]) {
      const visit = counter(inDoubt);
      await walk.toResult(visit, similarity);
      const { scene } = visit.view();
      assert(scene.name === 'result');
      assert.equal(scene.threshold, vault.threshold);
      assert.equal(scene.above, similarity >= vault.threshold);
      await visit.send({ type: 'cancel' });
      await visit.answer('erase', ok());
      assert.deepEqual(
        visit.reports().map(({ threshold }) => threshold),
        [vault.threshold],
      );
    }
  });
});

describe('a visit on its own', () => {
  /** Takes what is offered and answers each task as given, until the visit is over. */
  async function alone(answers: Parameters<Counter['answer']>[1][]): Promise<Counter> {
    const visit = counter();
    await walk.toReason(visit);
    const tasks = [ok(vault), ...answers, ok(), receipt];
    while (visit.state() !== 'idle') {
      const choice = automatic(visit.actor.getSnapshot());
      const underWay = visit.open().at(0);
      if (choice) await visit.send({ type: choice });
      else if (underWay) await visit.answer(underWay.task, tasks.shift()!);
      else assert.fail(`nothing to do in ${visit.state()}`);
    }
    return visit;
  }

  const courses = {
    verified: [usable(), usable(), similar(0.46)],
    'not-verified': [usable(), usable(), similar(0.44)],
    'not-comparable': [usable(), unusable(mask)],
  };
  for (const [outcome, answers] of Object.entries(courses)) {
    it(`ends as ${outcome}`, async () => {
      const visit = await alone(answers);
      assert.deepEqual(
        visit.reports().map((report) => [report.outcome, report.because]),
        [[outcome, 'decided']],
      );
    });
  }

  it('stops where the document cannot be used', async () => {
    const visit = await alone([unusable(glare)]);
    assert.deepEqual(
      visit.reports().map(({ outcome, findings }) => ({ outcome, findings })),
      [{ outcome: 'not-comparable', findings: [glare] }],
    );
  });

  it('does not begin a visit by itself', async () => {
    const visit = counter();
    await visit.send({ type: 'available', practice: false });
    assert.equal(automatic(visit.actor.getSnapshot()), undefined);
  });
});
