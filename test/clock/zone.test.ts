import assert from 'node:assert/strict';

import { isTimeZone, localTimeZone, minutesAheadOfUtc, useTimeZone } from '../../appliance/clock/zone.js';
import { restoreEnvironment } from '../environment.js';

/** Minutes ahead of UTC on 15 January 2027 by IANA's database. */
const ahead: Readonly<Record<string, number>> = {
  'Asia/Tokyo': 540,
  Japan: 540,
  'asia/tokyo': 540,
  UTC: 0,
  'Asia/Kathmandu': 345,
  'America/St_Johns': -210,
  'Europe/Berlin': 60,
  // The sign is as in POSIX: this is UTC+9.
  'Etc/GMT-9': 540,
};

describe('the time zone', () => {
  restoreEnvironment('TZ');

  it('becomes that of the process by any of its names, in upper or lower case', () => {
    for (const [name, minutes] of Object.entries(ahead)) {
      assert.ok(isTimeZone(name), name);
      useTimeZone(name);
      assert.equal(minutesAheadOfUtc(new Date('2027-01-15T00:00:00Z')), minutes, name);
    }
    useTimeZone('asia/TOKYO');
    assert.equal(localTimeZone(), 'Asia/Tokyo');
    assert.equal(process.env.TZ, 'Asia/Tokyo');
  });

  it('must have a name in the database: no rule, offset, path or unknown place', () => {
    const none = ['', ' ', 'JST-9', '+09:00', '-0900', ':Asia/Tokyo', '/etc/localtime', '../Asia/Tokyo'];
    for (const name of [...none, 'Asia/Nowhere', 'Asia/Tokyo ', '東京']) assert.ok(!isTimeZone(name), name);
  });
});
