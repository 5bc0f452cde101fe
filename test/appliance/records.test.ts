import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { useTimeZone } from '../../appliance/clock/zone.js';
import { openRecords } from '../../appliance/record/records.js';
import { Box, trusted } from '../clock/made.js';
import { restoreEnvironment } from '../environment.js';
import { report, entryContext } from '../record/sample.js';
import { removeState, stateFolder, terashi } from '../../hardware-tests/counter/counter.js';

describe('terashi records verify', () => {
  const state = stateFolder();
  const file = join(state, 'records.jsonl');
  after(() => removeState(state));
  restoreEnvironment('TZ');

  /** Two visits with a clock at 1970, then one after the network has set it; then a boot with a clock like the first. */
  before(async () => {
    useTimeZone('Asia/Tokyo');
    const box = new Box();
    let synchronised = false;
    const visit = async () => {
      const clock = box.clock({ synchronised: () => Promise.resolve(synchronised) });
      await clock.refresh();
      const records = await openRecords(file, clock);
      assert.ok(records.ok && (await records.value.append(report, entryContext)).ok);
      await records.value.close();
    };
    box.set(0);
    box.pass(60_000);
    await visit();
    box.pass(3_600_000);
    await visit();
    box.pass(60_000);
    synchronised = true;
    box.set(Date.UTC(2026, 2, 4, 5));
    await visit();
    synchronised = false;
    box.boot();
    box.set(0);
    await visit();
  });

  it('tells the boots, and the untrusted times with the true ones where they can be known, in the box’s zone', async () => {
    const { code, stdout } = await terashi(['records', 'verify', file, '--json'], { TZ: 'America/St_Johns' });
    assert.equal(code, 0);
    const { whole, boots, untrusted, unmarked } = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual([whole, unmarked], [true, 0]);
    assert.deepEqual(boots, [
      { boot: 1, records: 3, first: '2026-0001', last: '2026-0003', untrusted: 2 },
      { boot: 2, records: 1, first: '2026-0004', last: '2026-0004', untrusted: 1 },
    ]);
    const times = (untrusted as { number: string; likely?: string }[]).map(({ number, likely }) => [
      number,
      likely,
    ]);
    assert.deepEqual(times, [
      ['2026-0001', '2026-03-04T12:59:00+09:00'],
      ['2026-0002', '2026-03-04T13:59:00+09:00'],
      ['2026-0004', undefined],
    ]);
  });

  it('tells the same in words', async () => {
    const { code, stdout } = await terashi(['records', 'verify', file], { TZ: 'America/St_Johns' });
    assert.equal(code, 0);
    assert.match(stdout, /異常なし：4 件 \/ whole: 4 records/);
    assert.match(stdout, /boot 1: 3 件 \/ records {2}2026-0001 – 2026-0003（時刻 未確認 2 件/);
    assert.match(stdout, /2026-0001 \(1970-01-01T.*、実際は \/ truly 2026-03-04T12:59:00\+09:00\)/);
    assert.match(stdout, /2026-0004 \(1970-01-01T[^、]*\)\n/);
  });
});

describe('terashi records verify --key', () => {
  const state = stateFolder();
  const [own, other] = ['own', 'other'].map((name) => join(state, name));
  after(() => removeState(state));

  before(async () => {
    for (const folder of [own, other]) {
      const records = await openRecords(join(folder, 'records.jsonl'), await trusted(), {
        witness: join(state, 'witness', folder),
      });
      assert.ok(records.ok && (await records.value.append(report, entryContext)).ok);
      await records.value.close();
    }
  });

  const verify = async (key: string) => {
    const given = ['records', 'verify', join(own, 'records.jsonl'), '--key', key, '--json'];
    const { code, stdout, stderr } = await terashi(given);
    const { whole, why } = JSON.parse(stdout || stderr) as { whole: boolean; why?: string };
    return { code, whole, why };
  };

  it("takes the box's public key as a word, or in the file that it exports", async () => {
    const file = join(own, 'device.pub');
    const whole = { code: 0, whole: true, why: undefined };
    assert.deepEqual(await verify(file), whole);
    assert.deepEqual(await verify(readFileSync(file, 'utf8').trim()), whole);
  });

  it("refuses another box's key, and what is no key", async () => {
    assert.deepEqual(await verify(join(other, 'device.pub')), { code: 1, whole: false, why: 'key-changed' });
    for (const none of ['ed25519:', join(own, 'records.jsonl'), join(own, 'none.pub'), ''])
      assert.deepEqual(await verify(none), { code: 2, whole: false, why: 'not-a-key' }, none);
  });
});
