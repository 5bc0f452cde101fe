import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { err } from '../../appliance/result.js';
import { imageNumber, numbersOf } from '../../appliance/vendor/numbers.js';
import { faultOf } from '../../appliance/vendor/standing.js';
import { type Grant, grant, longestToken, makeToken, readToken } from '../../appliance/vendor/token.js';

const granted: Grant = { box: '0123456789ab', until: '2026-12-31', minutes: 30 };

describe("a vendor's token", () => {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-token-'));
  const path = (name: string) => join(folder, name);
  const read = (name: string) => readFileSync(path(name), 'utf8');
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const keys = (name: string) => ({ key: read(`${name}.key`), certificate: read(`${name}.cert`) });

  before(() => {
    const made = (name: string, ...kind: string[]) =>
      openssl(
        ...['req', '-x509', '-newkey', ...kind, '-noenc', '-days', '2', '-subj', `/CN=${name}`],
        ...['-keyout', path(`${name}.key`), '-out', path(`${name}.cert`)],
      );
    made('rsa', 'rsa:2048');
    made('ec', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1');
    made('ed25519', 'ed25519');
    made('stranger', 'ed25519');
    // A certificate that the first one issued.
    openssl(
      ...['req', '-new', '-newkey', 'ed25519', '-noenc', '-subj', '/CN=issued'],
      '-keyout',
      path('issued.key'),
      '-out',
      path('issued.csr'),
    );
    openssl(
      ...[
        'x509',
        '-req',
        '-in',
        path('issued.csr'),
        '-CA',
        path('rsa.cert'),
        '-CAkey',
        path('rsa.key'),
        '-days',
        '2',
        '-out',
        path('issued.cert'),
      ],
    );
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const kind of ['rsa', 'ec', 'ed25519'])
    it(`is accepted from a trusted key (${kind}), and no other`, () => {
      const text = makeToken(granted, keys(kind));
      const accepted = readToken(Buffer.from(text), read('stranger.cert') + read(`${kind}.cert`));
      assert(accepted.ok, JSON.stringify(accepted));
      const { id, ...rest } = accepted.value;
      assert.deepEqual(rest, granted);
      assert.match(id, /^[0-9a-f]{16}$/);
      assert.deepEqual(readToken(Buffer.from(text), read('stranger.cert')), err('foreign-key'));
      assert.deepEqual(readToken(Buffer.from(text), ''), err('no-keyring'));
    });

  it('is accepted from a certificate that a trusted one issued, and not the other way round', () => {
    const text = Buffer.from(makeToken(granted, keys('issued')));
    assert(readToken(text, read('rsa.cert')).ok);
    const issuer = Buffer.from(makeToken(granted, keys('rsa')));
    assert.deepEqual(readToken(issuer, read('issued.cert')), err('foreign-key'));
  });

  it('is what openssl signs and verifies, with its purpose in front', () => {
    // Another program's signature is accepted: openssl-dgst(1).
    const made = JSON.parse(makeToken(granted, keys('rsa'))) as Record<string, string>;
    const bytes = Buffer.from(made.grant, 'base64');
    writeFileSync(path('signed'), Buffer.concat([Buffer.from('terashi-vendor-token 1\n'), bytes]));
    const signature = openssl('dgst', '-sha256', '-sign', path('rsa.key'), path('signed')).toString('base64');
    assert.equal(made.signature, signature, 'RSA signatures are deterministic');
    // Without the purpose it is not.
    writeFileSync(path('bare'), bytes);
    const bare = openssl('dgst', '-sha256', '-sign', path('rsa.key'), path('bare')).toString('base64');
    const text = JSON.stringify({ ...made, signature: bare });
    assert.deepEqual(readToken(Buffer.from(text), read('rsa.cert')), err('torn'));
  });

  it('is not made with the certificate of another key', () => {
    const mixed = { key: read('ec.key'), certificate: read('rsa.cert') };
    assert.throws(() => makeToken(granted, mixed), /証明書.*certificate/);
  });

  it('grants nothing after any change of its bytes, whatever is changed', () => {
    const text = Buffer.from(makeToken(granted, keys('ed25519')));
    const keyring = read('ed25519.cert');
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = Buffer.from(text);
        changed[at] ^= by;
        const outcome = readToken(changed, keyring);
        // Space between the parts of JSON, and bits that base64 does not use, are not signed, and say nothing.
        if (outcome.ok) assert.deepEqual({ ...outcome.value, id: '' }, { ...granted, id: '' });
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.nat(text.length - 3), (length) => {
        assert.deepEqual(readToken(text.subarray(0, length), keyring), err('torn'));
      }),
    );
  });

  it('is nothing but a token: other files are refused, however long or strange', () => {
    const keyring = read('ed25519.cert');
    const made = JSON.parse(makeToken(granted, keys('ed25519'))) as object;
    const refused = (content: string | Buffer) =>
      assert.deepEqual(readToken(Buffer.from(content), keyring), err('torn'));
    for (const content of [
      '',
      '{}',
      'null',
      '[]',
      '\0',
      JSON.stringify({ ...made, more: 1 }),
      Buffer.alloc(9000),
    ])
      refused(content);
    refused(JSON.stringify(made).padEnd(longestToken + 1));
    fc.assert(fc.property(fc.oneof(fc.json(), fc.string({ unit: 'binary' })), (content) => refused(content)));
  });

  it('names one box or one image, a day that exists, and at most a day of work', () => {
    const may = (change: object) => grant.safeParse({ ...granted, ...change }).success;
    assert(may({}));
    for (const change of [
      { box: undefined },
      { image: '0123456789ab' },
      { box: '0123456789AB' },
      { box: '0123456789a' },
      { until: '2026-02-30' },
      { until: '31.12.2026' },
      { until: '' },
      { minutes: 0 },
      { minutes: 1441 },
      { minutes: Number.NaN },
      { forever: true },
    ])
      assert.equal(may(change), false, JSON.stringify(change));
  });
});

