import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { installation } from '../../../appliance/installation.js';
import type { Entry } from '../../../appliance/record/entry.js';
import { run, type Ended } from '../../../hardware-tests/counter/run.js';

const { root, practice } = installation;
/** ELF's numbers for machines (e_machine), from the System V ABI's supplements for each. */
const machines = { amd64: 62, arm64: 183 } as const;
const here = process.arch === 'x64' ? 'amd64' : 'arm64';

describe('the Debian package', function () {
  this.timeout(600_000);
  const folder = mkdtempSync(join(tmpdir(), 'terashi-package-test-'));
  after(() => rmSync(folder, { recursive: true }));
  const tree = (arch: string) => join(folder, arch);
  const home = (arch: string) => join(tree(arch), 'usr', 'lib', 'terashi');
  let packages: string[];

  before('build both', async () => {
    packages = await Promise.all(
      ['amd64', 'arm64'].map(async (arch) => {
        // Low compression: these packages are tested, and .ci/run makes the guest's image with one of them.
        const env = { DPKG_DEB_COMPRESSOR_LEVEL: '0' };
        const built = await run('npm', ['run', '--silent', 'package', '--', '--arch', arch], env);
        assert.equal(built.code, 0, built.stderr);
        const file = built.stdout.trim().split('\n').at(-1)!;
        const unpacked = await run('dpkg-deb', ['--extract', file, tree(arch)]);
        assert.equal(unpacked.code, 0, unpacked.stderr);
        return file;
      }),
    );
  });

  it('passes the checks of Debian', async () => {
    // Both are made by the same rules; this is the one for boxes.
    const file = packages.find((name) => name.endsWith('_arm64.deb'))!;
    const found = await run('lintian', ['--allow-root', '--fail-on', 'error', file]);
    assert.equal(found.code, 0, found.stdout);
  });

  for (const arch of ['amd64', 'arm64'] as const) {
    it(`contains what a box needs and nothing of the workbench (${arch})`, () => {
      assert.deepEqual(readdirSync(tree(arch)).sort(), ['etc', 'usr']);
      // For the firmware of scanners, which is not shipped.
      assert.deepEqual(readdirSync(join(tree(arch), 'etc'), { recursive: true }), [
        'terashi',
        'terashi/scanner',
      ]);
      assert.deepEqual(readdirSync(home(arch)).sort(), [
        'appliance',
        'build',
        'gstreamer',
        'models',
        'node',
        'node_modules',
        'package.json',
        'screen',
      ]);
      assert.deepEqual(readdirSync(join(home(arch), 'models')), ['manifest.json']);
      assert.deepEqual(readdirSync(join(home(arch), 'build')).sort(), ['appliance', 'onnx', 'programs']);
      const idle = files(tree(arch)).filter((path) =>
        /\.(ts|map|cc|h|stamp)$|\/tests?\/|tfjs|@vladmandic/.test(path),
      );
      assert.deepEqual(idle, []);
    });

    for (const [what, rooms, program] of [
      // The bench scanner reads picture files, which have to be whole.
      [
        "opens cameras and handles faces only in the vault's program",
        '(camera|face)/(?!jpeg/|picture-type|whole-picture)',
        'vault',
      ],
      ["loads a scanner's driver only in the program that scans", 'scanner/sane/', 'scanner'],
      ['handles scanned pages only in these two', 'scanner/', '(vault|scanner)'],
    ] as const) {
      it(`${what} (${arch})`, () => {
        const programs = join(home(arch), 'build', 'appliance');
        // esbuild names the source of each module above it.
        const source = new RegExp(`^// build/appliance/${rooms}`, 'm');
        const holders = files(programs).filter((path) => source.test(readFileSync(path, 'utf8')));
        assert.ok(holders.length > 0);
        const allowed = new RegExp(`^${program}/`);
        assert.deepEqual(
          holders.map((path) => relative(programs, path)).filter((path) => !allowed.test(path)),
          [],
        );
      });
    }

    it(`is compiled for its architecture (${arch})`, () => {
      const compiled = files(home(arch)).filter((path) => /\.node$|\.so(\.|$)|bin\/node$/.test(path));
      assert.ok(compiled.length >= 6, compiled.join('\n'));
      for (const path of compiled) assert.equal(machineOf(path), machines[arch], path);
    });
  }

  // What its programs ask of a system's libraries (readelf), in Debian's versions (the libraries' deb-symbols(5) files).
  for (const [library, asked] of [
    ['libc6', /^GLIBC_[\d.]+$/],
    ['libstdc++6', /^(GLIBCXX|CXXABI)_[\d.]+$/],
  ] as const) {
    it(`asks for the ${library} that its programs need, and for no newer one`, async () => {
      const programs = [tree('amd64'), tree('arm64')].flatMap(files).filter(isElf);
      const tags = (await Promise.all(programs.map(tagsNeeded))).flat().filter((tag) => asked.test(tag));
      const versions = await versionsIn(library);
      const lowest = [...new Set(tags)].map((tag) => versions.get(tag) ?? `${tag} is unknown to ${library}`);
      const highest = lowest.sort(new Intl.Collator('en', { numeric: true }).compare).at(-1);
      for (const file of packages) {
        const { stdout } = await run('dpkg-deb', ['--field', file, 'Depends']);
        assert.ok(stdout.includes(` ${library} (>= ${highest}),`), `${library} ${highest}: ${stdout}`);
      }
    });
  }
  it('can be loaded with pages of 16 KiB, as the kernel of a Raspberry Pi 5 has', async () => {
    const compiled = files(home('arm64')).filter(isElf);
    assert.ok(compiled.length >= 6, compiled.join('\n'));
    for (const path of compiled) {
      const alignments = await alignmentsOf(path);
      assert.ok(alignments.length > 0, path);
      // glibc refuses a segment whose alignment is no multiple of the page size (elf/dl-load.c, "not page-aligned").
      for (const alignment of alignments)
        assert.equal(alignment % 0x4000, 0, `${path}: 0x${alignment.toString(16)}`);
    }
  });

  const installed = (...args: string[]): Promise<Ended> =>
    run(join(home(here), 'node', 'bin', 'node'), [
      join(home(here), 'build', 'appliance', 'main.js'),
      ...args,
    ]);

  it('makes a whole visit with its own Node and models', async () => {
    const seen = ['--document', join(practice, 'card.png'), '--camera', join(practice, 'camera')];
    const visit = await installed('run', '--once', '--json', '--state', join(folder, 'state'), ...seen);
    assert.equal(visit.code, 0, visit.stderr);
    const { record } = JSON.parse(visit.stdout) as { record: Entry };
    assert.equal(record.outcome, 'verified');
  });

  it('contains the vendor’s bench test', async () => {
    const { code, stdout } = await installed('bench-test', '--help');
    assert.equal(code, 0);
    assert.match(stdout, /terashi bench-test/);
  });

  it('only compares one with one', async () => {
    const { code, stderr } = await installed('evaluate', practice);
    assert.equal(code, 2);
    assert.match(stderr, /The workbench is not installed here/);
  });

  it('has units that systemd accepts', async () => {
    const units = join(tree(here), 'usr', 'lib', 'systemd', 'system');
    const ours = readdirSync(units);
    const sources = readdirSync(join(root, 'systemd')).filter((name) => name !== 'README.md');
    assert.deepEqual(ours.sort(), sources.sort());
    // Targets and sockets that ours refer to.
    await cp('/usr/lib/systemd/system', units, { recursive: true, force: false });
    // One by one: a template that was checked before hides the instances that its socket starts.
    for (const unit of ours) {
      const checked = await run('systemd-analyze', ['verify', `--root=${tree(here)}`, unit]);
      assert.deepEqual([unit, checked.code, checked.stderr], [unit, 0, '']);
    }
  });

  // Highest permitted exposure: 0 is a unit that can do nothing, 10 one that can do everything.
  for (const [unit, exposure] of [
    ['terashi.service', 1.5],
    ['terashi-vault@.service', 0.9],
    ['terashi-lights.service', 2],
    ['terashi-update@.service', 0.9],
    ['terashi-export@.service', 0.9],
    // They mount where the whole box sees it, so that no folder can be hidden from them.
    ['terashi-mount-read@.service', 3.5],
    ['terashi-mount-write@.service', 3.5],
    ['terashi-clock@.service', 2],
    ['terashi-confirm.service', 0.9],
    ['terashi-screen.service', 1.5],
  ] as const) {
    it(`restricts ${unit}`, async () => {
      const threshold = `--threshold=${exposure * 10}`;
      const rated = await run('systemd-analyze', [
        'security',
        '--offline=true',
        '--no-pager',
        threshold,
        join(root, 'systemd', unit),
      ]);
      assert.equal(rated.code, 0, rated.stdout);
    });
  }
});

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}

