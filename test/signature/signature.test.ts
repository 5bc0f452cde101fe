import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { err, ok } from '../../appliance/result.js';
import { municipalKey, publicKeyOf, textOf } from '../../appliance/signature/municipal-key.js';
import {
  longestSignature,
  type Signers,
  signatureOf,
  verifySignature,
} from '../../appliance/signature/signature.js';
import { readSigned, signersHere } from '../../appliance/signature/signed-file.js';

const folder = mkdtempSync(join(tmpdir(), 'terashi-signature-'));
after(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);
const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'ignore'] });

const content = Buffer.from('{"version":2}');
const town = generateKeyPairSync('ed25519').privateKey;
const stranger = generateKeyPairSync('ed25519').privateKey;
const ofTown: Signers = { municipality: textOf(town), vendor: [] };
const signed = Buffer.from(signatureOf(content, 'calibration', town));

describe("a municipality's key as text", () => {
  // RFC 8032, section 7.1, test 1: secret and public key.
  const secret = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
  const published = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a';
  const text = `ed25519:${Buffer.from(published, 'hex').toString('base64')}`;

  it('is what RFC 8032 gives for a private key', () => {
    const pkcs8 = Buffer.from(`302e020100300506032b657004220420${secret}`, 'hex');
    const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
    assert.equal(textOf(key), text);
    assert.equal(textOf(publicKeyOf(text)), text);
  });

  it('is refused in any other form', () => {
    const last = text.slice(0, -2);
    const other = [
      text.slice(8),
      `${text} `,
      text.replace('ed25519', 'age'),
      `${last}p=`,
      `ed25519:${'A'.repeat(40)}`,
    ];
    for (const wrong of other) assert.ok(!municipalKey.safeParse(wrong).success, wrong);
    assert.throws(() => textOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey), RangeError);
  });
});

describe('a signature file', () => {
  it('is accepted for its file, its purpose and its key, and for nothing else', () => {
    assert.deepEqual(verifySignature(content, 'calibration', signed, ofTown), ok());
    const other = Buffer.from('{"version":3}');
    assert.deepEqual(verifySignature(other, 'calibration', signed, ofTown), err('other-file'));
    assert.deepEqual(verifySignature(content, 'pack', signed, ofTown), err('other-file'));
    for (const municipality of [textOf(stranger), undefined])
      assert.deepEqual(
        verifySignature(content, 'calibration', signed, { municipality, vendor: [] }),
        err('foreign-key'),
      );
  });

  it('is not accepted with the right key and the signature of another', () => {
    const forged = JSON.parse(signatureOf(content, 'calibration', stranger)) as object;
    const file = Buffer.from(JSON.stringify({ ...forged, key: textOf(town) }));
    assert.deepEqual(verifySignature(content, 'calibration', file, ofTown), err('other-file'));
  });

  it('is what OpenSSL makes and verifies', () => {
    const message = path('message');
    const digest = createHash('sha256').update(content).digest();
    writeFileSync(message, Buffer.concat([Buffer.from('terashi calibration 1\n'), digest]));
    writeFileSync(path('town.pem'), town.export({ type: 'pkcs8', format: 'pem' }));
    const { signature } = JSON.parse(signed.toString()) as { signature: string };
    const made = openssl('pkeyutl', '-sign', '-rawin', '-inkey', path('town.pem'), '-in', message);
    // Ed25519 is deterministic: the same key and message give the same signature.
    assert.equal(made.toString('base64'), signature);
  });

  it("is accepted from the vendor's certificate, or one that it issued", () => {
    const certificate = (name: string, kind: readonly string[], issuer: readonly string[] = []) => {
      const files = ['-keyout', path(`${name}.key`), '-out', path(`${name}.cert`)];
      const subject = ['-noenc', '-days', '2', '-subj', `/CN=${name}`];
      openssl('req', '-x509', '-newkey', ...kind, ...subject, ...files, ...issuer);
      return {
        key: createPrivateKey(readFileSync(path(`${name}.key`))),
        certificate: new X509Certificate(readFileSync(path(`${name}.cert`))),
      };
    };
    const vendor = certificate('vendor', ['rsa:2048']);
    const issued = certificate(
      'issued',
      ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
      ['-CA', path('vendor.cert'), '-CAkey', path('vendor.key')],
    );
    const other = certificate('other', ['ed25519']);
    const signers = signersHere(undefined, path('vendor.cert'));
    assert.equal(signers.vendor.length, 1);
    const verified = ({ key, certificate }: typeof vendor) =>
      verifySignature(content, 'pack', Buffer.from(signatureOf(content, 'pack', key, certificate)), signers);
    assert.deepEqual(verified(vendor), ok());
    assert.deepEqual(verified(issued), ok());
    assert.deepEqual(verified(other), err('foreign-key'));
    assert.throws(() => signatureOf(content, 'pack', other.key, vendor.certificate), RangeError);
    // A machine without the keyring trusts no vendor.
    assert.deepEqual(signersHere(undefined, path('none')).vendor, []);
  });

  it('is refused if one byte of it, or of what it signs, is another, or it is cut', () => {
    const accepts = (bytes: Uint8Array, file: Uint8Array) =>
      verifySignature(bytes, 'calibration', file, ofTown).ok;
    const flipped = (bytes: Uint8Array, at: number, bit: number) =>
      Buffer.from(bytes).fill(bytes[at] ^ (1 << bit), at, at + 1);
    const bit = fc.nat(7);
    // The line's end says nothing.
    const inLine = fc.nat(signed.length - 2);
    fc.assert(fc.property(inLine, bit, (at, bit) => !accepts(content, flipped(signed, at, bit))));
    fc.assert(fc.property(inLine, (at) => !accepts(content, signed.subarray(0, at))));
    fc.assert(
      fc.property(fc.nat(content.length - 1), bit, (at, bit) => !accepts(flipped(content, at, bit), signed)),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (file) => !accepts(content, file)));
  });
});

