import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installation } from '../../../appliance/installation.js';
import { checkSecureBootKeys } from '../../../image/os/uefi/secure-boot.js';
import { run } from '../../../hardware-tests/counter/run.js';

describe('the keys that sign what starts a box', () => {
  const folder = mkdtempSync(join(tmpdir(), 'boot-keys-'));
  after(() => rmSync(folder, { recursive: true }));
  const at = (name: string) => join(folder, name);

  it('are refused, before anything is built, where they fit neither the board nor each other', async () => {
    const main = join(installation.root, 'build', 'image', 'os', 'main.js');
    const archive = ['--raspberry-pi-archive', 'http://localhost', '--raspberry-pi-key', 'key.pgp'];
    const both = ['--secure-boot-key', 'a.pem', '--secure-boot-certificate', 'b.pem'];
    for (const args of [
      ['--board', 'qemu-amd64', '--secure-boot-key', 'a.pem'],
      ['--board', 'qemu-amd64', '--secure-boot-certificate', 'b.pem'],
      ['--board', 'qemu-amd64', '--boot-key', 'a.pem'],
      ['--board', 'qemu-amd64', '--debug', ...both],
      ['--board', 'rpi5', ...archive, ...both],
      ['--board', 'rpi5', ...archive, '--debug', '--boot-key', 'a.pem'],
      ['--fleet', 'fleet.toml', '--image', 'a.img.xz', ...both],
    ]) {
      const { code, stdout, stderr } = await run(process.execPath, [main, ...args]);
      assert.deepEqual([code, stdout], [2, ''], args.join(' '));
      assert.match(stderr, /--secure-boot-key/);
    }
  });

  it('are refused with the remedy where they cannot sign', async () => {
    const pair = (name: string, kind: readonly string[], encryption = ['-noenc']) => {
      const files = ['-keyout', at(`${name}.key`), '-out', at(`${name}.pem`)];
      const asked = ['req', '-x509', '-newkey', ...kind, ...encryption, '-subj', '/CN=x', ...files];
      execFileSync('openssl', asked, { stdio: 'ignore' });
    };
    pair('good', ['rsa:2048']);
    pair('short', ['rsa:1024']);
    pair('other', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']);
    pair('encrypted', ['rsa:2048'], ['-passout', 'pass:secret']);
    writeFileSync(at('torn.key'), '-----BEGIN PRIVATE KEY-----\n');
    await checkSecureBootKeys({ key: at('good.key'), certificate: at('good.pem') });
    for (const [key, certificate] of [
      ['short.key', 'short.pem'],
      ['other.key', 'other.pem'],
      ['encrypted.key', 'encrypted.pem'],
      ['good.key', 'short.pem'],
      ['torn.key', 'good.pem'],
      ['good.key', 'good.key'],
      ['missing.key', 'good.pem'],
    ])
      await assert.rejects(
        checkSecureBootKeys({ key: at(key), certificate: at(certificate) }),
        /give an RSA key of 2048 bits that is not encrypted, and its certificate/,
        key,
      );
  });
});
