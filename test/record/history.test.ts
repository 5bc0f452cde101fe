import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';

import { toleranceMs } from '../../appliance/clock/trust.js';
import { newEntry, type Entry } from '../../appliance/record/entry.js';
import { openRecords, type Records } from '../../appliance/record/records.js';
import { verifyRecords } from '../../appliance/record/verify.js';
import { Box } from '../clock/made.js';
import { report, entryContext } from './sample.js';
import { scratchFolder } from './scratch.js';

type Step =
  | { readonly do: 'wait'; readonly milliseconds: number }
  /** Somebody, or something, sets the wall clock to any time. */
  | { readonly do: 'set'; readonly wall: number }
  | { readonly do: 'network' }
  | { readonly do: 'visit' }
  | { readonly do: 'restart the core' }
  | { readonly do: 'power cut'; readonly torn: string; readonly count: 'kept' | 'lost' | 'torn' | 'beside' };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('visit' as const) }) },
  fc.record({
    do: fc.constant('wait' as const),
    milliseconds: fc.oneof(fc.nat(30), fc.nat(90 * 86_400_000)),
  }),
  fc.record({
    do: fc.constant('set' as const),
    wall: fc.oneof(fc.nat(86_400_000), fc.integer({ min: 0, max: Date.UTC(2200, 0) })),
  }),
  fc.record({ do: fc.constant('network' as const) }),
  fc.record({ do: fc.constant('restart the core' as const) }),
  fc.record({
    do: fc.constant('power cut' as const),
    torn: fc.constantFrom('', '{"version":2,"numb', '\0\0\0'),
    count: fc.constantFrom('kept' as const, 'lost' as const, 'torn' as const, 'beside' as const),
  }),
);

/** A box over months of boots, power cuts and a clock that anybody may set, with the true time beside it. */
class Counter {
  readonly written: { readonly entry: Entry; readonly truly: number; readonly sinceBoot: number }[] = [];
  readonly #box = new Box();
  readonly #file: string;
  #truly = this.#box.wall();
  #synchronised = false;
  #clock = this.#newClock();
  #records: Records | undefined;

  constructor(folder: string) {
    this.#file = join(folder, 'records.jsonl');
  }

