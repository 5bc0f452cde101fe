import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';

import { entry, type Entry } from '../../appliance/record/entry.js';
import { verifyRecords } from '../../appliance/record/verify.js';
import { scratchFolder, writeEntries } from './scratch.js';

describe('checking the records', () => {
  const folder = scratchFolder();
  const count = 6;
  let file: string;
  let lines: string[];

  beforeEach(async () => {
    file = join(folder(), 'records.jsonl');
    await writeEntries(file, count);
    lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  });

  const check = async (content: string | Uint8Array) => {
    writeFileSync(file, content);
    return verifyRecords(file);
  };
  const fails = async (changed: string[], line: number, why: string) => {
    assert.deepEqual(await check(`${changed.join('\n')}\n`), { ok: false, error: { line, why } });
  };
  /** The lines with each `previous` recomputed, as a forger would do. */
  const rechained = (changed: Record<string, unknown>[]) => {
    let previous = '0'.repeat(64);
    return changed.map((content) => {
      const line = JSON.stringify({ ...content, previous });
      previous = createHash('sha256').update(line).digest('hex');
      return line;
    });
  };
  const parsed = () => lines.map((line) => entry.parse(JSON.parse(line)));

  it('counts the records, and says from when to when they are', async () => {
    const verified = await verifyRecords(file);
    assert.ok(verified.ok);
    assert.equal(verified.value.count, count);
    assert.equal(verified.value.first?.number, parsed()[0].number);
    assert.equal(verified.value.last?.endedAt, parsed().at(-1)!.endedAt);
  });

  it('finds a removed, repeated or moved line', async () => {
    await fails(lines.toSpliced(0, 1), 1, 'previous-differs');
    await fails(lines.toSpliced(3, 1), 4, 'previous-differs');
    await fails(lines.toSpliced(3, 0, lines[2]), 4, 'previous-differs');
    await fails(lines.toSpliced(2, 2, lines[3], lines[2]), 3, 'previous-differs');
  });

  it('finds a changed decision at the next line', async () => {
    const changed = lines[2].replace('"outcome":"verified"', '"outcome":"refused"');
    assert.notEqual(changed, lines[2]);
    await fails(lines.with(2, changed), 4, 'previous-differs');
  });

  it('finds a number out of order, even if the hashes fit', async () => {
    for (const [number, at] of [
      ['0003', 4],
      ['0001', 4],
      ['0005', 4],
    ] as const) {
      const entries = parsed();
      const year = entries[0].number.slice(0, 4);
      await fails(
        rechained(entries.with(at - 1, { ...entries[at - 1], number: `${year}-${number}` })),
        at,
        'number-does-not-follow',
      );
    }
    await fails(
      rechained(parsed().map((one) => ({ ...one, number: '2026-0002' }))),
      1,
      'number-does-not-follow',
    );
  });

  it('finds a boot or a tick out of order, even if the hashes fit', async () => {
    const entries = parsed() as Entry[];
    const { tick } = entries[2];
    for (const [changed, at] of [
      [{ tick }, 4],
      [{ tick: tick - 1 }, 4],
      [{ boot: 7, tick: 0 }, 5],
      [{ version: 1 }, 4],
    ] as const) {
      const { boot, tick: ticks, timeTrusted, timeSource, ...rest } = entries[3];
      const marks = 'version' in changed ? {} : { boot, tick: ticks, timeTrusted, timeSource };
      const forged = rechained(entries.with(3, { ...rest, ...marks, ...changed } as never));
      await fails(forged, at, 'boot-does-not-follow');
    }
    const rebooted = entries.map((one, index) => (index < 3 ? one : { ...one, boot: 2, tick: index }));
    assert.ok((await check(`${rechained(rebooted).join('\n')}\n`)).ok);
  });

  it('finds a line that is not an entry, even if the hashes fit', async () => {
    const entries = parsed();
    await fails(rechained(entries.with(1, { ...entries[1], name: '甲州 太郎' } as never)), 2, 'not-an-entry');
    await fails(rechained(entries.with(1, { ...entries[1], version: 3 } as never)), 2, 'not-an-entry');
    await fails(lines.with(1, lines[1].replace('{', '{ ')), 2, 'not-an-entry');
    await fails(lines.with(1, lines[1].replace('{', '{"outcome":"fault",')), 2, 'not-an-entry');
    await fails(lines.with(4, 'null'), 5, 'not-an-entry');
    await fails(lines.with(4, ''), 5, 'not-json');
  });

  it('finds a torn last line, and does not change it', async () => {
    const whole = `${lines.join('\n')}\n`;
    assert.deepEqual(await check(whole.slice(0, -1)), { ok: false, error: { line: count, why: 'torn' } });
    assert.deepEqual(await check(`${whole}\0\0\0\0`), { ok: false, error: { line: count + 1, why: 'torn' } });
    assert.equal(readFileSync(file, 'utf8'), `${whole}\0\0\0\0`);
  });

  it('finds a line longer than any entry, with or without a newline', async () => {
    const whole = `${lines.join('\n')}\n`;
    const long = 'x'.repeat(3_000_000);
    const tooLong = { ok: false, error: { line: count + 1, why: 'too-long' } };
    assert.deepEqual(await check(whole + long), tooLong);
    assert.deepEqual(await check(`${whole}${long}\n`), tooLong);
    assert.deepEqual(await check(`${whole}${long}\n${lines[0]}\n`), tooLong);
  });

  it('reports a missing or unreadable file', async () => {
    const missing = await verifyRecords(join(folder(), 'missing'));
    assert.deepEqual(missing, { ok: false, error: { why: 'unreadable', code: 'ENOENT' } });
    assert.deepEqual(await verifyRecords(folder()), {
      ok: false,
      error: { why: 'unreadable', code: 'EISDIR' },
    });
  });

  it('finds any flipped bit in any line, except one that leaves a valid last entry', async () => {
    const whole = readFileSync(file);
    const lineAt = (position: number) =>
      whole.subarray(0, position).filter((byte) => byte === 0x0a).length + 1;
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(7), async (position, bit) => {
        const flipped = Buffer.from(whole);
        flipped[position] ^= 1 << bit;
        const line = lineAt(position);
        const result = await check(flipped);
        const stillReads = readsAsEntry(flipped, line);
        if (result.ok) {
          assert.ok(line === count && stillReads, `line ${line} byte ${position}`);
        } else {
          assert.ok('line' in result.error);
          // Only the hash in the next line betrays a changed line that is still an entry.
          const atNext =
            stillReads && result.error.line === line + 1 && result.error.why === 'previous-differs';
          assert.ok(
            atNext || result.error.line === line,
            JSON.stringify({ ...result.error, position, bit, line }),
          );
        }
      }),
      { numRuns: 1500 },
    );
  });

  function readsAsEntry(content: Buffer, line: number): boolean {
    try {
      return entry.safeParse(JSON.parse(content.toString().split('\n')[line - 1])).success;
    } catch {
      return false;
    }
  }
});
