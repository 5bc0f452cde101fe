import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { checkInitrd, missingIn } from '../../../image/os/initrd.js';

const kernel = '6.12.0-test';
const modulesIn = join('usr', 'lib', 'modules', kernel, 'kernel');
const [verity, erofs, sha256] = ['drivers/md/dm-verity.ko', 'fs/erofs/erofs.ko', 'crypto/sha256_generic.ko'];

describe('an initrd', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-initrd-'));
  const root = join(folder, 'root');
  const initrd = join(folder, 'initrd');
  after(() => rmSync(folder, { recursive: true }));

  /** The root's list of what its kernel has built in, as kbuild writes it. */
  function buildIn(...modules: string[]): void {
    const version = join(root, 'usr', 'lib', 'modules', kernel);
    mkdirSync(version, { recursive: true });
    writeFileSync(join(version, 'modules.builtin'), modules.map((name) => `kernel/${name}\n`).join(''));
  }

  /** Packs files as the kernel takes them: a plain archive (microcode, on amd64), then one compressed with zstd. */
  function pack(...files: string[]): void {
    const archive = (names: readonly string[]) => {
      const tree = mkdtempSync(join(folder, 'tree-'));
      for (const name of names) {
        mkdirSync(join(tree, dirname(name)), { recursive: true });
        writeFileSync(join(tree, name), name);
      }
      const found = execFileSync('find', ['.', '-mindepth', '1'], { cwd: tree });
      return execFileSync('cpio', ['--quiet', '--create', '--format=newc'], { cwd: tree, input: found });
    };
    const early = archive(['kernel/x86/microcode/GenuineIntel.bin']);
    const main = execFileSync('zstd', ['--quiet', '--stdout'], { input: archive(files) });
    writeFileSync(initrd, Buffer.concat([early, main]));
  }

  const programs = ['usr/sbin/veritysetup', 'scripts/local-top/terashi-verity'];
  const modules = (...names: string[]) => names.map((name) => join(modulesIn, `${name}.xz`));

  it('opens a root with its modules in it, or in its kernel', async () => {
    buildIn();
    pack(...programs, ...modules(verity, erofs, sha256));
    assert.deepEqual(await missingIn(initrd, root), []);
    buildIn(verity, erofs, sha256);
    pack(...programs);
    assert.deepEqual(await missingIn(initrd, root), []);
  });

  it('needs one SHA-256: the portable one, or the processor’s own', async () => {
    buildIn(verity, erofs);
    for (const name of ['arch/arm64/crypto/sha2-ce.ko', 'arch/arm64/crypto/sha256-arm64.ko', sha256]) {
      pack(...programs, ...modules(name));
      assert.deepEqual(await missingIn(initrd, root), [], name);
    }
  });

  it('is refused, and what it lacks is named, with a remedy in both languages', async () => {
    buildIn('crypto/sha512_generic.ko', 'drivers/md/dm-mod.ko');
    pack('usr/sbin/blkid', ...modules('drivers/md/dm-crypt.ko'));
    const lacks = [
      'usr/sbin/veritysetup',
      'scripts/local-top/terashi-verity',
      'dm_verity',
      'erofs',
      'sha256_generic',
    ];
    assert.deepEqual(await missingIn(initrd, root), lacks);
    await assert.rejects(
      checkInitrd(initrd, root),
      /dm_verity、erofs.*確かめてください.*dm_verity, erofs.*Check/,
    );
  });

  for (const [lacking, files] of [
    ['dm_verity', [...programs, ...modules(erofs, sha256)]],
    ['erofs', [...programs, ...modules(verity, sha256)]],
    ['sha256_generic', [...programs, ...modules(verity, erofs)]],
    ['usr/sbin/veritysetup', [programs[1], ...modules(verity, erofs, sha256)]],
  ] as const) {
    it(`is refused without ${lacking} alone`, async () => {
      buildIn();
      pack(...files);
      await assert.rejects(checkInitrd(initrd, root), new RegExp(`lacks ${lacking}:`));
    });
  }

  it('is refused if it is torn', async () => {
    buildIn();
    pack(...programs, ...modules(verity, erofs, sha256));
    cpSync(initrd, `${initrd}.whole`);
    execFileSync('truncate', ['--size=-40', initrd]);
    await assert.rejects(checkInitrd(initrd, root));
  });
});