describe('a file that must be signed', () => {
  const file = path('calibration.json');
  const read = (trusted: Signers | 'anybody' = ofTown) => readSigned(file, 100, 'calibration', trusted);
  const sign = (bytes: string | Uint8Array) => writeFileSync(`${file}.sig`, bytes);
  beforeEach(() => {
    writeFileSync(file, content);
    rmSync(`${file}.sig`, { force: true, recursive: true });
  });

  it('is read with its signature beside it', () => {
    sign(signed);
    assert.deepEqual(read(), ok(content));
  });

  it('is refused without one, unless at a workbench', () => {
    assert.deepEqual(read(), err('unsigned'));
    assert.deepEqual(read('anybody'), ok(content));
  });

  it('is missing if it is not there, too long, or no file', () => {
    sign(signed);
    writeFileSync(file, Buffer.alloc(101));
    assert.deepEqual(read(), err('missing'));
    rmSync(file);
    assert.deepEqual(read(), err('missing'));
    mkdirSync(file);
    assert.deepEqual(read(), err('missing'));
    rmSync(file, { recursive: true });
  });

  const line = JSON.parse(signed.toString()) as object;
  for (const [what, bytes] of [
    ['is empty', ''],
    ['is torn', signed.subarray(0, 100)],
    ['has a megabyte', Buffer.alloc(1024 * 1024, signed)],
    ['is longer than allowed, with blanks', signed.toString().padEnd(longestSignature + 1)],
    ['is of another version', JSON.stringify({ ...line, version: 2 })],
    ['has more in it', JSON.stringify({ ...line, more: 1 })],
    ['is by somebody else', JSON.stringify({ ...line, by: 'visitor' })],
    ['names a vendor without a certificate', JSON.stringify({ ...line, by: 'vendor', key: 'x509:AAAA' })],
  ] as const)
    it(`is refused if its signature ${what}`, () => {
      sign(bytes);
      assert.deepEqual(read(), err('torn'));
    });

  it('is refused if its signature is no file', () => {
    mkdirSync(`${file}.sig`);
    assert.deepEqual(read(), err('torn'));
  });
});