  async follow(step: Step): Promise<void> {
    switch (step.do) {
      case 'wait':
        this.#truly += step.milliseconds;
        this.#box.pass(step.milliseconds);
        return;
      case 'set':
        // The kernel forgets that it was synchronised once somebody sets its clock (settimeofday(2)).
        this.#synchronised = false;
        this.#box.set(step.wall);
        return;
      case 'network':
        this.#synchronised = true;
        this.#box.set(this.#truly);
        return;
      case 'visit':
        return this.#visit();
      case 'restart the core':
        this.#clock = this.#newClock();
        return this.#close();
      case 'power cut':
        await this.#close();
        if (existsSync(this.#file)) appendFileSync(this.#file, step.torn);
        this.#lose(step.count);
        this.#synchronised = false;
        this.#box.boot();
        this.#clock = this.#newClock();
    }
  }

  async end(): Promise<string> {
    await this.#visit();
    await this.#close();
    return this.#file;
  }

  async #visit(): Promise<void> {
    if (!this.#records) {
      const opened = await openRecords(this.#file, this.#clock);
      assert.ok(opened.ok, JSON.stringify(opened));
      this.#records = opened.value;
    }
    await this.#clock.refresh();
    const appended = await this.#records.append(report, entryContext);
    assert.ok(appended.ok);
    this.written.push({ entry: appended.value, truly: this.#truly, sinceBoot: this.#box.sinceBoot() });
  }

  async #close(): Promise<void> {
    await this.#records?.close();
    this.#records = undefined;
  }

  #newClock() {
    return this.#box.clock({ synchronised: () => Promise.resolve(this.#synchronised) });
  }

  #lose(what: 'kept' | 'lost' | 'torn' | 'beside'): void {
    const count = this.#file.replace('.jsonl', '.boot');
    if (!existsSync(count)) return;
    if (what === 'lost') rmSync(count);
    if (what === 'torn') writeFileSync(count, readFileSync(count).subarray(0, 20));
    if (what === 'beside') writeFileSync(`${count}.unfinished`, '{"bootId":"boo');
  }
}

describe('records over many boots and clocks', () => {
  const folder = scratchFolder();

  it('are ordered by boot and tick, have unique numbers, and tell which of their times are true', async () => {
    let run = 0;
    let [untrusted, mended] = [0, 0];
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 40 }), async (steps) => {
        const counter = new Counter(join(folder(), `${++run}`));
        for (const step of steps) await counter.follow(step);
        const file = await counter.end();
        const { written } = counter;

        const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
        const read = lines.map((line) => newEntry.parse(JSON.parse(line)));
        const inWriting = written.map(({ entry }) => entry.number);
        const inOrder = [...read].sort((a, b) => a.boot - b.boot || a.tick - b.tick);
        assert.deepEqual(
          inOrder.map(({ number }) => number),
          inWriting,
        );
        assert.equal(new Set(inWriting).size, inWriting.length);
        assert.equal(new Set(read.map(({ boot, tick }) => `${boot} ${tick}`)).size, read.length);

        for (const { entry, truly, sinceBoot } of written) {
          assert.ok(entry.tick >= sinceBoot && entry.tick < sinceBoot + written.length);
          if (entry.timeTrusted) assert.ok(Math.abs(Date.parse(entry.endedAt) - truly) <= toleranceMs);
        }

        const verified = await verifyRecords(file);
        assert.ok(verified.ok, JSON.stringify(verified));
        const { count, boots, unmarked } = verified.value;
        assert.equal(count, written.length);
        assert.equal(unmarked, 0);
        assert.deepEqual(
          boots.map(({ boot }) => boot),
          [...new Set(written.map(({ entry }) => entry.boot))],
        );
        assert.deepEqual(
          verified.value.untrusted.map(({ number }) => number),
          written.filter(({ entry }) => !entry.timeTrusted).map(({ entry }) => entry.number),
        );
        for (const { number, likely } of verified.value.untrusted) {
          untrusted += 1;
          if (likely === undefined) continue;
          mended += 1;
          const { truly } = written.find(({ entry }) => entry.number === number)!;
          assert.ok(Math.abs(Date.parse(likely) - truly) <= toleranceMs + written.length);
        }
      }),
      { numRuns: 60 },
    );
    assert.ok(untrusted > mended && mended > 0, `${untrusted} ${mended}`);
  });

  it('start no new year while the clock is not trusted', async () => {
    const box = new Box();
    let synchronised = false;
    const clock = box.clock({ synchronised: () => Promise.resolve(synchronised) });
    const opened = await openRecords(join(folder(), 'records.jsonl'), clock);
    assert.ok(opened.ok);
    const numbers: string[] = [];
    const visitAt = async (wall: number) => {
      box.set(wall);
      await clock.refresh();
      box.pass(60_000);
      const appended = await opened.value.append(report, entryContext);
      assert.ok(appended.ok);
      numbers.push(appended.value.number);
    };
    await visitAt(0);
    await visitAt(Date.UTC(2036, 0, 5));
    synchronised = true;
    await visitAt(Date.UTC(2026, 2, 5));
    await visitAt(Date.UTC(2027, 2, 5));
    await visitAt(Date.UTC(2026, 2, 5));
    await opened.value.close();
    assert.deepEqual(numbers, ['2026-0001', '2026-0002', '2026-0003', '2027-0001', '2027-0002']);
  });

  it('follow records of a version that did not count boots', async () => {
    // Written by that version; the hash is sha256sum's of the first line.
    const then = [
      '{"version":1,"number":"2026-0001","endedAt":"2026-03-04T14:32:07+09:00","municipality":"忍野村","counter":"1","software":"terashi 0.1.0","way":"card","policy":"in-doubt","outcome":"verified","because":"decided","similarity":0.6134,"falseMatchRate":0.0007,"threshold":0.45,"comparisons":1,"findings":[],"practice":false,"pictures":true,"previous":"0000000000000000000000000000000000000000000000000000000000000000"}',
      '{"version":1,"number":"2026-0002","endedAt":"2026-03-04T14:32:07+09:00","municipality":"忍野村","counter":"1","software":"terashi 0.1.0","way":"card","policy":"in-doubt","outcome":"refused","because":"decided","comparisons":0,"findings":[],"practice":false,"pictures":false,"previous":"77b62cd4cbeb4ec52d02c56aeb05ea11154f4ed94936c60a661e65597ae92ca5"}',
    ];
    const file = join(folder(), 'records.jsonl');
    writeFileSync(file, `${then.join('\n')}\n`);
    const before = await verifyRecords(file);
    assert.ok(before.ok && before.value.unmarked === 2 && before.value.boots.length === 0);

    const box = new Box();
    const opened = await openRecords(file, box.clock());
    assert.ok(opened.ok);
    const appended = await opened.value.append(report, entryContext);
    await opened.value.close();
    assert.ok(appended.ok);
    assert.equal(appended.value.number, '2026-0003');
    assert.equal(appended.value.boot, 1);
    const after = await verifyRecords(file);
    assert.ok(after.ok);
    const boot = { boot: 1, records: 1, first: '2026-0003', last: '2026-0003', untrusted: 1 };
    assert.deepEqual([after.value.unmarked, after.value.boots], [2, [boot]]);
  });
});