describe('what identifies a box', () => {
  it('is its own key and the root hash of its image, and nothing that the settings say', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'terashi-numbers-'));
    try {
      assert.deepEqual(await numbersOf(folder, join(folder, 'none')), { box: undefined, image: undefined });
      const { privateKey } = generateKeyPairSync('ed25519');
      const key = join(folder, 'device.key');
      writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }));
      writeFileSync(join(folder, 'line'), `root=/dev/mapper/root terashi.hash=${'ab'.repeat(32)} quiet\n`);
      // By other programs: openssl-pkey(1) and sha256sum(1).
      const spki = execFileSync('openssl', ['pkey', '-in', key, '-pubout', '-outform', 'DER']);
      const sum = execFileSync('sha256sum', { input: spki, encoding: 'utf8' });
      assert.deepEqual(await numbersOf(folder, join(folder, 'line')), {
        box: sum.slice(0, 12),
        image: 'abababababab',
      });
      writeFileSync(key, 'torn');
      assert.equal((await numbersOf(folder)).box, undefined);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is the last root hash on the command line, as the initrd takes it', () => {
    const [one, other] = ['a', 'b'].map((digit) => digit.repeat(64));
    assert.equal(imageNumber(`terashi.hash=${one} terashi.hash=${other}`), 'b'.repeat(12));
    assert.equal(imageNumber(`xterashi.hash=${one}`), undefined);
    assert.equal(imageNumber('terashi.hash=abc'), undefined);
    assert.equal(imageNumber(`terashi.hash=${one}0`), undefined);
  });
});

describe('a token at a box', () => {
  const token = { id: '0123456789abcdef', box: '0123456789ab', until: '2026-12-31', minutes: 30 };
  const numbers = { box: '0123456789ab', image: 'ba9876543210' };
  const at = (local: string) => new Date(local).getTime();
  const sure = (now: string) => ({ now: at(now), isTrusted: true, notBefore: at('2026-03-01T00:00') });

  it('opens that box, or all boxes with its image, through its last day', () => {
    assert.equal(faultOf(token, numbers, sure('2026-12-31T23:59')), undefined);
    assert.equal(faultOf(token, numbers, sure('2027-01-01T00:01')), 'expired');
    const { box: _, ...rest } = token;
    assert.equal(faultOf({ ...rest, image: 'ba9876543210' }, numbers, sure('2026-06-01T12:00')), undefined);
    assert.equal(faultOf({ ...rest, image: '0123456789ab' }, numbers, sure('2026-06-01T12:00')), 'other-box');
  });

  it('opens no other box, and none that has no number', () => {
    for (const others of [{ box: 'ffffffffffff', image: token.box }, {}])
      assert.equal(faultOf(token, others, sure('2026-06-01T12:00')), 'other-box');
    const { box: _, ...rest } = token;
    assert.equal(
      faultOf({ ...rest, image: 'ba9876543210' }, { box: 'ba9876543210' }, sure('2026-06-01T12:00')),
      'other-box',
    );
  });

  it('is refused where the time is not trusted only if it has expired for sure', () => {
    const unsure = (notBefore: string) => ({
      // A clock that lost its battery, and one that runs ahead, decide nothing.
      now: at('2099-01-01T00:00'),
      isTrusted: false,
      notBefore: at(notBefore),
    });
    assert.equal(faultOf(token, numbers, unsure('2026-12-31T12:00')), undefined);
    assert.equal(faultOf(token, numbers, unsure('2027-01-01T12:00')), 'expired');
  });
});
