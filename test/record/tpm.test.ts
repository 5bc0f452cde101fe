import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { deviceKey } from '../../appliance/record/device-key.js';
import type { AnyEntry } from '../../appliance/record/entry.js';
import { type NotOpened, openRecords, type Records } from '../../appliance/record/records.js';
import { verifyRecords } from '../../appliance/record/verify.js';
import type { Result } from '../../appliance/result.js';
import { Tpm } from '../../appliance/tpm/tpm.js';
import { numbersOf } from '../../appliance/vendor/numbers.js';
import { trusted } from '../clock/made.js';
import { softwareTpm, SoftwareTpm } from '../tpm/swtpm.js';
import { entryContext, report } from './sample.js';
import { scratchFolder } from './scratch.js';

const inForce = { settings: '0'.repeat(64), weakened: [], changed: [] };
const { model: _, ...place } = entryContext;

describe('the records of a box with a TPM', function () {
  this.timeout(120_000);
  const scratch = scratchFolder();
  const software = softwareTpm();
  const card = () => join(scratch(), 'card');
  const box = () => join(card(), 'box');
  const file = () => join(box(), 'records.jsonl');
  const witness = () => join(card(), 'witness');
  let tpm: Tpm | undefined;
  beforeEach(() => (tpm = new Tpm(software().tcti)));

  const start = async (): Promise<Result<Records, NotOpened>> =>
    openRecords(file(), await trusted(), { witness: witness(), tpm });

  async function started(): Promise<Records> {
    const records = await start();
    assert(records.ok, JSON.stringify(records));
    return records.value;
  }

  /** A start with so many visits. */
  async function visits(count: number): Promise<'counts' | 'silent' | 'none'> {
    const records = await started();
    for (let visit = 0; visit < count; visit++) {
      assert((await records.begin(inForce, false, place)).ok);
      assert((await records.append(report, entryContext)).ok);
    }
    const { tpm } = records;
    await records.close();
    return tpm;
  }

  const lines = () => readFileSync(file(), 'utf8').trimEnd().split('\n');
  /** What each visit's beginning says of the TPM. */
  const notes = () =>
    lines()
      .map((line) => JSON.parse(line) as AnyEntry)
      .flatMap((entry) => ('kind' in entry && entry.kind === 'begun' ? [entry.tpm?.join(' ') ?? ''] : []));
  const count = async () => {
    const counted = await tpm!.count();
    return counted.ok ? counted.value : counted.error;
  };
  const isWhole = async () => {
    const verified = await verifyRecords(file(), { witness: witness(), tpm });
    assert(verified.ok, JSON.stringify(verified));
    return verified.value;
  };

  it('are counted line by line', async () => {
    assert.equal(await visits(0), 'counts');
    const before = await count();
    assert.equal(await visits(3), 'counts');
    assert.equal(await count(), Number(before) + 6);
    assert.deepEqual(notes(), ['', '', '']);
    assert.equal((await isWhole()).count, 6);
  });

  it('are found set back with the whole card, and named, with how much more was counted', async () => {
    await visits(2);
    cpSync(card(), join(scratch(), 'copy'), { recursive: true });
    await visits(3);
    rmSync(card(), { recursive: true });
    cpSync(join(scratch(), 'copy'), card(), { recursive: true });
    // Without the TPM the copy is as good as what it was made from.
    assert((await verifyRecords(file(), { witness: witness() })).ok);
    const at = { why: 'counted-more', more: 6 };
    assert.deepEqual(await start(), { ok: false, error: { fault: 'record-broken', at } });
    assert.deepEqual(await verifyRecords(file(), { witness: witness(), tpm }), { ok: false, error: at });
  });

  it('are found set back by one line', async () => {
    const records = await started();
    assert((await records.begin(inForce, false, place)).ok);
    cpSync(card(), join(scratch(), 'copy'), { recursive: true });
    assert((await records.append(report, entryContext)).ok);
    await records.close();
    rmSync(card(), { recursive: true });
    cpSync(join(scratch(), 'copy'), card(), { recursive: true });
    const refused = await start();
    assert(!refused.ok && 'at' in refused.error && 'more' in refused.error.at);
    assert.equal(refused.error.at.more, 1);
  });

  it('lose nothing to a power cut before the last line was counted, or before it was written', async () => {
    await visits(1);
    const whole = readFileSync(file());
    const before = Number(await count());
    // swtpm stops, as the power goes after the line and before its count.
    const records = await started();
    await software().off();
    assert((await records.begin(inForce, false, place)).ok);
    await records.close();
    await software().on();
    // And at another time before the line, which only the head holds.
    for (const content of [readFileSync(file()), whole]) {
      writeFileSync(file(), content);
      assert.equal(await visits(0), 'counts');
      assert.equal(lines().length, 3);
      assert.equal(await count(), before + 1);
    }
    assert.deepEqual(notes(), ['', '']);
    await isWhole();
  });

  it('go on without a TPM that goes, is stopped or does not come back, and say so', async () => {
    assert.equal(await visits(1), 'counts');
    const records = await started();
    await software().off();
    for (let visit = 0; visit < 2; visit++) {
      assert((await records.begin(inForce, false, place)).ok);
      assert((await records.append(report, entryContext)).ok);
    }
    assert.equal(records.tpm, 'silent');
    await records.close();
    assert.deepEqual(notes(), ['', '', 'silent']);
    await software().on();
    assert.equal(await visits(1), 'counts');
    assert.deepEqual(notes(), ['', '', 'silent', '']);
    await isWhole();
  });

  it('wait for a TPM that holds the key and does not answer at the start', async () => {
    await visits(1);
    await software().off();
    assert.deepEqual(await start(), { ok: false, error: { fault: 'record-failed' } });
    await software().on();
    assert.equal(await visits(1), 'counts');
    assert.deepEqual(notes(), ['', '']);
  });

  it('go on with a new key and a new count where the TPM was cleared, and say so once', async () => {
    await visits(2);
    const before = (await isWhole()).seal!.key;
    software().ask('clear');
    await visits(2);
    await visits(1);
    assert.deepEqual(notes(), ['', '', 'key-lost cleared', '', '']);
    const { seal } = await isWhole();
    assert.notEqual(seal!.key, before);
    assert.equal(seal!.unsigned, 4);
    const begun = JSON.parse(lines()[4]) as { unsignedBefore?: number };
    assert.equal(begun.unsignedBefore, 4);
    const pinned = await verifyRecords(file(), { key: before });
    assert.deepEqual(pinned, { ok: false, error: { why: 'key-changed' } });
  });

  it('cannot be signed as this box on another machine, with a TPM or without', async () => {
    await visits(1);
    const { key } = (await isWhole()).seal!;
    cpSync(card(), join(scratch(), 'copy'), { recursive: true });
    const another = new SoftwareTpm();
    try {
      await another.on();
      for (const other of [undefined, new Tpm(another.tcti)]) {
        rmSync(card(), { recursive: true });
        cpSync(join(scratch(), 'copy'), card(), { recursive: true });
        tpm = other;
        await visits(1);
        assert(notes()[1].includes('key-lost'), notes()[1]);
        assert.notEqual((await isWhole()).seal!.key, key);
      }
    } finally {
      await another.throwAway();
    }
  });

  it('finish a change of the key, whenever a power cut ended it', async () => {
    await visits(1);
    const parts = ['device.key', 'device.pub', 'device.tpm', 'records.head'];
    const lay = (from: string, names: readonly string[]) => {
      for (const name of names) {
        rmSync(join(box(), name), { force: true });
        const old = join(from, name);
        if (existsSync(old)) cpSync(old, join(box(), name));
      }
    };
    cpSync(box(), join(scratch(), 'old'), { recursive: true });
    cpSync(witness(), join(scratch(), 'old-witness'), { recursive: true });
    tpm = undefined;
    // A folder in the place of the public key ends the change before its last step.
    rmSync(join(box(), 'device.pub'));
    writeFileSync(join(box(), 'device.pub'), readFileSync(join(scratch(), 'old', 'device.pub')));
    mkdirSync(join(box(), 'device.pub.unfinished'));
    assert.deepEqual((await start()).ok, false);
    rmSync(join(box(), 'device.pub.unfinished'), { recursive: true });
    assert(existsSync(join(box(), 'device.next')));
    cpSync(box(), join(scratch(), 'cut'), { recursive: true });
    // Its steps are done from the first to the last: any number of them may be undone yet.
    for (let undone = 0; undone < parts.length; undone++) {
      lay(join(scratch(), 'cut'), [...parts, 'device.next', 'records.jsonl']);
      lay(join(scratch(), 'old'), ['device.pub', 'records.head', 'device.key'].slice(0, undone));
      if (undone > 1) cpSync(join(scratch(), 'old-witness'), witness(), { recursive: true });
      assert.equal(await visits(1), 'silent', String(undone));
      assert(notes()[1].includes('key-lost'));
      assert(!existsSync(join(box(), 'device.next')));
      await isWhole();
    }
  });

  it('say once that the TPM had counted before them', async () => {
    await visits(2);
    rmSync(card(), { recursive: true });
    await visits(1);
    await visits(1);
    assert.deepEqual(notes(), ['counted-before', '']);
    await isWhole();
  });

  it('are those of a box from before it had a TPM, with the same key', async () => {
    tpm = undefined;
    assert.equal(await visits(1), 'none');
    const { key } = (await isWhole()).seal!;
    assert(existsSync(join(box(), 'device.key')));
    const numbers = await numbersOf(box());
    tpm = new Tpm(software().tcti);
    assert.equal(await visits(1), 'counts');
    assert(!existsSync(join(box(), 'device.key')), 'the key is in the TPM alone');
    assert.equal((await isWhole()).seal!.key, key);
    assert.deepEqual(await numbersOf(box()), numbers, 'its number for vendors');
    assert.deepEqual(notes(), ['', '']);
  });

  it('are broken, not signed anew, where somebody takes the key of a box without a TPM away', async () => {
    tpm = undefined;
    await visits(1);
    rmSync(join(box(), 'device.key'));
    writeFileSync(join(box(), 'device.tpm'), '0'.repeat(32));
    const at = { why: 'key-changed' };
    assert.deepEqual(await start(), { ok: false, error: { fault: 'record-broken', at } });
  });

  it('keep the key when the power is cut while it moves into the TPM', async () => {
    tpm = undefined;
    await visits(1);
    const { key } = (await isWhole()).seal!;
    const kept = readFileSync(join(box(), 'device.key'));
    tpm = new Tpm(software().tcti);
    const found = async () => {
      const held = await deviceKey(box(), tpm);
      return held.ok ? held.value.name : held.error;
    };
    const password = join(box(), 'device.tpm');
    const again = () => writeFileSync(join(box(), 'device.key'), kept, { mode: 0o400 });
    // Its password is written, and nothing in the TPM yet.
    writeFileSync(password, 'ab'.repeat(16));
    assert.equal(await found(), key);
    // It is in both places.
    again();
    assert.equal(await found(), key);
    assert(!existsSync(join(box(), 'device.key')));
    // There is room for it in the TPM, and nothing is written into it.
    again();
    software().ask('nvundefine', '0x1810002', '-C', 'o');
    const define = ['0x1810002', '-C', 'o', '-s', '48', '-a', 'authread|authwrite|no_da'];
    software().ask('nvdefine', ...define, '-p', `file:${password}`);
    assert.equal(await found(), key);
    assert.equal(await found(), key);
    assert(!existsSync(join(box(), 'device.key')));
  });

  it('begin on a new box whose power is cut before its key was in the TPM', async () => {
    mkdirSync(box(), { recursive: true });
    writeFileSync(join(box(), 'device.tpm'), 'ab'.repeat(16));
    assert.equal(await visits(1), 'counts');
    assert.deepEqual(notes(), ['']);
    await isWhole();
  });
});
