import assert from 'node:assert/strict';

import type { Scene } from '../../appliance/panel/view.js';
import type { DeviceKind } from '../../appliance/protocol/vault.js';
import { Box, type Plug } from '../../hardware-tests/counter/box.js';
import type { Counter } from '../../hardware-tests/counter/counter.js';

/** A real appliance, a real libsane, and devices of the test's own. hardware-tests/unplug.ts goes through all states. */
describe('a device that is unplugged', () => {
  let box: Box;
  let counter: Counter;

  before(async function () {
    const made = await Box.make();
    if (!made) this.skip();
    box = made;
    box.plug('camera');
    box.plug('scanner');
    counter = await box.start();
  });
  after(async () => {
    await counter.close();
    box.remove();
  });

  async function pluggedBack(kind: DeviceKind, plug?: Plug): Promise<void> {
    assert.deepEqual(await counter.scene('unavailable'), { name: 'unavailable', fault: `${kind}-missing` });
    box.plug(kind, plug);
    await counter.scene('idle', 1);
    counter.again();
  }

  for (const kind of ['scanner', 'camera'] as const) {
    it(`is missed at once, and found again: ${kind}`, async () => {
      await counter.scene('idle', 1);
      box.unplug(kind);
      await pluggedBack(kind);
      assert.deepEqual(counter.records(), []);
    });
  }

  const moments: readonly (readonly [DeviceKind, Scene['name'], Plug?])[] = [
    ['scanner', 'reason'],
    ['scanner', 'scanning'],
    ['camera', 'photographing'],
    // No longer needed, and missed all the same: the visit may still go back to it.
    ['scanner', 'result'],
    // What is not known by a node is looked for.
    ['scanner', 'before-photograph', { name: 'fi-65F' }],
  ];
  for (const [kind, scene, plug] of moments) {
    it(`ends the visit at ${scene} as a fault, erased and recorded: ${kind}`, async () => {
      if (plug) {
        await counter.scene('idle', 1);
        box.unplug(kind);
        await pluggedBack(kind, plug);
      }
      const before = counter.records().length;
      await counter.goTo(scene);
      const [vault] = counter.vaults();
      box.unplug(kind);
      const { because, fault } = await counter.scene('erased');
      assert.equal(because, 'fault');
      assert.match(fault ?? '', new RegExp(`^${kind}-`));
      const [record, ...more] = counter.records().slice(before);
      assert.deepEqual(more, []);
      assert.deepEqual([record.outcome, record.fault], ['fault', fault]);
      if (scene !== 'reason')
        assert(!counter.vaults().includes(vault), 'the vault of the visit is still there');
      await counter.press('enter');
      await pluggedBack(kind);
    });
  }

  it('leaves what was decided, and is recorded beside it', async () => {
    await counter.goTo('notice');
    await counter.press('left');
    await counter.press('enter');
    await counter.scene('explain');
    box.unplug('camera');
    await counter.scene('erased');
    const { outcome, because, fault } = counter.records().at(-1)!;
    assert.deepEqual([outcome, because, fault], ['refused', 'decided', 'camera-missing']);
    await counter.press('enter');
    await pluggedBack('camera');
  });

  it('has its faults forgotten that a self-test found', async () => {
    await counter.scene('idle', 1);
    box.unplug('scanner');
    await pluggedBack('scanner', { name: 'fi-65F', trouble: 'fails' });
    await counter.scene('idle', 2);
    await counter.choose('self-test');
    await counter.scene('self-tested');
    await counter.press('enter');
    assert.deepEqual(await counter.scene('unavailable'), { name: 'unavailable', fault: 'scanner-failed' });
    box.unplug('scanner');
    await pluggedBack('scanner');
  });

  it('is not what another device is', async () => {
    await counter.goTo('before-photograph');
    box.tell('remove', 'usb', '/dev/bus/usb/001/099');
    box.tell('add', 'usb', '/dev/bus/usb/001/100');
    await counter.press('enter');
    await counter.scene('result', 1);
    await counter.takeFirst();
    assert.equal((await counter.scene('erased')).because, 'decided');
  });
});
