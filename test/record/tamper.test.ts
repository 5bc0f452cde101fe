import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Entry } from '../../appliance/record/entry.js';
import { openRecords } from '../../appliance/record/records.js';
import { verifyRecords } from '../../appliance/record/verify.js';
import { textOf } from '../../appliance/signature/municipal-key.js';
import { Box } from '../clock/made.js';
import { entryContext, report } from './sample.js';
import { scratchFolder } from './scratch.js';

/** 600 in the suite; TERASHI_TAMPER=10000 for the table of a release. */
const changes = Number(process.env.TERASHI_TAMPER ?? 600);
const inForce = { settings: '0'.repeat(64), weakened: [], changed: [] };
const { model: _, ...place } = entryContext;

/** Deterministic numbers, so that a run can be repeated (Park and Miller's generator). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => (state = (state * 48271) % 2147483647) % below;
}

const sha256 = (line: string): string => createHash('sha256').update(line).digest('hex');

/** The lines with another time in one of them, and hashes that fit together again. */
function chainedAnew(lines: readonly string[], changed: number): string[] {
  const anew: string[] = [];
  for (const [index, line] of lines.entries()) {
    const entry = JSON.parse(line) as Entry;
    const endedAt = index === changed ? entry.endedAt.replace(/T../, 'T03') : entry.endedAt;
    const previous = index === 0 ? entry.previous : sha256(anew[index - 1]);
    anew.push(JSON.stringify({ ...entry, endedAt, previous }));
  }
  return anew;
}

/** The lines with one visit more in between, as the box would have written it, and hashes that fit together again. */
function forgedWithin(lines: readonly string[], before: number): string[] {
  const [begun, ended] = lines.slice(0, 2).map((line) => JSON.parse(line) as Entry);
  const anew = lines.map((line) => JSON.parse(line) as Entry);
  const { boot, tick } = anew[before];
  const forged = [begun, ended].map((entry, index) => ({ ...entry, boot, tick: tick + 1 + index }));
  const later = anew.slice(before + 1).map((entry) => ({ ...entry, tick: entry.tick + 2 }));
  const [year] = begun.number.split('-');
  const all = [...anew.slice(0, before + 1), ...forged, ...later].map((entry, index) => ({
    ...entry,
    number: `${year}-${String(Math.floor(index / 2) + 1).padStart(4, '0')}`,
  }));
  return chainedAnew(
    all.map((entry) => JSON.stringify(entry)),
    -1,
  );
}

/** The beginning of one more visit, as the box would have written it. */
function forgedAfter(last: string): string {
  const { number, boot, tick, endedAt, timeTrusted, timeSource } = JSON.parse(last) as Entry;
  const next = number.replace(/\d+$/, (serial) => String(Number(serial) + 1).padStart(4, '0'));
  const moment = { number: next, endedAt, boot, tick: tick + 1, timeTrusted, timeSource };
  const { municipality, counter, software } = place;
  const where = { municipality, counter, software };
  return JSON.stringify({
    version: 4,
    kind: 'begun',
    ...moment,
    ...where,
    practice: false,
    inForce,
    previous: sha256(last),
  });
}

