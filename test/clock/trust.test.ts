import assert from 'node:assert/strict';

import fc from 'fast-check';

import {
  batteryToleranceMs,
  judge,
  toleranceMs,
  timeSource,
  type SourceOffsets,
} from '../../appliance/clock/trust.js';

const builtAt = Date.UTC(2026, 2, 1);
const now = Date.UTC(2026, 2, 4, 5, 32, 7);
const sinceBoot = 90_000;
const begun = now - sinceBoot;
const at = (wall: number) => ({ wall, sinceBoot });
/** In milliseconds: a leap year, and the life of a box. */
const year = 366 * 86_400_000;
const lifetime = 20 * 365.25 * 86_400_000;

describe('the trust in a time', () => {
  it('comes from the clerk, the network or a battery, in this order', () => {
    const told: [SourceOffsets, string][] = [
      [{ clerk: begun, network: begun, battery: [begun] }, 'clerk'],
      [{ network: begun, battery: [begun] }, 'network'],
      [{ battery: [0 - sinceBoot, begun] }, 'battery'],
    ];
    for (const [vouchers, source] of told) {
      assert.deepEqual(judge(at(now), vouchers, { builtAt }), { timeTrusted: true, timeSource: source });
    }
    const nobody = { timeTrusted: false, timeSource: 'none', doubt: 'no-source' };
    assert.deepEqual(judge(at(now), {}, { builtAt }), nobody);
  });

  it('ends if the clock is set to another time, but not as time passes', () => {
    for (const later of [0, 1000, 86_400_000, 400 * 86_400_000]) {
      const reading = { wall: now + later, sinceBoot: sinceBoot + later };
      assert.ok(judge(reading, { clerk: begun }, { builtAt }).timeTrusted, `${later}`);
      for (const jump of [-3_600_000, -3000, 3000, 3_600_000]) {
        const jumped = { ...reading, wall: reading.wall + jump };
        assert.equal(judge(jumped, { clerk: begun }, { builtAt }).timeSource, 'none', `${later} ${jump}`);
        assert.equal(judge(jumped, { network: begun }, { builtAt }).timeSource, 'none', `${later} ${jump}`);
      }
    }
  });

  it('allows a battery clock to drift by minutes, but not by an hour', () => {
    const battery = (behind: number) => judge(at(now), { battery: [begun - behind] }, { builtAt });
    for (const minutes of [-4, 0, 4]) assert.ok(battery(minutes * 60_000).timeTrusted);
    for (const minutes of [-60, -6, 6, 60]) assert.equal(battery(minutes * 60_000).doubt, 'no-source');
  });

  it('is refused before the software was built or before the last record, whatever the source', () => {
    const late = { builtAt, lastRecord: now + 60_000 };
    for (const [source, vouchers] of Object.entries({
      clerk: { clerk: begun },
      network: { network: begun },
      battery: { battery: [begun] },
    })) {
      const before = { timeTrusted: false, timeSource: source };
      assert.deepEqual(judge(at(now), vouchers, late), { ...before, doubt: 'before-record' });
      assert.deepEqual(judge(at(now), vouchers, { builtAt: now + 1 }), {
        ...before,
        doubt: 'before-software',
      });
      assert.ok(judge(at(now), vouchers, { builtAt, lastRecord: now }).timeTrusted);
    }
  });

  it('is refused beyond the life of a box, whatever the source', () => {
    const wall = Date.parse('2099-12-31T23:59:59Z');
    const difference = wall - sinceBoot;
    for (const vouchers of [{ clerk: difference }, { network: difference }, { battery: [difference] }]) {
      const trust = judge(at(wall), vouchers, { builtAt, lastRecord: now });
      assert.deepEqual([trust.timeTrusted, trust.doubt], [false, 'too-late']);
    }
  });

  it('is refused to a battery alone more than a year after the last true time', () => {
    const trust = (source: 'battery' | 'network', wall: number, lastRecord?: number) => {
      const difference = wall - sinceBoot;
      const vouchers = source === 'battery' ? { battery: [difference] } : { network: difference };
      return judge(at(wall), vouchers, { builtAt, lastRecord });
    };
    assert.ok(trust('battery', builtAt + year).timeTrusted);
    assert.equal(trust('battery', builtAt + year + 1).doubt, 'too-late');
    assert.ok(trust('battery', builtAt + year + 1, builtAt + 1).timeTrusted);
    assert.ok(trust('network', builtAt + year + 1).timeTrusted);
  });

  it('is possible again after a record beyond the life of a box', () => {
    const lastRecord = Date.parse('2099-01-01T00:00:00Z');
    for (const vouchers of [{ clerk: begun }, { network: begun }, { battery: [begun] }])
      assert.ok(judge(at(now), vouchers, { builtAt, lastRecord }).timeTrusted);
  });

  it('never exceeds what the sources and the bounds allow', () => {
    const time = fc.integer({ min: 0, max: Date.UTC(2200, 0) });
    const anyVouchers = fc.record({
      clerk: fc.option(time, { nil: undefined }),
      network: fc.option(time, { nil: undefined }),
      battery: fc.array(time, { maxLength: 3 }),
    });
    const near = fc.integer({ min: -2 * batteryToleranceMs, max: 2 * batteryToleranceMs });
    fc.assert(
      fc.property(
        anyVouchers,
        time,
        fc.option(time, { nil: undefined }),
        fc.nat(1e9),
        near,
        (vouchers, built, lastRecord, uptime, off) => {
          // Near the time of one of the sources, or any time.
          const told = vouchers.clerk ?? vouchers.network ?? vouchers.battery.at(0) ?? 0;
          const wall = told + off + uptime;
          const trust = judge({ wall, sinceBoot: uptime }, vouchers, { builtAt: built, lastRecord });
          const difference = wall - uptime;
          const within = (one: number | undefined, by: number) =>
            one !== undefined && difference >= one - by && difference <= one + by;
          const vouched = {
            clerk: within(vouchers.clerk, toleranceMs),
            network: within(vouchers.network, toleranceMs),
            battery: vouchers.battery.some((one) => within(one, batteryToleranceMs)),
            none: true,
          };
          assert.equal(
            trust.timeSource,
            timeSource.options.find((source) => vouched[source]),
          );
          const latest = built + lifetime;
          const record = lastRecord !== undefined && lastRecord <= latest ? lastRecord : built;
          const known = Math.max(built, record);
          const plausible =
            wall >= built &&
            wall <= latest &&
            wall >= record - toleranceMs &&
            (trust.timeSource !== 'battery' || wall <= known + year);
          assert.equal(trust.timeTrusted, trust.timeSource !== 'none' && plausible);
          assert.equal(trust.doubt === undefined, trust.timeTrusted);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
