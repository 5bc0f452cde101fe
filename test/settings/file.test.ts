import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import { locateSettings } from '../../appliance/settings/locate.js';
import { parseSettings } from '../../appliance/settings/parse.js';
import { findSettings, readSettings } from '../../appliance/settings/read.js';
import { defaults } from '../../appliance/settings/settings.js';
import { problemWords } from '../../appliance/settings/words.js';
import { scratchFolder } from '../record/scratch.js';

const example = readFileSync(installation.settings, 'utf8');

/** What an editor on a Windows PC makes of the same text, by the name that its menu has for it. */
const saved = (text: string, encoding: string) =>
  execFileSync('iconv', ['--from-code', 'UTF-8', '--to-code', encoding], { input: text });

describe('a settings file from a Windows PC', () => {
  const windows = example.replace('counter = ""', 'counter = "1番窓口"').replaceAll('\n', '\r\n');
  const problems = (bytes: Uint8Array) => parseSettings(bytes).problems;

  it('is read as UTF-8 with and without a byte order mark, its lines ending in either way', () => {
    for (const text of [windows, `\uFEFF${windows}`, windows.replaceAll('\r\n', '\n')]) {
      const read = parseSettings(Buffer.from(text));
      assert.deepEqual(read.problems, []);
      assert.equal(read.settings.place.counter, '1番窓口');
    }
  });

  it('is known as UTF-16 or Shift_JIS, and the remedy is told as Notepad names it', () => {
    const shiftJis = saved(windows, 'SHIFT_JIS');
    const cases = [
      [saved(`\uFEFF${windows}`, 'UTF-16LE'), 'utf-16', 1],
      [saved(`\uFEFF${windows}`, 'UTF-16BE'), 'utf-16', 1],
      [saved(windows, 'UTF-16LE'), 'utf-16', 1],
      [shiftJis, 'shift-jis', 1],
      [saved('[place]\r\ncounter = "1番窓口"\r\n', 'SHIFT_JIS'), 'shift-jis', 2],
      [saved('[place]\n# あ\nmunicipality = "甲州市"\n', 'EUC-JP'), undefined, 2],
      [Buffer.from([0x5b, 0x0a, 0xff, 0xff]), 'not-utf8', 2],
    ] as const;
    for (const [bytes, what, line] of cases) {
      const read = parseSettings(bytes);
      const [problem] = read.problems;
      if (what) assert.deepEqual(read.problems, [{ what, line }]);
      assert.equal('line' in problem && problem.line, line);
      assert.deepEqual(read.settings, defaults);
      const { ja, en } = problemWords(problem, read);
      assert.match(ja, /UTF-8」?(を選び、|で)保存し直してください/);
      assert.match(en, /UTF-8/);
    }
  });

  it('is told from one that a power cut emptied, or filled with nothing', () => {
    assert.deepEqual(problems(Buffer.alloc(0)), [{ what: 'empty', line: 1 }]);
    assert.deepEqual(problems(Buffer.from('\uFEFF\r\n  \r\n')), [{ what: 'empty', line: 1 }]);
    for (const length of [1, 2, 512, 4096]) {
      assert.deepEqual(problems(Buffer.alloc(length)), [{ what: 'blanked', line: 1 }], String(length));
    }
    const lines = windows.slice(0, 1000).split('\n').length;
    const half = Buffer.concat([Buffer.from(windows.slice(0, 1000)), Buffer.alloc(3000)]);
    assert.deepEqual(problems(half), [{ what: 'blanked', line: lines }]);
    assert.deepEqual(problems(Buffer.from('# nothing but a comment')), []);
  });

  it('may have a number that no JavaScript number can be, and is read but for that', () => {
    const read = parseSettings(Buffer.from('[visit]\nway = "form"\nfmr = 123456789012345678901234567890\n'));
    assert.deepEqual(read.problems, [{ what: 'wrong-value', line: 3, key: 'visit.fmr' }]);
    assert.equal(read.settings.visit.way, 'form');
  });
});

describe('a settings file that cannot be read', () => {
  const folder = scratchFolder();

  it('is a problem, with all defaults: missing, a folder, endless, or far too large', async () => {
    const file = join(folder(), 'terashi.toml');
    const problem = async (path: string) => {
      const read = await readSettings(path);
      assert.deepEqual(read.settings, defaults);
      return read.problems;
    };
    assert.deepEqual(await problem(file), [{ what: 'missing' }]);
    assert.deepEqual(await problem(folder()), [{ what: 'unreadable' }]);
    assert.deepEqual(await problem(join(installation.settings, 'under-a-file')), [{ what: 'unreadable' }]);
    assert.deepEqual(await problem('/dev/zero'), [{ what: 'unreadable' }]);
    execFileSync('mkfifo', [join(folder(), 'pipe')]);
    assert.deepEqual(await problem(join(folder(), 'pipe')), [{ what: 'unreadable' }]);
    symlinkSync(file, file);
    assert.deepEqual(await problem(file), [{ what: 'unreadable' }]);
    rmSync(file);
    for (const size of [32 * 1024 + 1, 50_000_000]) {
      writeFileSync(file, '#'.repeat(size));
      assert.deepEqual(await problem(file), [{ what: 'too-large' }]);
    }
    writeFileSync(file, '#'.repeat(32 * 1024));
    assert.deepEqual(await problem(file), []);
  });

  it('may be one that the card fails to read', async () => {
    // The memory of a process is a file of which the kernel says EIO at its beginning.
    const read = await readSettings('/proc/self/mem');
    assert.deepEqual(read.problems, [{ what: 'unreadable' }]);
    // The kernel's list of its symbols says that it is empty, and has megabytes.
    assert.deepEqual((await readSettings('/proc/kallsyms')).problems, [{ what: 'too-large' }]);
  });

  it('may have got another name, because Windows hides the end of names', async () => {
    const file = join(folder(), 'terashi.toml');
    writeFileSync(`${file}.txt`, '[visit]\nway = "form"\n');
    const found = await findSettings(join(folder(), 'state'), undefined, [file]);
    assert.deepEqual([found.file, found.problems], [file, [{ what: 'misnamed' }]]);
    renameSync(`${file}.txt`, file);
    assert.equal((await findSettings(join(folder(), 'state'), undefined, [file])).settings.visit.way, 'form');
  });
});

describe('the settings file', () => {
  const folder = scratchFolder();

  afterEach(() => {
    delete process.env.TERASHI_SETTINGS;
  });

  it('is the one that is named, else the one of the environment, else the first that is there', async () => {
    const [older, newer] = ['a', 'b'].map((name) => join(folder(), name));
    assert.equal(await locateSettings(undefined, [newer, older]), undefined);
    writeFileSync(older, '');
    assert.equal(await locateSettings(undefined, [newer, older]), older);
    // What cannot be looked at is there: a folder, here.
    mkdirSync(newer);
    assert.equal(await locateSettings(undefined, [newer, older]), newer);
    process.env.TERASHI_SETTINGS = join(folder(), 'c');
    assert.equal(await locateSettings(undefined, [newer, older]), join(folder(), 'c'));
    assert.equal(await locateSettings('d.toml', [newer, older]), join(process.cwd(), 'd.toml'));
    process.env.TERASHI_SETTINGS = '';
    assert.equal(await locateSettings(undefined, [newer, older]), newer);
  });
});
