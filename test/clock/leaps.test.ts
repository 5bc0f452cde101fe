import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mock } from 'node:test';
import { setImmediate, setTimeout as wait } from 'node:timers/promises';

import { createActor } from 'xstate';

import { minuteOf } from '../../appliance/clock/minute.js';
import { Countdown } from '../../appliance/core/countdown.js';
import { installation } from '../../appliance/installation.js';
import { startVault } from '../../appliance/vault-client/start-vault.js';
import { ok } from '../../appliance/result.js';
import { counterMachine } from '../../appliance/counter/machine.js';
import { type CounterState, stateOf } from '../../appliance/counter/snapshot.js';
import { counter, inDoubt, walk } from '../counter/counter.js';

const day = 86_400_000;

/** The network sets the clock of a box that started in the past, or a clerk corrects one in the future. */
const leaps = [400 * day, -400 * day];

describe('when the wall clock leaps', () => {
  const now = Date.now;
  /** Milliseconds by which the wall clock leaps at each reading. */
  let by = 0;
  let countdown: Countdown;
  beforeEach(() => {
    let off = 0;
    by = 0;
    countdown = new Countdown(() => undefined);
    Date.now = () => now() + (off += by);
  });
  afterEach(() => {
    Date.now = now;
    countdown.stop();
    mock.timers.reset();
  });

  const standIn = async (name: string) => {
    const file = join(import.meta.dirname, '..', 'vault-client', 'stand-ins', `${name}.js`);
    const vault = await startVault({}, { program: { file, hungAfterMs: 1500 } });
    assert.ok(vault.ok);
    return vault.value;
  };

  for (const leap of leaps) {
    const named = leap > 0 ? 'forward' : 'back';

    it(`${named}, only a vault that hangs is found to hang`, async () => {
      const lives = await standIn('lives');
      const hangs = await standIn('hangs');
      void hangs.run({ do: 'compare' });
      by = leap;
      const other = hangs.lost.then((fault) => `the other: ${fault}`);
      const lost = await Promise.race([lives.lost, other, wait(8000, undefined, { ref: false })]);
      await Promise.all([lives.erase(), hangs.erase()]);
      assert.equal(lost, 'the other: vault-hung');
    });

    it(`${named}, the countdown does not change`, async () => {
      const visit = counter({ ...inDoubt, delays: { key: 20_000 } });
      await walk.toReason(visit);
      countdown.follow(visit.actor.getSnapshot());
      by = leap;
      assert.deepEqual(countdown.shown, { secondsLeft: 20 });
    });

    it(`${named}, a question waits for a key for its full time`, async () => {
      const never = () => new Promise<never>(() => undefined);
      const machine = counterMachine({
        begin: () => Promise.resolve(ok()),
        takeVault: never,
        scan: never,
        photograph: never,
        compare: never,
        erase: never,
        writeRecord: never,
        selfTest: never,
        stopSelfTest: () => undefined,
        update: never,
        agreeToChanges: () => undefined,
        stopUpdate: () => undefined,
        restart: never,
        lookAtStick: () => undefined,
        forgetUpdate: () => undefined,
        copyRecords: never,
        stopCopy: () => undefined,
        copyReaders: () => 'anybody',
        enterVendor: never,
        benchTest: never,
        answerBench: () => undefined,
        examine: never,
        stopVendor: () => undefined,
        saveReport: never,
        guessTime: () => minuteOf(new Date(2026, 2, 4)),
        setClock: never,
        bug: (thrown) => assert.ifError(thrown),
      });
      mock.timers.enable({ apis: ['setTimeout'] });
      const actor = createActor(machine, { input: { ...inDoubt, delays: { key: 400 } } });
      const state = (): CounterState => stateOf(actor.getSnapshot());
      actor.start();
      actor.send({ type: 'available', practice: false });
      actor.send({ type: 'begin' });
      await setImmediate();
      by = leap;
      mock.timers.tick(399);
      assert.equal(state(), 'reason');
      mock.timers.tick(1);
      assert.equal(state(), 'erasing');
      actor.stop();
    });
  }

  it('only the clock itself reads it in the appliance', () => {
    const appliance = join(installation.root, 'appliance');
    const asking = readdirSync(appliance, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .filter((file) => /\bDate\.now\b|new Date\(\)/.test(readFileSync(join(appliance, file), 'utf8')));
    assert.deepEqual(asking.sort(), ['clock/kernel.ts']);
  });
});
