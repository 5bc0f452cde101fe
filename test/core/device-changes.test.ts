import assert from 'node:assert/strict';
import { mock } from 'node:test';

import fc from 'fast-check';

import { ChangeDebouncer, type DeviceChanges } from '../../appliance/core/device-changes.js';
import { type UdevEvent, subsystem } from '../../appliance/core/udev-parser.js';

const event: fc.Arbitrary<UdevEvent> = fc.record(
  {
    ACTION: fc.constantFrom('add' as const, 'remove' as const),
    SUBSYSTEM: fc.constantFrom(...subsystem.options),
    DEVNAME: fc.constantFrom('/dev/video0', '/dev/media0', '/dev/bus/usb/001/004', '/dev/bus/usb/001/005'),
  },
  { requiredKeys: ['ACTION', 'SUBSYSTEM'] },
);
/** An event, or that some were missed, so many milliseconds after the one before. */
const happening = fc.record({
  after: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 199 }), fc.integer({ min: 200, max: 3000 })),
  event: fc.option(event, { freq: 20 }),
});

describe('a burst of events', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  /** What is told, and when, of what happened when. */
  function told(happenings: readonly { after: number; event: UdevEvent | null }[]) {
    const heard: { at: number; plugs: DeviceChanges }[] = [];
    let now = 0;
    const burst = new ChangeDebouncer((plugs) => heard.push({ at: now, plugs }));
    const pass = (milliseconds: number) => {
      for (let passed = 0; passed < milliseconds; passed++) {
        now += 1;
        mock.timers.tick(1);
      }
    };
    const happened = happenings.map(({ after, event }) => {
      pass(after);
      if (event) burst.add(event);
      else burst.addLostEvents();
      return { at: now, event };
    });
    pass(2000);
    return { heard, happened };
  }

  it('is told once it is over, within a second, and nothing of it is lost or told twice', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 25 }), (happenings) => {
        const { heard, happened } = told(happenings);
        let from = 0;
        for (const { at, plugs } of heard) {
          // What comes in the very millisecond in which a burst is told belongs to the next.
          const within = happened.filter((each) => each.at >= from && each.at < at);
          const events = within.flatMap(({ event }) => event ?? []);
          const removed = events.filter(({ ACTION }) => ACTION === 'remove');
          assert(within.length > 0, 'told of nothing');
          assert(at - within[0].at <= 1000, `told ${at - within[0].at} ms after it began`);
          assert.equal(plugs.eventsLost, events.length < within.length);
          if (!plugs.eventsLost) {
            assert.deepEqual(
              [...plugs.removedNodes].sort(),
              unique(removed.flatMap(({ DEVNAME }) => DEVNAME ?? [])),
            );
            assert.deepEqual([...plugs.unplugged].sort(), unique(removed.map(({ SUBSYSTEM }) => SUBSYSTEM)));
          } else {
            assert.deepEqual([...plugs.unplugged].sort(), [...subsystem.options].sort());
          }
          from = at;
        }
        const last = heard.at(-1)?.at ?? -1;
        assert(
          happened.every(({ at }) => at <= last),
          'something was never told',
        );
      }),
    );
  });

  it('of one plug is one', () => {
    const plugged = subsystem.options.map((place, index) => ({
      after: index * 60,
      event: { ACTION: 'add', SUBSYSTEM: place } as const,
    }));
    const { heard } = told(plugged);
    assert.equal(heard.length, 1);
    assert.deepEqual([...heard[0].plugs.plugged].sort(), [...subsystem.options].sort());
  });

  it('that was dropped is told to nobody', () => {
    let tells = 0;
    const burst = new ChangeDebouncer(() => (tells += 1));
    burst.add({ ACTION: 'add', SUBSYSTEM: 'usb' });
    burst.cancel();
    mock.timers.tick(5000);
    assert.equal(tells, 0);
  });
});

const unique = (values: readonly string[]): string[] => [...new Set(values)].sort();
