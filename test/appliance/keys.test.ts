import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { terashi } from '../../hardware-tests/counter/counter.js';
import { parseSettings } from '../../appliance/settings/parse.js';

/** The expected values are those of Debian's age-keygen and OpenSSL. */
describe('terashi keys', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'terashi-keys-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('makes keys whose public halves the settings take, and replaces none', async () => {
    const made = await terashi(['keys', '--output', folder]);
    assert.equal(made.code, 0);
    const [export_, signing] = ['terashi-export.agekey', 'terashi-signing.pem'].map((name) =>
      join(folder, name),
    );
    for (const file of [export_, signing]) assert.equal(statSync(file).mode & 0o777, 0o600);
    const { settings, problems } = parseSettings(
      Buffer.from(made.stdout.slice(made.stdout.indexOf('[keys]'))),
    );
    assert.deepEqual(problems, []);
    const recipient = execFileSync('age-keygen', ['-y', export_], { encoding: 'utf8' }).trim();
    const der = execFileSync('openssl', ['pkey', '-in', signing, '-pubout', '-outform', 'DER']);
    assert.deepEqual(settings.keys, {
      export: recipient,
      signing: `ed25519:${der.subarray(-32).toString('base64')}`,
    });
    const before = readFileSync(export_);
    const again = await terashi(['keys', '--output', folder, '--json']);
    assert.equal(again.code, 1);
    assert.equal((JSON.parse(again.stdout) as { why: string }).why, 'exists');
    assert.ok(readFileSync(export_).equals(before));
    writeFileSync(join(folder, 'letter'), 'x');
    const open = ['records', 'open', join(folder, 'letter'), '--identity'];
    for (const [identity, why] of [
      [join(folder, 'letter'), 'not-an-identity'],
      [join(folder, 'nowhere'), 'identity-unreadable'],
      [export_, 'not-age'],
    ]) {
      const { code, stdout } = await terashi([...open, identity, '--json']);
      assert.deepEqual([code, (JSON.parse(stdout) as { why: string }).why], [1, why]);
    }
  });
});
