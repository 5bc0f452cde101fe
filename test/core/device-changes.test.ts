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
/** An event, or null for lost events, this many milliseconds after the one before. */
const timedEvent = fc.record({
  after: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 199 }), fc.integer({ min: 200, max: 3000 })),
  event: fc.option(event, { freq: 20 }),
});

describe('the debouncer of udev events', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  /** The reports for these events, each with its time in milliseconds. */
  function debounce(timedEvents: readonly { after: number; event: UdevEvent | null }[]) {
    const reports: { at: number; changes: DeviceChanges }[] = [];
    let now = 0;
    const debouncer = new ChangeDebouncer((changes) => reports.push({ at: now, changes }));
    const pass = (milliseconds: number) => {
      for (let passed = 0; passed < milliseconds; passed++) {
        now += 1;
        mock.timers.tick(1);
      }
    };
    const added = timedEvents.map(({ after, event }) => {
      pass(after);
      if (event) debouncer.add(event);
      else debouncer.addLostEvents();
      return { at: now, event };
    });
    pass(2000);
    return { reports, added };
  }

  it('reports a burst once it is over, within a second, and every event exactly once', () => {
    fc.assert(
      fc.property(fc.array(timedEvent, { maxLength: 25 }), (timedEvents) => {
        const { reports, added } = debounce(timedEvents);
        let from = 0;
        for (const { at, changes } of reports) {
          // An event in the same millisecond as a report belongs to the next burst.
          const within = added.filter((each) => each.at >= from && each.at < at);
          const events = within.flatMap(({ event }) => event ?? []);
          const removed = events.filter(({ ACTION }) => ACTION === 'remove');
          assert(within.length > 0, 'an empty report');
          assert(at - within[0].at <= 1000, `reported after ${at - within[0].at} ms`);
          assert.equal(changes.eventsLost, events.length < within.length);
          if (!changes.eventsLost) {
            assert.deepEqual(
              [...changes.removedNodes].sort(),
              unique(removed.flatMap(({ DEVNAME }) => DEVNAME ?? [])),
            );
            assert.deepEqual(
              [...changes.unplugged].sort(),
              unique(removed.map(({ SUBSYSTEM }) => SUBSYSTEM)),
            );
          } else {
            assert.deepEqual([...changes.unplugged].sort(), [...subsystem.options].sort());
          }
          from = at;
        }
        const last = reports.at(-1)?.at ?? -1;
        assert(
          added.every(({ at }) => at <= last),
          'an event was never reported',
        );
      }),
    );
  });

  it('reports one device once', () => {
    const plugged = subsystem.options.map((each, index) => ({
      after: index * 60,
      event: { ACTION: 'add', SUBSYSTEM: each } as const,
    }));
    const { reports } = debounce(plugged);
    assert.equal(reports.length, 1);
    assert.deepEqual([...reports[0].changes.plugged].sort(), [...subsystem.options].sort());
  });

  it('reports within a second while events go on', () => {
    const event = { ACTION: 'add', SUBSYSTEM: 'usb' } as const;
    const { reports, added } = debounce(Array.from({ length: 20 }, () => ({ after: 150, event })));
    assert.equal(reports[0].at - added[0].at, 1000);
  });

  it('reports nothing after it was cancelled', () => {
    let reports = 0;
    const debouncer = new ChangeDebouncer(() => (reports += 1));
    debouncer.add({ ACTION: 'add', SUBSYSTEM: 'usb' });
    debouncer.cancel();
    mock.timers.tick(5000);
    assert.equal(reports, 0);
  });
});

const unique = (values: readonly string[]): string[] => [...new Set(values)].sort();
