import assert from 'node:assert/strict';

import { BenchTester } from '../../appliance/core/bench-tester.js';
import { CameraLight } from '../../appliance/core/camera-light.js';
import type { TesterRequest } from '../../appliance/protocol/bench-test.js';
import type { Key } from '../../appliance/protocol/key.js';

describe('the tester at the panel', () => {
  /** A tester whose box has a camera light that obeys. */
  function bench() {
    const shown: (TesterRequest | undefined)[] = [];
    const lit: boolean[] = [];
    const stop = new AbortController();
    const light: CameraLight = new CameraLight(true, () => {
      lit.push(light.isRequested);
      const cameraLight = light.isRequested ? 'lit' : 'dark';
      setImmediate(() => light.update({ driver: 'character-device', cameraLight, stuck: [] }));
    });
    light.update({ driver: 'character-device', cameraLight: 'dark', stuck: [] });
    const tester = new BenchTester(light, (request) => shown.push(request), stop.signal);
    return { shown, lit, stop, tester };
  }

  it('is shown each question until it is answered', async () => {
    const { tester, shown } = bench();
    const answer = tester.ask('led1');
    assert.deepEqual(shown, [{ ask: 'led1' }]);
    tester.answered('no');
    assert.equal(await answer, 'no');
    assert.deepEqual(shown, [{ ask: 'led1' }, undefined]);
  });

  it('sees the camera light for as long as it is asked about', async () => {
    const { tester, lit, shown } = bench();
    const answer = tester.ask('camera');
    while (shown.length === 0) await new Promise(setImmediate);
    assert.deepEqual(lit, [true], 'lit before the question');
    tester.answered('yes');
    assert.equal(await answer, 'yes');
    assert.deepEqual(lit, [true, false]);
  });

  it('presses the buttons of the box, each of which is the one that its key stands for', async () => {
    const keys: readonly [Key, string][] = [
      ['enter', 'yes'],
      ['next', 'no'],
      ['cancel', 'cancel'],
    ];
    for (const [key, button] of keys) {
      const { tester } = bench();
      assert.equal(tester.pressed(key), false, 'nothing was asked for');
      const pressed = tester.press('yes');
      assert.equal(tester.pressed('left'), false);
      assert.equal(tester.pressed(key), true);
      assert.equal(await pressed, button);
      assert.equal(tester.pressed(key), false);
    }
  });

  it('may say that a button does nothing, and is asked nothing after the end', async () => {
    const { tester, stop } = bench();
    const dead = tester.press('no');
    tester.answered(undefined);
    assert.equal(await dead, undefined);
    const open = tester.press('no');
    stop.abort();
    assert.equal(await open, undefined);
    assert.equal(await tester.ask('led1'), undefined);
    assert.equal(await tester.press('yes'), undefined);
  });
});
