import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { workbench } from '../../appliance/command/workbench.js';
import { unitsOf } from '../../models/evaluate/units.js';
import { compareAll, scoreOf, sizeOf } from '../../models/experiment/comparisons.js';
import { parsePairs } from '../../models/experiment/csv.js';
import type { Enrolled, Face } from '../../models/experiment/enrol.js';
import { fusedProbes } from '../../models/experiment/fuse-probes.js';
import { causesBySide, causesOf, nameFailures } from '../../models/experiment/failures.js';
import { connectedComponents } from '../../models/experiment/connected-components.js';
import { allPairs, listedPairs } from '../../models/experiment/pairing.js';
import { ProgressBar } from '../../models/experiment/progress.js';
import { canWrite, writeResult } from '../../models/experiment/write-result.js';

const still = new AbortController().signal;
const face = (...values: number[]): Face => ({
  colour: Float32Array.from(values),
  grey: Float32Array.from(values),
  quality: 1,
});

describe('an experiment', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'terashi-trial-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  describe('a list of pairs', () => {
    it('may have quotation marks, blanks, CRLF and a byte order mark', () => {
      const read = parsePairs('\uFEFFa,b,same\r\n"x, ""y"".png", b.png ,1\r\n\r\nc.png,d.png,FALSE\r\n', 'f');
      assert.deepEqual(read, {
        ok: true,
        value: [
          { a: 'x, "y".png', b: 'b.png', same: true, line: 2 },
          { a: 'c.png', b: 'd.png', same: false, line: 4 },
        ],
      });
    });

    it('returns any names as they were written', () => {
      const name = fc
        .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
        .filter((text) => !/[\r\n]/.test(text));
      const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
      fc.assert(
        fc.property(fc.array(fc.tuple(name, name), { minLength: 1 }), (names) => {
          const lines = [...names, ['p', 'q'] as const].map(
            ([a, b], i) => `${quoted(`x${a}x`)},${quoted(`x${b}x`)},${i < names.length ? 1 : 0}`,
          );
          const read = parsePairs(['a,b,same', ...lines].join('\n'), 'f');
          assert(read.ok);
          assert.deepEqual(
            read.value.slice(0, -1).map(({ a, b }) => [a, b]),
            names.map(([a, b]) => [`x${a}x`, `x${b}x`]),
          );
        }),
      );
    });

    it('is refused with the line that is wrong', () => {
      for (const [text, line] of [
        ['', 1],
        ['a,b\nx,y,1', 1],
        ['b,a,same\nx,y,1', 1],
        ['a,b,same\nx,y,1\nx,y', 3],
        ['a,b,same\nx,y,1,2', 2],
        ['a,b,same\nx,y,maybe', 2],
        ['a,b,same\nx,y,0\n\n,y,1', 4],
        ['a,b,same\n"x,y,1', 2],
        ['a,b,same\n"x"z,y,1', 2],
      ] as const) {
        const read = parsePairs(text, 'list.csv');
        assert(!read.ok, text);
        assert.match(read.error.ja, new RegExp(`^list.csv ${line} 行目`));
        assert.match(read.error.en, new RegExp(`^list.csv line ${line}:`));
      }
    });

    it('needs pairs of both kinds', () => {
      for (const text of ['a,b,same', 'a,b,same\nx,y,1', 'a,b,same\nx,y,0'])
        assert(!parsePairs(text, 'f').ok);
    });
  });

  describe('the persons of a list', () => {
    const listed = async (text: string) => {
      for (const name of text.match(/[\w/]+\.png/g) ?? []) {
        mkdirSync(join(folder, name, '..'), { recursive: true });
        writeFileSync(join(folder, name), '');
      }
      writeFileSync(join(folder, 'pairs.csv'), text);
      return listedPairs(folder, join(folder, 'pairs.csv'));
    };

    it('are the folders if all lines agree with that', async () => {
      const pairing = await listed('a,b,same\np/1.png,p/2.png,1\np/3.png,p/4.png,1\np/1.png,q/1.png,0');
      assert(pairing.ok);
      assert.equal(pairing.value.persons, 2);
      assert(!unitsOf(pairing.value).genuineIndependent);
    });

    it('are otherwise the pictures that lines call the same person', async () => {
      const pairing = await listed(
        'a,b,same\ncard/1.png,live/1.png,1\ncard/2.png,live/2.png,1\ncard/3.png,live/4.png,0',
      );
      assert(pairing.ok);
      assert.equal(pairing.value.persons, 4);
      const units = unitsOf(pairing.value);
      assert.deepEqual([units.genuineIndependent, units.over, units.count], [true, 'pairs', 3]);
      assert.equal(units.of[2], units.of[3]);
    });

    it('are resampled if they are in one genuine pair each, and in impostor pairs too', async () => {
      const pairing = await listed('a,b,same\n1.png,2.png,1\n3.png,4.png,1\n1.png,4.png,0');
      assert(pairing.ok);
      const { genuineIndependent, over, count } = unitsOf(pairing.value);
      assert.deepEqual([genuineIndependent, over, count], [true, 'persons', 2]);
    });

    it('cannot be strangers to themselves', async () => {
      const pairing = await listed('a,b,same\n1.png,2.png,1\n2.png,3.png,1\n1.png,3.png,0');
      assert(!pairing.ok);
      assert.match(pairing.error.en, /line 4/);
    });

    it('need their pictures: missing ones are named with their lines', async () => {
      writeFileSync(join(folder, 'list.csv'), 'a,b,same\nx.png,y.png,1\nx.png,z.png,0');
      const pairing = await listedPairs(folder, join(folder, 'list.csv'));
      assert(!pairing.ok);
      assert.match(pairing.error.en, /^3 .*x\.png \(2\), y\.png \(2\), z\.png \(3\)/);
    });

    it('are the groups that are linked, directly or through others', () => {
      const found = connectedComponents(
        ['a', 'b', 'c', 'd'],
        [
          ['a', 'x'],
          ['d', 'x'],
          ['b', 'b'],
        ],
      );
      assert.deepEqual(
        [...found],
        [
          ['a', 0],
          ['b', 1],
          ['c', 2],
          ['d', 0],
        ],
      );
    });
  });

  describe('the comparisons', () => {
    const run = async (enrolled: Enrolled[], pairing = allPairs([['p/1', 'p/2'], ['q/1']])) => {
      const seen: unknown[] = [];
      const sink = (...comparison: unknown[]) => void seen.push(comparison);
      const withheld = await compareAll(pairing, enrolled, 'euclidean', sink, still, () => undefined);
      return { seen, withheld };
    };
    const both = (value: number): Enrolled => ({ document: face(value), probe: face(value) });

    it('are made of every picture with every other, the earlier one as the document', async () => {
      const { seen, withheld } = await run([both(0), both(0.25), both(0.75)]);
      assert.deepEqual(seen, [
        [true, 0, 1, 0.75],
        [false, 0, 2, 0.25],
        [false, 1, 2, 0.5],
      ]);
      assert.deepEqual(withheld, { genuine: 0, impostor: 0 });
    });

    it('swap the sides if only that is possible, and are skipped if neither way is', async () => {
      const { seen, withheld } = await run([{ probe: face(0) }, both(0.25), { probe: face(0.75) }]);
      assert.deepEqual(seen, [
        [true, 1, 0, 0.75],
        [false, 1, 2, 0.5],
      ]);
      assert.deepEqual(withheld, { genuine: 0, impostor: 1 });
    });

    it('never swap the sides of a list', async () => {
      const pairing = {
        ...allPairs([['p/1', 'p/2'], ['q/1']]),
        pairs: [
          { document: 1, probe: 0, same: true },
          { document: 2, probe: 0, same: false },
        ],
      };
      assert.equal(sizeOf(pairing), 2);
      const { seen, withheld } = await run([both(0), both(0.25), { probe: face(0.75) }], pairing);
      assert.deepEqual(seen, [[true, 1, 0, 0.75]]);
      assert.deepEqual(withheld, { genuine: 0, impostor: 1 });
    });

    it('are made without colours if one of the two has none', () => {
      const coloured: Face = { colour: Float32Array.of(0), grey: Float32Array.of(0.5), quality: 1 };
      assert.equal(scoreOf(coloured, { grey: Float32Array.of(0.5), quality: 1 }, 'euclidean'), 1);
      assert.equal(scoreOf({ grey: Float32Array.of(0.5), quality: 1 }, coloured, 'euclidean'), 1);
      assert.equal(scoreOf(coloured, face(0), 'euclidean'), 1);
    });

    describe('with probes that are fused', () => {
      const weighed = (quality: number, ...values: number[]): Enrolled => ({
        document: face(...values),
        probe: { ...face(...values), quality },
      });
      const { pictures } = allPairs([['p/1', 'p/2', 'p/3', 'p/4'], ['q/1']]);
      const enrolled = [weighed(1, 8), weighed(3, 0), weighed(1, 4), weighed(1, 100), weighed(1, 7)];
      const colourOf = (most: number, document: number, probe: number) =>
        fusedProbes(pictures, enrolled, most)(document, probe)?.colour?.[0];

      it('use the next pictures, weighted by quality, but never the document', () => {
        // (3 × 0 + 1 × 4) / 4
        assert.equal(colourOf(2, 0, 1), 1);
        // Continues with the first picture after the last, and skips the document: 100 and 0 with weights 1 and 3.
        assert.equal(colourOf(2, 0, 3), 25);
        assert.equal(colourOf(2, 4, 3), 54);
        // No more pictures than there are.
        assert.equal(colourOf(9, 0, 1), Math.fround((4 + 100) / 5));
        assert.equal(colourOf(9, 0, 4), 7);
      });

      it('equal the single picture if only one is fused', () => {
        for (const probe of [1, 2, 3, 4]) {
          assert.equal(colourOf(1, 0, probe), enrolled[probe].probe!.colour![0]);
        }
      });

      it('leave out a picture that failed, and are skipped if the probe itself failed', () => {
        const some = enrolled.map((one, i) => (i === 2 ? { document: one.document! } : one));
        const probeOf = fusedProbes(pictures, some, 2);
        assert.equal(probeOf(0, 2), undefined);
        assert.equal(probeOf(0, 1)!.colour![0], 25);
      });

      it('are made without colours if one of them has none', () => {
        const some = enrolled.map((one, i) =>
          i === 2 ? { probe: { grey: Float32Array.of(4), quality: 1 } } : one,
        );
        const probe = fusedProbes(pictures, some, 2)(0, 1)!;
        assert.deepEqual([probe.colour, probe.grey[0]], [undefined, 1]);
      });
    });

    it('end when they are cancelled', async () => {
      const many = Array.from({ length: 500 }, (_, person) => [`${person}/1`]);
      const enrolled = many.map(() => both(0));
      await assert.rejects(
        compareAll(
          allPairs(many),
          enrolled,
          'euclidean',
          () => undefined,
          AbortSignal.abort(),
          () => undefined,
        ),
      );
    });
  });

  describe('failures to enrol', () => {
    const failures = [
      { name: 'a.png', findings: [{ side: 'probe', code: 'face-turned', blocking: true }] },
      {
        name: 'b.png',
        findings: [
          { side: 'document', code: 'unreadable-image', blocking: true },
          { side: 'probe', code: 'unreadable-image', blocking: true },
        ],
      },
    ] as const;

    it('are counted once a picture, and separately for each side', () => {
      assert.deepEqual(causesOf(failures), { 'face-turned': 1, 'unreadable-image': 1 });
      assert.deepEqual(causesBySide(failures), {
        document: { 'unreadable-image': 1 },
        probe: { 'face-turned': 1, 'unreadable-image': 1 },
      });
    });

    it('are listed up to a limit, the unreadable ones first', () => {
      assert.equal(nameFailures([]), '');
      assert.match(nameFailures(failures), /b\.png.*unreadable-image[^]*a\.png.*face-turned/);
      assert.match(nameFailures(failures, 1), /b\.png[^]*and 1 more/);
      assert(!nameFailures(failures, 1).includes('a.png'));
    });
  });

  describe('the progress bar', () => {
    const shown = (isTTY: boolean, times: readonly number[]) => {
      let [text, now] = ['', 0];
      const bar = new ProgressBar({ isTTY, write: (more: string) => (text += more) }, () => now);
      for (now of times) bar.show('比べています', 1, 2);
      bar.clear();
      return text;
    };

    it('appears after a second, and only on a terminal', () => {
      assert.equal(shown(true, [10, 500, 999]), '');
      assert.equal(shown(false, [10, 5000]), '');
      assert.match(shown(true, [10, 1001]), /█+░+ 1\/2 {2}比べています/);
    });

    it('is drawn at most ten times a second, and is cleared in the end', () => {
      const text = shown(true, [1000, 1001, 1050, 1099, 1100]);
      assert.equal(text.split('1/2').length - 1, 2);
      assert(text.endsWith('\r\x1b[K'));
    });
  });

  describe('a file that is written atomically', () => {
    it('replaces the previous one, and leaves nothing beside it', async () => {
      const file = join(folder, 'out.json');
      for (const text of ['one', 'two']) {
        assert(await canWrite(file));
        assert((await writeResult(file, text)).ok);
        assert.equal(readFileSync(file, 'utf8'), text);
      }
      assert.deepEqual(readdirSync(folder), ['out.json']);
    });

    it('is refused if it cannot be written', async () => {
      for (const file of [folder, join(folder, 'nowhere', 'out.json')]) {
        assert(!(await canWrite(file)));
        assert(!(await writeResult(file, 'x')).ok);
      }
      assert.deepEqual(readdirSync(folder), []);
      assert(!existsSync(`${folder}.unfinished`));
    });
  });

  describe('a command of the workbench', () => {
    it('reports that it is not installed if its module is missing', async () => {
      const absent = './not-on-a-box.js';
      const { command } = await workbench(() => import(absent) as Promise<never>);
      assert.equal(await command.main([]), 2);
    });

    it('hides no other error', async () => {
      await assert.rejects(
        workbench(() => Promise.reject(new Error('a bug'))),
        /a bug/,
      );
    });
  });
});
