import assert from 'node:assert/strict';

import { isTimeZone, localTimeZone, minutesAheadOfUtc, useTimeZone } from '../../appliance/clock/zone.js';
import { restoreEnvironment } from '../environment.js';

/** Minutes ahead of UTC on 15 January 2027, as IANA's database has them. */
const ahead: Readonly<Record<string, number>> = {
  'Asia/Tokyo': 540,
  Japan: 540,
  'asia/tokyo': 540,
  UTC: 0,
  'Asia/Kathmandu': 345,
  'America/St_Johns': -210,
  'Europe/Berlin': 60,
  // The sign is POSIX's.
  'Etc/GMT-9': 540,
};

describe('the time zone', () => {
  restoreEnvironment('TZ');

  it('is by any of its names, in capital letters or not, the local one of the process', () => {
    for (const [name, minutes] of Object.entries(ahead)) {
      assert.ok(isTimeZone(name), name);
      useTimeZone(name);
      assert.equal(minutesAheadOfUtc(new Date('2027-01-15T00:00:00Z')), minutes, name);
    }
    useTimeZone('asia/TOKYO');
    assert.equal(localTimeZone(), 'Asia/Tokyo');
    assert.equal(process.env.TZ, 'Asia/Tokyo');
  });

  it('is none without a name in the database: a rule, an offset, a path, a place that is not there', () => {
    const none = ['', ' ', 'JST-9', '+09:00', '-0900', ':Asia/Tokyo', '/etc/localtime', '../Asia/Tokyo'];
    for (const name of [...none, 'Asia/Nowhere', 'Asia/Tokyo ', '東京']) assert.ok(!isTimeZone(name), name);
  });
});