/** Whether a file begins with ELF's magic number (System V ABI, "ELF Identification"). */
function isElf(path: string): boolean {
  return readFileSync(path).toString('latin1', 0, 4) === '\x7fELF';
}

/** In bytes: the alignment of each segment that is loaded, as binutils reads it. */
async function alignmentsOf(path: string): Promise<readonly number[]> {
  const { code, stdout, stderr } = await run('readelf', ['--segments', '--wide', path], { LC_ALL: 'C' });
  assert.equal(code, 0, stderr);
  return [...stdout.matchAll(/^ +LOAD .* (0x[0-9a-f]+)$/gm)].map(([, alignment]) => Number(alignment));
}

function machineOf(path: string): number {
  return readFileSync(path).readUInt16LE(18);
}

/** The symbol versions that a program needs of libraries, such as `GLIBC_2.34`. */
async function tagsNeeded(path: string): Promise<string[]> {
  const { stdout } = await run('readelf', ['--version-info', '--wide', path], { LC_ALL: 'C' });
  return [...stdout.matchAll(/ Name: (\S+) +Flags:/g)].map(([, tag]) => tag);
}

/** Debian's first version of a library with each symbol version. */
async function versionsIn(library: string): Promise<ReadonlyMap<string, string>> {
  const { stdout } = await run('dpkg-query', ['--control-show', `${library}:${here}`, 'symbols']);
  return new Map([...stdout.matchAll(/^ (\S+)@\1 (\S+)/gm)].map(([, tag, version]) => [tag, version]));
}
