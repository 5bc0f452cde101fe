import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import { ok } from '../../appliance/result.js';
import { textOf } from '../../appliance/signature/municipal-key.js';
import { readSigned } from '../../appliance/signature/signed-file.js';
import { startVault } from '../../appliance/vault-client/start-vault.js';
import { terashi } from '../../hardware-tests/counter/counter.js';
import { builtManifest } from './built.js';

describe('terashi sign', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-sign-'));
  const path = (name: string) => join(folder, name);
  after(() => rmSync(folder, { recursive: true }));

  const { privateKey } = generateKeyPairSync('ed25519');
  const town = textOf(privateKey);
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  const locked = privateKey.export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: '合言葉',
  });

  before(() => {
    const { recogniser, fusions } = builtManifest();
    const [{ calibration }] = fusions;
    const head = { version: 2, model: recogniser.sha256, date: '2026-11-22', pictures: 30 };
    writeFileSync(path('own.json'), JSON.stringify({ ...head, ...calibration }));
    const { source: _, ...net } = recogniser;
    copyFileSync(join(installation.models, net.file), path(net.file));
    writeFileSync(path('manifest.json'), JSON.stringify({ version: 1, recogniser: { ...net, id: 'own' } }));
    writeFileSync(path('terashi-signing.pem'), pem);
    writeFileSync(path('locked.pem'), locked);
    writeFileSync(path('passphrase'), '合言葉\n');
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'rsa:2048', '-noenc', '-days', '2', '-subj', '/CN=vendor'],
        ...['-keyout', path('vendor.key'), '-out', path('vendor.cert')],
      ],
      { stdio: 'ignore' },
    );
  });

  const read = (vendor: readonly X509Certificate[] = []) =>
    readSigned(path('own.json'), 100_000, 'calibration', { municipality: town, vendor });

  for (const [what, args] of [
    ["municipality's key", ['--key', 'terashi-signing.pem']],
    ['same key with its passphrase', ['--key', 'locked.pem', '--passphrase', 'passphrase']],
  ] as const)
    it(`signs a calibration with the ${what}, and says what a box needs`, async () => {
      rmSync(path('own.json.sig'), { force: true });
      const named = args.map((arg) => (arg.startsWith('--') ? arg : path(arg)));
      const { code, stdout, stderr } = await terashi(['sign', path('own.json'), ...named]);
      assert.equal(code, 0, stderr);
      assert.deepEqual(read(), ok(readFileSync(path('own.json'))));
      assert.ok(stdout.includes(`signing = "${town}"`), stdout);
    });

  it("signs it with the vendor's key", async () => {
    const keys = ['--key', path('vendor.key'), '--certificate', path('vendor.cert')];
    const { code, stdout } = await terashi(['sign', path('own.json'), ...keys, '--json']);
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(stdout), {
      file: path('own.json'),
      signature: path('own.json.sig'),
      purpose: 'calibration',
      by: 'vendor',
      setting: null,
    });
    assert.ok(read([new X509Certificate(readFileSync(path('vendor.cert')))]).ok);
    assert.ok(!read().ok);
  });

  it('signs a pack by its folder, and a vault takes it with that key and no other', async () => {
    const { code, stderr } = await terashi(['sign', folder, '--key', path('terashi-signing.pem')]);
    assert.equal(code, 0, stderr);
    const started = async (trust: string | undefined) => {
      const vault = await startVault({ pack: folder, trust });
      if (vault.ok) await vault.value.erase();
      return vault.ok ? vault.value.recogniser.model : vault.error;
    };
    assert.equal(await started(town), 'own');
    const other = textOf(generateKeyPairSync('ed25519').privateKey);
    assert.equal(await started(other), 'model-signer-unknown');
    assert.equal(await started(undefined), 'model-signer-unknown');
  }).timeout(120_000);

  it('refuses what cannot be signed, or cannot sign, says why, and writes nothing', async () => {
    rmSync(path('own.json.sig'), { force: true });
    writeFileSync(path('not.json'), '{"version":2}');
    const key = ['--key', path('terashi-signing.pem')];
    for (const [args, why] of [
      [[path('own.json')], /--key is needed/],
      [[...key], /name one file/],
      [[path('nowhere.json'), ...key], /cannot be read/],
      [[path('not.json'), ...key], /neither a calibration nor/],
      [[path('own.json'), '--key', path('nowhere.pem')], /cannot be read/],
      [[path('own.json'), '--key', path('own.json')], /no private key/],
      [[path('own.json'), '--key', path('locked.pem')], /its passphrase/],
      [[path('own.json'), '--key', path('vendor.key')], /not a municipality's key/],
      [[path('own.json'), ...key, '--certificate', path('vendor.cert')], /not the certificate of that key/],
    ] as const) {
      const { code, stderr } = await terashi(['sign', ...args]);
      assert.equal(code, 2, args.join(' '));
      assert.match(stderr, why);
    }
    assert.ok(!existsSync(path('own.json.sig')) && !existsSync(path('not.json.sig')));
  }).timeout(60_000);
});