describe('records that somebody tampers with', function () {
  this.timeout(3_600_000);
  const scratch = scratchFolder();

  /** Visits in a folder `box`, with the witness in `witness`; `earlier` is what both were before the last two. */
  async function made(): Promise<string> {
    const box = join(scratch(), 'box');
    const file = join(box, 'records.jsonl');
    const clock = new Box().clock({ synchronised: () => Promise.resolve(true) });
    await clock.refresh();
    const records = await openRecords(file, clock, { witness: join(scratch(), 'witness') });
    assert(records.ok);
    for (let visit = 1; visit <= 6; visit++) {
      if (visit === 5) {
        cpSync(box, join(scratch(), 'earlier'), { recursive: true });
        cpSync(join(scratch(), 'witness'), join(scratch(), 'earlier-witness'), { recursive: true });
      }
      assert((await records.value.begin(inForce, false, place)).ok);
      assert((await records.value.append(report, entryContext)).ok);
    }
    await records.value.close();
    return file;
  }

  const verify = (file: string) => verifyRecords(file, { witness: join(scratch(), 'witness') });

  it('are each found out, and named', async () => {
    const file = await made();
    assert((await verify(file)).ok, 'untouched records are whole');
    const box = join(scratch(), 'box');
    const witness = join(scratch(), 'witness', 'records.head');
    const parts = [
      file,
      ...['records.head', 'device.pub', 'device.key'].map((name) => join(box, name)),
      witness,
    ];
    const whole = parts.map((part) => readFileSync(part));
    const lines = whole[0].toString().split('\n').slice(0, -1);
    const write = (changed: readonly string[]) =>
      writeFileSync(file, changed.map((line) => `${line}\n`).join(''));
    const below = numbers(2026);
    const other = (not: number) => (not + 1 + below(lines.length - 1)) % lines.length;

    const otherKey = generateKeyPairSync('ed25519').privateKey;
    const flip = (index: number) => () => {
      const bytes = Buffer.from(whole[index]);
      bytes[below(bytes.length)] ^= 1 << below(8);
      writeFileSync(parts[index], bytes);
    };
    const replaceKey = () =>
      writeFileSync(parts[3], otherKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    /** What somebody does, and the names under which it may be found. */
    const kinds: Record<string, readonly [names: string, change: () => void]> = {
      'bit flipped in the records': ['changed torn inserted', flip(0)],
      'bit flipped in the head': ['head-changed', flip(1)],
      'bit flipped in the public key': ['key-changed', flip(2)],
      'two lines swapped': [
        'reordered',
        () => {
          const one = below(lines.length);
          const two = other(one);
          write(lines.with(one, lines[two]).with(two, lines[one]));
        },
      ],
      'lines cut off': ['cut behind', () => write(lines.slice(0, below(lines.length)))],
      'line removed': ['removed', () => write(lines.toSpliced(below(lines.length - 1), 1))],
      'line repeated': [
        'inserted',
        () => write(lines.toSpliced(below(lines.length), 0, lines[below(lines.length)])),
      ],
      'line changed, and all after it chained anew': [
        'changed remade',
        () => write(chainedAnew(lines, below(lines.length))),
      ],
      'line forged after the last': ['inserted', () => write([...lines, forgedAfter(lines.at(-1)!)])],
      'visit forged in between, and all after it chained anew': [
        'inserted',
        () => write(forgedWithin(lines, 2 * below(lines.length / 2 - 1) + 1)),
      ],
      'bytes cut off': ['cut torn', () => writeFileSync(file, whole[0].subarray(0, below(whole[0].length)))],
      'companion deleted': ['deleted head-missing key-missing', () => rmSync(parts[below(3)])],
      'records and head set back': [
        'rolled-back',
        () => cpSync(join(scratch(), 'earlier'), box, { recursive: true }),
      ],
      'records set back': ['cut', () => cpSync(join(scratch(), 'earlier', 'records.jsonl'), file)],
      'head set back': ['inserted', () => cpSync(join(scratch(), 'earlier', 'records.head'), parts[1])],
      'bit flipped in the witness': ['witness-changed', flip(4)],
      'witness set back': [
        'witness-changed',
        () => cpSync(join(scratch(), 'earlier-witness', 'records.head'), witness),
      ],
      'witness deleted': ['witness-missing', () => rmSync(witness)],
      'device key replaced': ['key-changed', replaceKey],
      'device key and public key replaced': [
        'key-changed',
        () => {
          replaceKey();
          writeFileSync(parts[2], `${textOf(otherKey)}\n`);
        },
      ],
    };
    const table = new Map<string, number>();
    const names = Object.keys(kinds);
    for (let change = 0; change < changes; change++) {
      const kind = names[change % names.length];
      const [expected, tamper] = kinds[kind];
      tamper();
      const verified = await verify(file);
      assert(!verified.ok, `change ${change}: ${kind} was not found`);
      assert(expected.split(' ').includes(verified.error.why), `${kind} was called ${verified.error.why}`);
      const found = `${kind}: ${verified.error.why}`;
      table.set(found, (table.get(found) ?? 0) + 1);
      parts.forEach((part, index) => writeFileSync(part, whole[index]));
    }
    if (process.env.TERASHI_TAMPER) console.table(Object.fromEntries([...table].sort()));
    assert.equal(
      [...table.values()].reduce((one, two) => one + two, 0),
      changes,
    );
  });

  it('are called made anew where another key signed whole new ones, and by the pinned key too', async () => {
    const file = await made();
    const seal = await verify(file);
    assert(seal.ok && seal.value.seal);
    const witness = join(scratch(), 'witness');
    cpSync(witness, join(scratch(), 'kept'), { recursive: true });
    for (const folder of ['box', 'earlier', 'witness']) rmSync(join(scratch(), folder), { recursive: true });
    await made();
    cpSync(join(scratch(), 'kept'), witness, { recursive: true });
    assert.deepEqual(await verify(file), { ok: false, error: { why: 'key-changed' } });
    const pinned = await verifyRecords(file, { key: seal.value.seal.key });
    assert.deepEqual(pinned, { ok: false, error: { why: 'key-changed' } });
  });

  it('heal the one difference that a power cut leaves, and close the visit as interrupted', async () => {
    const file = await made();
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, bytes.lastIndexOf('\n', -2) + 1));
    const behind = await verify(file);
    assert(!behind.ok && behind.error.why === 'behind');
    const clock = new Box().clock({ synchronised: () => Promise.resolve(true) });
    const records = await openRecords(file, clock, { witness: join(scratch(), 'witness') });
    assert(records.ok);
    assert.deepEqual(readFileSync(file), bytes);
    const begun = await records.value.begin(inForce, false, place);
    assert(begun.ok);
    await records.value.close();
    const again = await openRecords(file, clock, { witness: join(scratch(), 'witness') });
    assert(again.ok);
    const closed = await again.value.closeInterrupted(place);
    assert(closed.ok && closed.value?.number === begun.value.number);
    assert.equal(again.value.interrupted, begun.value.number);
    await again.value.close();
    assert((await verify(file)).ok);
  });
});
