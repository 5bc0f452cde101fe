import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import {
  cpSync,
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

import sharp from 'sharp';

import { calibrationFile } from '../../appliance/calibration/calibration.js';
import { loadModels } from '../../appliance/face/sessions.js';
import { installation } from '../../appliance/installation.js';
import { textOf } from '../../appliance/signature/municipal-key.js';
import { readSigned } from '../../appliance/signature/signed-file.js';
import type { Answer } from '../../models/evaluate/answer.js';
import type { Evaluation } from '../../models/evaluate/evaluation.js';
import { program, terashi } from '../../hardware-tests/counter/counter.js';
import { people as sampled, portraitOf } from '../face/samples.js';
import { until } from '../../hardware-tests/counter/until.js';
import { builtManifest } from './built.js';
import { noise } from './pictures.js';

describe('the workbench', () => {
  let faces: string;
  let out: string;

  /** Three people: two from the practice camera with two pictures each, and one portrait out of the samples. */
  before(async () => {
    faces = mkdtempSync(join(tmpdir(), 'terashi-faces-'));
    for (const [person, camera] of [
      ['holder', 'camera'],
      ['stranger', 'other-camera'],
    ] as const) {
      mkdirSync(join(faces, person));
      for (const frame of ['26', '30']) {
        const picture = sharp(join(installation.practice, camera, `${frame}.jpg`)).resize(640);
        await picture.toFile(join(faces, person, `${frame}.jpg`));
      }
    }
    mkdirSync(join(faces, 'third'));
    await portraitOf(sampled[2])
      .jpeg()
      .toFile(join(faces, 'third', '1.jpg'));
  });
  after(() => rmSync(faces, { recursive: true }));

  beforeEach(() => (out = mkdtempSync(join(tmpdir(), 'terashi-out-'))));
  afterEach(() => rmSync(out, { recursive: true }));

  /** The faces, with a file that is not a picture, a picture without a face, and an unrelated file. */
  async function withBadOnes(): Promise<string> {
    const folder = join(out, 'faces');
    cpSync(faces, folder, { recursive: true });
    writeFileSync(join(folder, 'holder', 'broken.jpg'), 'not a picture');
    writeFileSync(join(folder, 'holder', 'notes.txt'), 'not a picture either');
    writeFileSync(join(folder, 'holder', '._30.jpg'), 'what a Mac leaves behind');
    writeFileSync(join(folder, 'README.md'), 'about the faces');
    const { data, width, height } = noise(200);
    const wall = sharp(data, { raw: { width, height, channels: 3 } }).blur(3);
    await wall.png().toFile(join(folder, 'third', 'wall.png'));
    return folder;
  }

  describe('terashi evaluate', () => {
    it('compares every picture with every other, and writes figures and a page', async () => {
      const folder = await withBadOnes();
      const report = join(out, 'report.html');
      const { code, stdout, stderr } = await terashi(['evaluate', folder, '--json', '--report', report]);
      assert.equal(code, 0, stderr);
      const found = JSON.parse(stdout) as Evaluation;
      const { genuine, impostor, failedToEnrol, failures, auc, eer, fnmrAtFmr, withheld } = found;
      assert.deepEqual({ genuine, impostor, failedToEnrol }, { genuine: 2, impostor: 8, failedToEnrol: 2 });
      assert.deepEqual(failures, { 'unreadable-image': 1, 'no-portrait': 1 });
      assert.deepEqual({ auc, eer }, { auc: 1, eer: 0 });
      assert.deepEqual(fnmrAtFmr, { '0.01': null, '0.001': null, '0.0001': null });
      // Seven pictures make 21 pairs; those of the two bad ones are skipped.
      assert.equal(genuine + impostor + withheld.genuine + withheld.impostor, 21);
      assert.equal(found.aucInterval, null);
      assert(found.eerInterval.high > 0.5);
      assert.match(stderr, /holder\/broken\.jpg .*unreadable-image/);
      assert.match(stderr, /third\/wall\.png .*no-portrait.*no-face/);
      assert(!stderr.includes('notes.txt') && !stderr.includes('._30'));
      await checkPage(readFileSync(report, 'utf8'), found);
      assert.deepEqual(readdirSync(out).sort(), ['faces', 'report.html']);
    });

    it('compares the pairs of a list, with documents as if printed and scanned', async () => {
      const list = join(out, 'pairs.csv');
      writeFileSync(list, 'a,b,same\nstranger/30.jpg,stranger/26.jpg,1\nthird/1.jpg,"holder/30.jpg",0\n');
      const args = ['evaluate', faces, '--pairs', list, '--document-as', 'print-scan'];
      const { code, stdout, stderr } = await terashi(args);
      assert.equal(code, 0, stderr);
      assert.match(stdout, /印刷と読み取りの模擬/);
      assert.match(stdout, /genuine comparisons +1\n/);
      assert.match(stdout, /impostor comparisons +1\n/);
      assert.match(stdout, /failure to enrol +0\n/);
      assert.match(stdout, /too few pairs to tell/);
      assert.match(stdout, /Clopper–Pearson/);
    });

    it('compares the same pairs with probes fused from several pictures', async () => {
      const { code, stdout, stderr } = await terashi(['evaluate', faces, '--json', '--probe-as', 'pictures']);
      assert.equal(code, 0, stderr);
      const { genuine, impostor, probeAs, fuse } = JSON.parse(stdout) as Evaluation;
      assert.deepEqual([genuine, impostor, probeAs, fuse], [2, 8, 'pictures', 3]);
    });

    /** A woman and two men, of whom two are of one group. */
    function peopleTable(...more: string[]): string {
      const file = join(out, 'people.csv');
      const lines = ['id,age,gender,ethnicity', 'holder,40,male,west_asian', 'third,38,male,west_asian'];
      writeFileSync(file, [...lines, 'stranger,,female,white', ...more, ''].join('\n'));
      return file;
    }

    it('tells the strata of two recognisers side by side, on the same pictures', async () => {
      const report = join(out, 'report.html');
      const two = ['--people', peopleTable(), '--compare', 'recogniser=mobilefacenet'];
      const { code, stdout, stderr } = await terashi([
        'evaluate',
        faces,
        ...two,
        '--json',
        '--report',
        report,
      ]);
      assert.equal(code, 0, stderr);
      const answer = JSON.parse(stdout) as Answer;
      for (const { strata } of [answer, answer.compared!]) {
        // Of five pictures the two of the holder meet the one of the third person.
        assert.deepEqual(
          strata!.map(({ stratum, group, persons, impostor }) => [stratum, group, persons, impostor]),
          [
            ['any', null, 3, 8],
            ['sameGender', null, 2, 2],
            ['alike', null, 2, 2],
            ['group', 'west_asian', 2, 2],
          ],
        );
        // No two pairs share nobody. Of one trial that did not match the bound is 1 − 0.05, by Clopper and Pearson.
        for (const { fmr, fmrBound } of strata!) {
          assert(Math.abs(fmrBound - (fmr > 0 ? 1 : 0.95)) < 1e-9, `${fmr} ${fmrBound}`);
        }
      }
      assert.equal(answer.compared!.model.id, 'mobilefacenet');
      assert.deepEqual(
        answer.preferences!.map(({ stratum }) => stratum),
        ['any', 'sameGender', 'alike', 'group'],
      );
      const html = readFileSync(report, 'utf8');
      await checkDrawings(html, 1 + 2 * 2 + 2 * 2);
      for (const name of ['A dlib-resnet-mobilefacenet', 'B mobilefacenet']) {
        assert.equal(html.match(new RegExp(`<th scope="row">${name}</th>`, 'g'))!.length, 4);
      }
      assert.match(html, /西アジア・同じ性別[^\n]*2 人、別人 2 組、本人 1 組[^\n]*少人数/);
      assert.equal((html.match(/<table/g) ?? []).length, (html.match(/<caption>/g) ?? []).length);
      // Curves are told apart by dashes and numbers, not by colour only.
      assert.match(html, /curve-0" points=[^]*curve-1" stroke-dasharray="9 4"/);
    });

    it('compares two calibrations of one recogniser, each at the threshold that it gives', async () => {
      const file = join(out, 'own.json');
      await terashi(['calibrate', faces, '--out', file]);
      const args = ['evaluate', faces, '--compare', `calibration=${file}`];
      const { code, stdout, stderr } = await terashi([...args, '--json']);
      assert.equal(code, 0, stderr);
      const { atThreshold, calibration, compared, auc, preferences } = JSON.parse(stdout) as Answer;
      assert.deepEqual([calibration, compared!.calibration, preferences], [null, 'own.json', null]);
      assert.equal(atThreshold.threshold, builtManifest().fusions[0].threshold);
      assert.equal(compared!.auc, auc);
      // Eight comparisons cannot show 1 %: the nearest is the lowest score that no stranger reached.
      assert.equal(compared!.atThreshold.fmr, 0);
      assert(compared!.statedFmr > 0.01);
      const words = (await terashi(args)).stdout;
      assert.match(
        words,
        /A dlib-resnet-mobilefacenet\n[^]*B dlib-resnet-mobilefacenet \(own\.json\)\n[^]*calibration states there/,
      );
    });

    it('refuses a table of people, a recogniser or a calibration that does not fit, and writes nothing', async () => {
      const report = join(out, 'report.html');
      const table = peopleTable('nobody,30,male,white');
      const foreign = join(out, 'foreign.json');
      await terashi(['calibrate', faces, '--recogniser', 'mobilefacenet', '--out', foreign]);
      for (const [args, exit, expected] of [
        [['--people', table], 2, /line 5: there are no pictures of nobody/],
        [['--people', join(out, 'nowhere.csv')], 2, /cannot be read/],
        [['--compare', 'recogniser=nobody'], 2, /recogniser=dlib-resnet-mobilefacenet\|/],
        [['--compare', 'recogniser=dlib-resnet-mobilefacenet'], 2, /the same as the first/],
        [['--compare', `calibration=${foreign}`], 1, /calibrat/],
        [['--compare', `pack=${out}`], 1, /./],
      ] as const) {
        const { code, stdout, stderr } = await terashi(['evaluate', faces, ...args, '--report', report]);
        assert.equal(code, exit, stderr);
        assert.match(stderr, expected);
        assert.equal(stdout, '');
        assert(!existsSync(report));
      }
    });

    it('is cancelled by Ctrl-C, and writes nothing then', async () => {
      const report = join(out, 'report.html');
      const child = spawn(process.execPath, [program, 'evaluate', faces, '--report', report], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let [said, printed] = ['', ''];
      child.stderr.on('data', (data: Buffer) => (said += data.toString()));
      child.stdout.on('data', (data: Buffer) => (printed += data.toString()));
      const closed = once(child, 'close') as Promise<[number | null]>;
      await atWork(child.pid!);
      child.kill('SIGINT');
      assert.deepEqual((await closed)[0], 130, said);
      assert.match(said, /取りやめました。.*Cancelled/);
      assert.equal(printed, '');
      assert.deepEqual(readdirSync(out), []);
    });

    it('says what is wrong with its input and how to mend it, and writes nothing', async () => {
      const report = join(out, 'report.html');
      const folder = (...files: string[]): string => {
        const made = mkdtempSync(join(out, 'in-'));
        for (const file of files) {
          mkdirSync(join(made, file, '..'), { recursive: true });
          writeFileSync(join(made, file), 'no picture');
        }
        return made;
      };
      const list = (text: string): string[] => {
        const file = join(out, 'in.csv');
        writeFileSync(file, text);
        return [faces, '--pairs', file];
      };
      const cases: [() => string[], RegExp][] = [
        [() => [join(out, 'nowhere')], /cannot be read/],
        [() => [folder()], /no pictures/],
        [() => [folder('loose.jpg')], /no pictures/],
        [() => [folder('one/1.jpg', 'one/2.jpg')], /one person only/],
        [() => [folder('one/1.jpg', 'two/1.jpg')], /nobody has two/],
        [() => [folder('one/1.jpg', 'one/2.jpg', 'two/1.jpg')], /Too few pairs/],
        [() => [faces, '--pairs', join(out, 'nowhere.csv')], /cannot be read/],
        [() => list('x,y,z\n'), /line 1.*a,b,same/],
        [() => list('a,b,same\nholder/30.jpg,holder/26.jpg\n'), /line 2/],
        [() => list('a,b,same\nholder/30.jpg,gone.jpg,1\nthird/1.jpg,holder/30.jpg,0\n'), /gone\.jpg \(2\)/],
        [() => list('a,b,same\nholder/30.jpg,holder/26.jpg,1\n'), /both kinds/],
      ];
      for (const [input, expected] of cases) {
        const { code, stdout, stderr } = await terashi([
          'evaluate',
          ...input(),
          '--json',
          '--report',
          report,
        ]);
        assert.equal(code, 2, stderr);
        assert.match(stderr, expected);
        assert.match(stderr, /[ぁ-ん]。\n/);
        assert.equal(stdout, '');
        assert(!existsSync(report));
      }
      const elsewhere = ['--report', join(out, 'nowhere', 'report.html')];
      const { code, stderr } = await terashi(['evaluate', faces, ...elsewhere]);
      assert.equal(code, 2);
      assert.match(stderr, /cannot be written/);
    }).timeout(180_000);
  });

  describe('terashi calibrate', () => {
    it('writes how often strangers reach each score, and which rates that supports', async () => {
      const file = join(out, 'own.json');
      const { code, stdout, stderr } = await terashi(['calibrate', faces, '--out', file]);
      assert.equal(code, 0, stderr);
      const made = calibrationFile.parse(JSON.parse(readFileSync(file, 'utf8')));
      const models = await loadModels(installation);
      assert.equal(made.model, models.ok && models.value.recogniser.about.sha256);
      assert.deepEqual(Object.keys(made.strata), ['any']);
      const { people, comparisons, independent, points } = made.strata.any;
      assert.deepEqual([people, made.pictures, comparisons, independent], [3, 5, 8, 1]);
      assert.deepEqual(points[0], { similarity: 0, falseMatches: 8, upper95: 1 });
      assert.equal(points.at(-1)!.falseMatches, 0);
      // One trial without an event: 1 − 0.05.
      assert.ok(Math.abs(points.at(-1)!.upper95 - 0.95) < 1e-9);
      assert.match(made.data, /not independent/);
      assert.match(stdout, /worth 1\n/);
      assert.match(stdout, /not told: .*--people/);
      assert.deepEqual(readdirSync(out), ['own.json']);
    });

    it('signs it at once with a key', async () => {
      const [file, key] = [join(out, 'own.json'), join(out, 'key.pem')];
      const { privateKey } = generateKeyPairSync('ed25519');
      writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }));
      const { code, stderr } = await terashi(['calibrate', faces, '--out', file, '--key', key]);
      assert.equal(code, 0, stderr);
      const town = { municipality: textOf(privateKey), vendor: [] };
      assert.ok(readSigned(file, 100_000, 'calibration', town).ok);
      assert.ok(stderr.includes(`signing = "${town.municipality}"`));
    });

    it('tells of alike strangers by what the persons say of themselves', async () => {
      const [table, file] = [join(out, 'people.csv'), join(out, 'own.json')];
      const [one, other, third] = readdirSync(faces);
      writeFileSync(
        table,
        `id,age,gender,ethnicity\n${one},30,male,east_asian\n${other},34,male,east_asian\n${third},30,female,\n`,
      );
      const { code, stderr } = await terashi(['calibrate', faces, '--people', table, '--out', file]);
      assert.equal(code, 0, stderr);
      const { strata } = calibrationFile.parse(JSON.parse(readFileSync(file, 'utf8')));
      assert.deepEqual(
        [strata.any, strata.sameGender, strata.alike].map((each) => [each?.people, each?.groups]),
        [
          [3, { east_asian: 2 }],
          [2, { east_asian: 2 }],
          [2, { east_asian: 2 }],
        ],
      );
      assert.ok(strata.alike!.comparisons < strata.any.comparisons);
    });

    it('accepts a person with one picture, prints the file on request, and names what failed', async () => {
      const folder = join(out, 'faces');
      for (const person of ['stranger', 'third']) {
        mkdirSync(join(folder, person), { recursive: true });
        const [picture] = readdirSync(join(faces, person));
        cpSync(join(faces, person, picture), join(folder, person, picture));
      }
      writeFileSync(join(folder, 'third', 'broken.png'), 'not a picture');
      const { code, stdout, stderr } = await terashi(['calibrate', folder, '--json']);
      assert.equal(code, 0, stderr);
      const made = calibrationFile.parse(JSON.parse(stdout));
      assert.deepEqual([made.strata.any.people, made.pictures, made.strata.any.comparisons], [2, 2, 1]);
      assert.match(stderr, /third\/broken\.png/);
      assert.deepEqual(readdirSync(out), ['faces']);
    });

    it('refuses what it cannot use, and writes nothing', async () => {
      const file = join(out, 'own.json');
      const cases: [string[], RegExp][] = [
        [[join(out, 'nowhere')], /cannot be read/],
        [[join(faces, 'third')], /no pictures/],
        [[faces, '--out', join(out, 'nowhere', 'own.json')], /cannot be written/],
        [[faces, '--people', join(out, 'nowhere.csv')], /cannot be read/],
        [[faces, '--people', join(faces, 'third', readdirSync(join(faces, 'third'))[0])], /line 1: .*"id"/],
      ];
      for (const [args, expected] of cases) {
        const { code, stderr } = await terashi(['calibrate', '--out', file, ...args]);
        assert.equal(code, 2);
        assert.match(stderr, expected);
      }
      assert.deepEqual(readdirSync(out), []);
    });
  });

  describe('both commands', () => {
    it('print their usage', async () => {
      for (const name of ['evaluate', 'calibrate']) {
        const { code, stdout } = await terashi([name, '--help']);
        assert.equal(code, 0);
        assert.match(stdout, /--document-as print-scan/);
        assert.match(stdout, /--probe-as pictures[^]*--fuse N/);
      }
    });

    it('refuse what their usage does not name', async () => {
      const fuse = (...more: string[]) => ['a', '--fuse', ...more];
      // Both read their options by the same code.
      for (const args of [
        ['evaluate'],
        ['calibrate'],
        ['evaluate', 'a', 'b'],
        ['calibrate', 'a', '--document-as', 'fax'],
        ['evaluate', ...fuse('3')],
        ['calibrate', ...fuse('1', '--probe-as', 'pictures')],
        ['evaluate', ...fuse('many', '--probe-as', 'pictures')],
        ['calibrate', 'a', '--recogniser', 'nobody'],
        ['evaluate', 'a', '--nonsense'],
      ]) {
        const refused = await terashi(args);
        assert.equal(refused.code, 2);
        assert.match(refused.stderr, /--help/);
      }
    });
  });
});

