import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { openRecords, type Records } from '../../appliance/record/records.js';
import { verifyRecords } from '../../appliance/record/verify.js';
import { trusted } from '../clock/made.js';
import { entryContext, report } from './sample.js';
import { scratchFolder } from './scratch.js';

/** Lines without their `previous`, as the software of each version wrote them. */
const visit =
  '"municipality":"忍野村","counter":"1","software":"0.1.0","way":"card","policy":"in-doubt","outcome":"refused","because":"decided","comparisons":0,"findings":[],"practice":false,"pictures":false';
const moment = (tick: number) => `"boot":1,"tick":${tick},"timeTrusted":false,"timeSource":"none"`;
const made: Record<number, (number: string, tick: number) => string> = {
  1: (number) => `{"version":1,"number":"${number}","endedAt":"2026-03-04T14:32:07+09:00",${visit}`,
  2: (number, tick) =>
    `{"version":2,"number":"${number}","endedAt":"2026-03-04T14:32:07+09:00",${moment(tick)},${visit}`,
  3: (number, tick) =>
    `{"version":3,"number":"${number}","endedAt":"2026-03-04T14:32:07+09:00",${moment(tick)},"municipality":"忍野村","counter":"1","software":"0.1.0","vendor":"refused","why":"foreign-key"`,
};

/** A record file of lines of these versions. */
function fileOf(versions: readonly number[]): string {
  let previous = '0'.repeat(64);
  return versions
    .map((version, index) => {
      const number = `2026-${String(index + 1).padStart(4, '0')}`;
      const line = `${made[version](number, 1000 + index)},"previous":"${previous}"}`;
      previous = createHash('sha256').update(line).digest('hex');
      return `${line}\n`;
    })
    .join('');
}

const inForce = { settings: '0'.repeat(64), weakened: [], changed: [] };
const { model: _, ...place } = entryContext;

describe('records from before heads were signed', () => {
  const scratch = scratchFolder();
  let file: string;
  let witness: string;
  beforeEach(async () => {
    await mkdir(join(scratch(), 'box'));
    file = join(scratch(), 'box', 'records.jsonl');
    witness = join(scratch(), 'witness');
  });

  async function opened(): Promise<Records> {
    const records = await openRecords(file, await trusted(), { witness });
    assert(records.ok, JSON.stringify(records));
    return records.value;
  }

  const lines = () => readFileSync(file, 'utf8').trimEnd().split('\n');

  for (const versions of [[1], [2], [3], [1, 1, 2, 2], [1, 2, 3], [2, 3, 3, 2]])
    it(`of versions ${versions.join(', ')} stay as they are, and the first visit says how many they were`, async () => {
      const before = fileOf(versions);
      writeFileSync(file, before);
      const unsealed = await verifyRecords(file);
      assert(unsealed.ok && unsealed.value.count === versions.length && !unsealed.value.seal);
      const records = await opened();
      for (let visit = 0; visit < 2; visit++) {
        assert((await records.begin(inForce, false, place)).ok);
        assert((await records.append(report, entryContext)).ok);
      }
      await records.close();
      assert(readFileSync(file, 'utf8').startsWith(before));
      const begun = lines().map((line) => (JSON.parse(line) as { unsignedBefore?: number }).unsignedBefore);
      const none = Array<undefined>(versions.length).fill(undefined);
      assert.deepEqual(begun, [...none, versions.length, undefined, undefined, undefined]);
      const verified = await verifyRecords(file, { witness });
      assert(verified.ok && verified.value.count === versions.length + 4);
      assert.equal(verified.value.seal?.unsigned, versions.length);
      rmSync(join(scratch(), 'box', 'records.head'));
      assert.deepEqual(await verifyRecords(file), { ok: false, error: { why: 'head-missing' } });
    });

  it('are adopted in the end, however often the power is cut while the seal is made', async () => {
    writeFileSync(file, fileOf([1, 2]));
    await (await opened()).close();
    const [head, pub] = ['records.head', 'device.pub'].map((name) => join(scratch(), 'box', name));
    const copy = join(witness, 'records.head');
    // What is laid last is lost first.
    for (const lost of [[pub], [pub, copy], [pub, copy, head]]) {
      for (const path of lost) rmSync(path);
      await (await opened()).close();
      assert((await verifyRecords(file, { witness })).ok);
    }
  });
});
