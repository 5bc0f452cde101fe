import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ownLibcamera } from '../../../image/os/userspace.js';
import { run } from '../../../hardware-tests/counter/run.js';

const versions = {
  Debian: { libcamera: '0.9-1', other: '2' },
  'Raspberry Pi Foundation': { libcamera: '0.7.0+rpt20260205-1', other: '1' },
} as const;

describe('an image for a Raspberry Pi', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-archives-'));
  const at = (...names: string[]) => join(folder, ...names);
  const apt = (program: string, ...args: string[]) => {
    const roots = [`Dir=${at('apt')}`, 'Dir::Etc::trusted=/dev/null', 'APT::Architecture=arm64'];
    return run(program, [...[...roots, 'APT::Sandbox::User=root'].flatMap((each) => ['-o', each]), ...args]);
  };
  after(() => rmSync(folder, { recursive: true }));

  /** An archive with these packages, and nothing in them. */
  function lay(origin: keyof typeof versions, ...names: string[]): string {
    const archive = at(origin.replaceAll(' ', '-'));
    mkdirSync(archive);
    const { libcamera, other } = versions[origin];
    const paragraphs = names.map((name) => {
      const version = name.includes('cam') ? libcamera : other;
      const file = `Filename: ./${name}.deb\nSize: 1\nSHA256: ${'0'.repeat(64)}\n`;
      return `Package: ${name}\nVersion: ${version}\nArchitecture: arm64\n${file}`;
    });
    const packages = paragraphs.join('\n');
    const hash = createHash('sha256').update(packages).digest('hex');
    writeFileSync(join(archive, 'Packages'), packages);
    writeFileSync(
      join(archive, 'Release'),
      `Origin: ${origin}\nDate: Mon, 30 Nov 2026 00:00:00 UTC\nSHA256:\n ${hash} ${packages.length} Packages\n`,
    );
    return `deb [trusted=yes] file:${archive} ./\n`;
  }

  before(async () => {
    for (const name of [
      'etc/apt/preferences.d',
      'var/lib/apt/lists/partial',
      'var/lib/dpkg',
      'var/cache/apt/archives/partial',
    ])
      mkdirSync(at('apt', name), { recursive: true });
    writeFileSync(at('apt/var/lib/dpkg/status'), '');
    const both = ['libcamera-ipa', 'rpicam-apps-core', 'libc6'];
    writeFileSync(
      at('apt/etc/apt/sources.list'),
      lay('Debian', ...both, 'libcamera-tools') + lay('Raspberry Pi Foundation', ...both),
    );
    writeFileSync(at('apt/etc/apt/preferences.d/raspberry-pi.pref'), ownLibcamera);
    const { code, stderr } = await apt('apt-get', 'update');
    assert.equal(code, 0, stderr);
  });

  const candidate = async (name: string) =>
    /Candidate: (\S+)/.exec((await apt('apt-cache', 'policy', name)).stdout)?.[1];

  it('has Raspberry Pi’s libcamera and its programs, even if Debian’s are newer', async () => {
    for (const name of ['libcamera-ipa', 'rpicam-apps-core'])
      assert.equal(await candidate(name), '0.7.0+rpt20260205-1', name);
  });

  it('has the newest of everything else', async () => {
    assert.equal(await candidate('libc6'), '2');
    assert.equal(await candidate('libcamera-tools'), '0.9-1');
  });
});
