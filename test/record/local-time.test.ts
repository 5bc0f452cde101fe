import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';

import fc from 'fast-check';

import { localTime } from '../../appliance/record/local-time.js';
import { restoreEnvironment } from '../environment.js';

/** Each zone by its name and by its rule (POSIX), since a small system has no table of names. */
const zones = [
  ['Asia/Tokyo', 'JST-9'],
  ['UTC', 'UTC0'],
  ['America/St_Johns', 'NST3:30NDT,M3.2.0,M11.1.0'],
  ['Asia/Kathmandu', '<+0545>-5:45'],
  ['Europe/Berlin', 'CET-1CEST,M3.5.0,M10.5.0/3'],
] as const;

describe('local time', () => {
  restoreEnvironment('TZ');

  it('agrees with date(1), in zones east and west, with half hours and summer time', () => {
    const instants = ['2026-03-04T05:32:07.999Z', '2026-07-01T23:59:59Z', '2026-12-31T15:30:00Z'];
    for (const [name, rule] of zones) {
      process.env.TZ = name;
      for (const instant of instants) {
        const said = execFileSync('date', ['--date', instant, '--iso-8601=seconds'], {
          env: { ...process.env, TZ: rule },
          encoding: 'utf8',
        });
        assert.equal(localTime(new Date(instant)), said.trim(), name);
      }
    }
  });

  it('denotes the original instant, to the second', () => {
    process.env.TZ = 'Asia/Tokyo';
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1970-01-02'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (at) => {
          assert.equal(Date.parse(localTime(at)), Math.floor(at.getTime() / 1000) * 1000);
        },
      ),
    );
  });
});
