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

import { installation } from '../../../../appliance/installation.js';
import { parseSettings } from '../../../../appliance/settings/parse.js';
import { defaults, settingKeys } from '../../../../appliance/settings/settings.js';
import { type Fleet, readFleet } from '../../../../image/os/fleet/fleet.js';
import { layOut } from '../../../../image/os/fleet/lay-out.js';
import { formatFleetProblems } from '../../../../image/os/fleet/problem.js';
import { places } from '../../../../image/os/fleet/settings-text.js';

const image = { name: 'terashi-0.1.0-rpi5.img.xz', sha256: '0123456789abcdef'.repeat(4) };

describe('a fleet', function () {
  this.timeout(300_000);
  const folder = mkdtempSync(join(tmpdir(), 'terashi-fleet-'));
  after(() => rmSync(folder, { recursive: true }));

  const write = (name: string, text: string | Uint8Array) => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  const read = (csv: string | Uint8Array, fleet = 'boxes = "boxes.csv"\n') => {
    write('boxes.csv', csv);
    write('fleet.toml', fleet);
    return readFleet(join(folder, 'fleet.toml'));
  };
  async function boxesOf(csv: string | Uint8Array, fleet?: string): Promise<Fleet['boxes']> {
    const found = await read(csv, fleet);
    assert(found.ok, found.ok ? '' : formatFleetProblems(found.error));
    return found.value.boxes;
  }
  /** `FILE:LINE` of each problem with its English words. */
  async function problemsOf(csv: string | Uint8Array, fleet?: string): Promise<string[]> {
    const found = await read(csv, fleet);
    assert(!found.ok);
    for (const { ja, en } of found.error)
      assert(/[ぁ-んァ-ヶ]/.test(ja) && /^[\x20-\x7e]+$/.test(en.replace(/".*?"/g, '')));
    return found.error.map(({ file, line, en }) => `${file}:${line ?? '-'} ${en}`);
  }

  const two = 'place.municipality,place.counter,serial\r\n甲州市,1番窓口,T-0001\r\n忍野村,"窓口, 2",\r\n';

  it('has one box a line, named by what its screen shows', async () => {
    const boxes = await boxesOf(two);
    assert.deepEqual(
      boxes.map(({ name, serial }) => [name, serial]),
      [
        ['甲州市 1番窓口', 'T-0001'],
        ['忍野村 窓口, 2', undefined],
      ],
    );
    const { settings, problems } = parseSettings(Buffer.from(boxes[1].toml));
    assert.deepEqual(problems, []);
    assert.deepEqual(settings, {
      ...defaults,
      place: { ...defaults.place, municipality: '忍野村', counter: '窓口, 2' },
    });
  });

  // What Excel writes: "CSV UTF-8" has a byte order mark and CRLF, a Mac's has LF, and lines of commas may follow.
  it('reads what spreadsheets write', async () => {
    const plain = await boxesOf(two);
    assert.deepEqual(await boxesOf(`\ufeff${two}`), plain);
    assert.deepEqual(await boxesOf(two.replaceAll('\r\n', '\n').trimEnd()), plain);
    assert.deepEqual(await boxesOf(two.replaceAll('\r\n', '\r')), plain);
    assert.deepEqual(await boxesOf(`${two},,\r\n\r\n,,,,\r\n`), plain);
    assert.deepEqual(await boxesOf(two.replace('甲州市,1番窓口', ' 甲州市 ,"1番窓口"')), plain);
  });

  it('takes texts, numbers and truths of a row before what all boxes have in common', async () => {
    write(
      'common.toml',
      '[place]\nmunicipality = "甲州市"\nsupport = "0555-00-0000"\n[visit]\nthreshold = 0.6\n',
    );
    const csv =
      'place.counter,visit.threshold,lights.required,time.key,place.support\n1,0.5,TRUE,90,\n2,,false,,03-0000-0000\n';
    const boxes = await boxesOf(csv, 'boxes = "boxes.csv"\nsettings = "common.toml"\n');
    const [one, other] = boxes.map(({ toml }) => parseSettings(Buffer.from(toml)).settings);
    assert.deepEqual(
      [one, other].map(({ place, visit, lights, time }) => [
        place.municipality,
        place.counter,
        place.support,
        visit.threshold,
        lights.required,
        time.key,
      ]),
      [
        ['甲州市', '1', '0555-00-0000', 0.5, true, 90],
        ['甲州市', '2', '03-0000-0000', 0.6, false, defaults.time.key],
      ],
    );
  });

  it('keeps the explanations for whoever edits a box, and says truly which values are its own', async () => {
    const [{ toml }] = await boxesOf(two);
    const annotated = readFileSync(installation.settings, 'utf8').split('\n');
    const changed = annotated.filter((line) => !toml.split('\n').includes(line));
    assert.equal(changed.length, 3, changed.join('\n'));
    assert.match(toml, /甲州市 1番窓口 のために書いた値:\n# place\.municipality, place\.counter\n/);
    assert.match(toml, /# ほかの値は、どれも何も書かないときの値（既定値）です。/);
    assert.doesNotMatch(toml, /書いてある値は、どれも何も書かないときの値/);
  });

  it('finds each setting once in the annotated file', () => {
    assert.deepEqual([...places.keys()].sort(), [...settingKeys].sort());
    assert.equal(new Set(places.values()).size, settingKeys.length);
  });

  it('tells every problem of every line at once, each with its line', async () => {
    const csv = [
      'place.municipality,place.counter,serial,visit.threshold,visit.fmr,lights.led1,lights.led2,model.calibration',
      '甲州市,1番窓口,T-1,2,,,,',
      '甲州市,１番窓口,T-1,0.5,0.02,,,',
      '甲州市,,,,,,,',
      '甲州市,../窓口,,,,,,k.json',
      '"甲\n州",x,,,,,,',
      'CON.x,y,,,,,,',
      '甲,乙,,,,9,9,,z',
    ].join('\n');
    const problems = await problemsOf(csv);
    const expected = [
      [2, /visit\.threshold: must be a number above 0/],
      [3, /"甲州市 １番窓口" is the same as in line 2/],
      [3, /serial: "T-1" is the same as in line 2/],
      [3, /visit\.threshold/],
      [3, /visit\.fmr/],
      [4, /place\.counter is missing/],
      [5, /"\/" in "甲州市 \.\.\/窓口" cannot be in a folder's name/],
      [5, /k\.json does not exist/],
      // A box uses no calibration that is not signed.
      [5, /k\.json\.sig does not exist/],
      [6, /place\.municipality: character 2 cannot be seen \(U\+000A/],
      // The text of line 6 has two lines.
      [8, /"CON" in "CON\.x y" cannot be in a folder's name/],
      [9, /more cells than the heading/],
      [9, /lights\.led1: has the same number as lights\.led2/],
      [9, /lights\.led2: has the same number as lights\.led1/],
    ] as const;
    assert.equal(problems.length, expected.length, problems.join('\n'));
    for (const [i, [line, words]] of expected.entries()) {
      assert(problems[i].startsWith(`boxes.csv:${line} `), problems[i]);
      assert.match(problems[i], words);
    }
  });

  it('refuses headings that are no settings, and says which is meant', async () => {
    assert.deepEqual(await problemsOf('place.municipality,place.countr,colour,serial,serial\na,b,c,d,e\n'), [
      'boxes.csv:1 there is no heading "place.countr". Is place.counter meant?',
      'boxes.csv:1 there is no heading "colour". A heading is the name of a setting, such as place.counter, or serial.',
      'boxes.csv:1 the heading "serial" is there twice. Leave one.',
    ]);
  });

  it('refuses a list without a box, other encodings, and quotation marks that do not match', async () => {
    const utf8 = /not UTF-8\. In Excel, choose Save as, "CSV UTF-8 \(Comma delimited\)"/;
    // 甲州市 in Shift_JIS (JIS X 0208, 25-35 29-03 27-52).
    const shiftJis = Buffer.concat([Buffer.from('place.counter\n'), Buffer.from('8d628f428e73', 'hex')]);
    for (const [csv, words] of [
      ['place.counter\n', /:1 there is no box below the heading/],
      ['place.counter,serial\r\n,\r\n', /:1 there is no box below the heading/],
      ['', /the file is empty/],
      [shiftJis, utf8],
      [Buffer.from(two, 'utf16le'), utf8],
      [
        'place.municipality,place.counter\n甲州市,"1番窓口\n忍野村,2\n',
        /quotation marks up to here do not match/,
      ],
    ] as const) {
      const problems = await problemsOf(csv);
      assert.equal(problems.length, 1);
      assert.match(problems[0], words);
    }
  });

  it('refuses a vendor’s file with other names, other values, or files from elsewhere', async () => {
    const [toml, unknown] = [
      await problemsOf(two, 'boxes = boxes.csv\n'),
      await problemsOf(two, '\nbox = "boxes.csv"\n'),
    ];
    assert.match(toml[0], /^fleet\.toml:1 not TOML/);
    assert.match(unknown.join('\n'), /boxes must be the path of the CSV/);
    assert.match(
      unknown.join('\n'),
      /^fleet\.toml:2 there is no "box"\. The names are boxes, settings, files,/m,
    );
    const files =
      'boxes = "boxes.csv"\nfiles = ["../etc/passwd", "/etc/passwd", "gone.nal", "Terashi.toml"]\n';
    assert.deepEqual(
      (await problemsOf(two, files)).map((problem) => problem.replace(/ (must|does|is made).*/, '')),
      ['../etc/passwd', '/etc/passwd', 'gone.nal', 'Terashi.toml'].map((file) => `fleet.toml:2 ${file}`),
    );
    assert.match((await problemsOf(two, 'boxes = "gone.csv"\n'))[0], /^gone\.csv:- there is no such file/);
  });

  it('tells what is wrong in the common settings beside what is wrong in the list', async () => {
    write('common.toml', '[visit]\npolicy = "never"\npolizy = "always"\n');
    const problems = await problemsOf(
      'place.counter\na\n',
      'boxes = "boxes.csv"\nsettings = "common.toml"\n',
    );
    assert.deepEqual(problems, [
      'common.toml:2 visit.policy: must be "always" or "in-doubt".',
      'common.toml:3 visit.polizy: there is no such setting. Is visit.policy meant?',
      "boxes.csv:2 place.municipality is missing. Fill that cell: it is part of the box's name.",
    ]);
  });

  it('notes characters that the screen of a box cannot draw', async () => {
    const found = await read('place.municipality,place.counter\n甲\u{20bb7}市,1\n');
    assert(found.ok);
    assert.deepEqual(
      found.value.notes.map(({ line, en }) => [line, en.includes('cannot draw')]),
      [[2, true]],
    );
  });

  it('is laid out as a whole, with the files that belong beside the settings, in place of an earlier one', async () => {
    const to = join(folder, 'out');
    write('scanner/60f_0A00.nal', 'firmware');
    write('koshu/calibration.json', '{}');
    write('koshu/calibration.json.sig', '{}');
    const csv =
      'place.municipality,place.counter,model.calibration\n甲州市,1,koshu/calibration.json\n忍野村,1,\n';
    const found = await read(csv, 'boxes = "boxes.csv"\nfiles = ["scanner/60f_0A00.nal"]\n');
    assert(found.ok);
    await layOut(found.value, image, to);
    mkdirSync(join(to, 'boxes', '甲州市 old'));
    await layOut(found.value, image, to);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.startsWith('out')),
      ['out'],
    );
    assert.deepEqual(readdirSync(to).sort(), ['boxes', 'labels', 'labels.html', 'labels.txt']);
    assert.deepEqual(readdirSync(join(to, 'boxes'), { recursive: true }).sort(), [
      '忍野村 1',
      '忍野村 1/scanner',
      '忍野村 1/scanner/60f_0A00.nal',
      '忍野村 1/terashi.toml',
      '甲州市 1',
      '甲州市 1/koshu',
      '甲州市 1/koshu/calibration.json',
      '甲州市 1/koshu/calibration.json.sig',
      '甲州市 1/scanner',
      '甲州市 1/scanner/60f_0A00.nal',
      '甲州市 1/terashi.toml',
    ]);
    assert.equal(
      readFileSync(join(to, 'boxes', '甲州市 1', 'terashi.toml'), 'utf8'),
      found.value.boxes[0].toml,
    );
  });

  it('leaves an earlier one as it was if it cannot be written', async () => {
    const to = join(folder, 'kept');
    const found = await read(two);
    assert(found.ok);
    await layOut(found.value, image, to);
    const before = readdirSync(to, { recursive: true });
    await assert.rejects(layOut({ ...found.value, files: ['gone'] }, image, to), /ENOENT/);
    assert.deepEqual(readdirSync(to, { recursive: true }), before);
    assert(!existsSync(`${to}.new`) && !existsSync(`${to}.old`));
  });

  it('has room for 10,000 boxes', async () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => `第${i}市,1番窓口,T-${i}\n`);
    const boxes = await boxesOf(`place.municipality,place.counter,serial\n${rows.join('')}`);
    assert.equal(new Set(boxes.map(({ toml }) => toml)).size, 10_000);
    assert.equal(boxes[9_999].name, '第9999市 1番窓口');
  });

  // RFC 4180, 2: rules 5 to 7.
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
    // First cut, then cleaned of the half of a pair that the cut may leave.
    .map((text) => text.slice(0, 20).replace(/[\p{C}\p{Z}<>:"/\\|?*.\u2800\u115f\u1160\u3164\uffa0]/gu, ''))
    .filter((text) => text !== '');

  it('gives each box what its line says, whatever the names are', async () => {
    const rows = fc.uniqueArray(fc.tuple(name, name, fc.double({ min: 0.01, max: 1, noNaN: true })), {
      minLength: 1,
      maxLength: 5,
      selector: ([municipality, counter]) => `${municipality} ${counter}`.normalize('NFKC').toLowerCase(),
    });
    await fc.assert(
      fc.asyncProperty(rows, async (all) => {
        const lines = all.map((row) => row.map((cell) => quoted(String(cell))).join(','));
        const found = await read(`place.municipality,place.counter,visit.threshold\n${lines.join('\n')}`);
        if (!found.ok) {
          // Windows' device names, and blanks that only NFKC makes of a letter.
          assert(
            found.error.every(({ en }) => /folder's name|same as in line/.test(en)),
            formatFleetProblems(found.error),
          );
          return;
        }
        assert.equal(found.value.boxes.length, all.length);
        for (const [i, [municipality, counter, threshold]] of all.entries()) {
          const { settings, problems } = parseSettings(Buffer.from(found.value.boxes[i].toml));
          assert.deepEqual(problems, []);
          assert.deepEqual(
            [settings.place.municipality, settings.place.counter, settings.visit.threshold],
            [municipality, counter, threshold],
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is refused with words or read, whatever the files hold', async () => {
    const cell = fc.oneof(
      fc.string(),
      fc.constantFrom('place.municipality', 'place.counter', '甲', '1', '"', '../x', ''),
    );
    const sheet = fc
      .array(fc.array(cell, { maxLength: 5 }), { maxLength: 5 })
      .map((rows) => rows.map((row) => row.join(',')).join('\n'));
    const bytes = fc.oneof(
      sheet.map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 200 }).map((each) => Buffer.from(each)),
    );
    const toml = fc.oneof(
      fc.constant('boxes = "boxes.csv"'),
      fc.string(),
      fc.constant('boxes = ["boxes.csv"]'),
    );
    await fc.assert(
      fc.asyncProperty(bytes, toml, async (csv, fleet) => {
        const found = await read(csv, fleet);
        if (found.ok) assert(found.value.boxes.length > 0);
        else assert(found.error.length > 0 && found.error.every(({ ja, en }) => ja !== '' && en !== ''));
      }),
      { numRuns: 200 },
    );
  });
});