/** Waits until the program has read as many bytes as the recogniser has: then it works on the pictures. */
async function atWork(pid: number): Promise<void> {
  const enough = builtManifest().recogniser.bytes;
  const bytesRead = () => Number(/^rchar: (\d+)/.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))![1]);
  await until('the models to be read', () => bytesRead() > enough, { seen: bytesRead });
}

/** Asserts that a page fetches nothing, closes its elements, draws its drawings, and has the figures in its table. */
async function checkPage(html: string, { genuine, impostor, model }: Evaluation): Promise<void> {
  assert.match(html, /^<!doctype html>\n<html lang="ja">/);
  assert.match(html, /default-src 'none'/);
  assert(!/https?:|<script|<link|<img|url\(|@import/.test(html));
  assert.match(html, /prefers-color-scheme: dark[^]*@media print/);
  await checkDrawings(html, 3);
  assert.equal((html.match(/class="threshold"/g) ?? []).length, 2);
  assert.match(
    html,
    new RegExp(`本人の組 <span lang="en">genuine comparisons</span></th><td>${genuine}</td>`),
  );
  assert.match(
    html,
    new RegExp(`他人の組 <span lang="en">impostor comparisons</span></th><td>${impostor}</td>`),
  );
  assert.match(html, /誤不一致率（誤一致率 0\.01 %）[^]*?too few pairs/);
  assert(html.includes(model.sha256.slice(0, 12)));
}

/** Asserts that a page is complete and draws as many drawings, each with a name. */
async function checkDrawings(html: string, expected: number): Promise<void> {
  assertBalanced(html);
  const drawings = html.match(/<svg[^>]*role="img"[^]*?<\/svg>/g) ?? [];
  assert.equal(drawings.length, expected);
  for (const drawing of drawings) {
    assert.match(drawing, /aria-label="[^"]*\/ [^"]*"/);
    assert(!/NaN|Infinity|undefined/.test(drawing));
    const alone = drawing.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"');
    const drawn = await sharp(Buffer.from(alone)).flatten({ background: 'white' }).png().toBuffer();
    const { channels } = await sharp(drawn).stats();
    assert(channels[0].stdev > 5, 'nothing is drawn');
  }
}

function assertBalanced(html: string): void {
  const open: string[] = [];
  for (const [, close, name, self] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)(?:"[^"]*"|[^">])*?(\/?)>/g)) {
    if (self || name === 'meta') continue;
    if (close) assert.equal(open.pop(), name);
    else open.push(name);
  }
  assert.deepEqual(open, []);
}
