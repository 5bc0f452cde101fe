import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { openCopy } from '../../appliance/export/open.js';
import { archived, recordsToGo } from '../../appliance/export/outgoing.js';
import { recordsSignerOf } from '../../appliance/signature/signature.js';
import { err, ok } from '../../appliance/result.js';
import { writeEntries } from '../record/scratch.js';

/** The expected values are those of Debian's age (age-encryption.org/v1), GNU tar and OpenSSL. */
describe('records that are encrypted to the municipality', () => {
  let folder: string;
  let copy: string;
  let recipient: string;
  let identity: string;
  let deviceKey: string;
  const at = (...names: string[]) => join(folder, ...names);

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'terashi-encrypted-'));
    mkdirSync(at('box'));
    mkdirSync(at('stick'));
    execFileSync('age-keygen', ['-o', at('key')], { stdio: 'ignore' });
    recipient = execFileSync('age-keygen', ['-y', at('key')], { encoding: 'utf8' }).trim();
    identity = readFileSync(at('key'), 'utf8').split('\n')[2];
    await writeEntries(at('box', 'records.jsonl'), 40);
    writeFileSync(at('box', 'records.head'), '{"lines":40}\n');
    copy = await write(recipient, 'copy.age');
    deviceKey = (JSON.parse(readFileSync(`${copy}.sig`, 'utf8')) as { key: string }).key;
  });
  after(() => rmSync(folder, { recursive: true }));

  /** Writes what leaves the box into a file, with its signature beside it. */
  const write = async (to: string | undefined, name: string): Promise<string> => {
    const toGo = await recordsToGo(at('box', 'records.jsonl'), { folder: at('box'), tpm: undefined }, to);
    assert.ok(toGo.ok, JSON.stringify(toGo));
    const { bytes, chunks, beside } = toGo.value.outgoing;
    const pieces: Buffer[] = [];
    for await (const piece of chunks(32 * 1024)) pieces.push(piece);
    const content = Buffer.concat(pieces);
    assert.equal(content.length, bytes, 'the length that was announced');
    assert.ok(pieces.every(({ length }) => length <= 32 * 1024));
    const file = at('stick', name);
    writeFileSync(file, content);
    const { sig } = beside(createHash('sha256').update(content).digest('hex'));
    writeFileSync(`${file}.sig`, Buffer.from(sig!, 'base64'));
    return file;
  };
  let opened = 0;
  const open = async (file: string, key?: string, identities = [identity]) => {
    const into = at(`opened-${(opened += 1)}`);
    const result = await openCopy(file, identities, key, into);
    assert.equal(existsSync(into), result.ok, 'all of it or nothing');
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.includes('.part')),
      [],
    );
    return { result, into };
  };
  const inBox = (name: string) => readFileSync(at('box', name));

  it('are opened by age and tar of another machine', () => {
    const tar = execFileSync('age', ['--decrypt', '--identity', at('key'), copy]);
    mkdirSync(at('elsewhere'));
    execFileSync('tar', ['--extract', '--directory', at('elsewhere')], { input: tar });
    assert.deepEqual(readdirSync(at('elsewhere')).toSorted(), [...archived].toSorted());
    for (const name of ['records.jsonl', 'records.head'])
      assert.ok(readFileSync(at('elsewhere', name)).equals(inBox(name)), name);
    assert.equal(readFileSync(at('elsewhere', 'device.pub'), 'utf8'), `${deviceKey}\n`);
  });

  it('hold nothing that can be read without the key', () => {
    const bytes = readFileSync(copy);
    for (const word of ['similarity', 'records.jsonl', 'ed25519:', '"previous"'])
      assert.equal(bytes.includes(word), false, word);
  });

  it('are signed with the key of the box, as OpenSSL finds', () => {
    const { by, key, signature } = JSON.parse(readFileSync(`${copy}.sig`, 'utf8')) as Record<string, string>;
    assert.equal(by, 'device');
    const digest = createHash('sha256').update(readFileSync(copy)).digest();
    writeFileSync(at('signed'), Buffer.concat([Buffer.from('terashi records 1\n'), digest]));
    writeFileSync(at('signature'), Buffer.from(signature, 'base64'));
    const pem = execFileSync('openssl', ['pkey', '-in', at('box', 'device.key'), '-pubout']);
    writeFileSync(at('device.pem'), pem);
    const der = execFileSync('openssl', ['pkey', '-pubin', '-in', at('device.pem'), '-outform', 'DER']);
    // RFC 8410: the key's 32 bytes come last.
    assert.equal(key, `ed25519:${der.subarray(-32).toString('base64')}`);
    const args = ['-verify', '-pubin', '-inkey', at('device.pem'), '-rawin', '-in', at('signed')];
    const verified = spawnSync('openssl', ['pkeyutl', ...args, '-sigfile', at('signature')]);
    assert.match(verified.stdout.toString(), /Signature Verified Successfully/);
  });

  it('are opened whole, and the key of the box is compared', async () => {
    for (const key of [undefined, deviceKey]) {
      const { result, into } = await open(copy, key);
      assert.deepEqual(result, ok({ files: [...archived], signer: deviceKey }));
      assert.ok(readFileSync(join(into, 'records.jsonl')).equals(inBox('records.jsonl')));
      assert.equal(statSync(into).mode & 0o777, 0o700);
      assert.equal(statSync(join(into, 'records.jsonl')).mode & 0o777, 0o600);
    }
    const other = `ed25519:${Buffer.alloc(32, 5).toString('base64')}`;
    assert.deepEqual((await open(copy, other)).result, err('other-key'));
  });

  it('are opened as age and tar made them, which signed nothing', async () => {
    const made = at('stick', 'made.age');
    const tar = execFileSync('tar', [
      '--create',
      '--directory',
      at('box'),
      '--format=ustar',
      'records.jsonl',
    ]);
    execFileSync('age', ['--recipient', recipient, '--output', made], { input: tar });
    const { result } = await open(made);
    assert.deepEqual(result, ok({ files: ['records.jsonl'], signer: undefined }));
    assert.deepEqual((await open(made, deviceKey)).result, err('unsigned'));
  });

  it('are refused after any one bit was changed, in the copy or in its signature', async () => {
    const changed = at('stick', 'changed.age');
    const whole = { [changed]: readFileSync(copy), [`${changed}.sig`]: readFileSync(`${copy}.sig`) };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(whole)),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.integer({ min: 0, max: 7 }),
        async (file, where, bit) => {
          for (const [name, bytes] of Object.entries(whole)) writeFileSync(name, bytes);
          const bytes = Buffer.from(whole[file]);
          bytes[Math.floor(where * bytes.length)] ^= 1 << bit;
          writeFileSync(file, bytes);
          assert.equal((await open(changed)).result.ok, false);
        },
      ),
      { numRuns: 300 },
    );
    writeFileSync(changed, whole[changed]);
    writeFileSync(`${changed}.sig`, whole[`${changed}.sig`]);
    assert.ok((await open(changed)).result.ok, 'the control');
  });

  it('are refused with any other byte anywhere in the signature', () => {
    const sha256 = createHash('sha256').update(readFileSync(copy)).digest('hex');
    const whole = readFileSync(`${copy}.sig`);
    assert.deepEqual(recordsSignerOf(sha256, whole.toString('latin1')), ok(deviceKey), 'the control');
    for (const [at, right] of whole.entries())
      for (let byte = 0; byte < 256; byte++) {
        const text = Buffer.from(whole)
          .fill(byte, at, at + 1)
          .toString('latin1');
        assert.equal(recordsSignerOf(sha256, text).ok, byte === right, `${at}: ${byte}`);
      }
  });

  it('are refused cut short at any byte, or with bytes after them', async () => {
    const cut = at('stick', 'cut.age');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: statSync(copy).size - 1 }), async (bytes) => {
        copyFileSync(copy, cut);
        truncateSync(cut, bytes);
        assert.equal((await open(cut)).result.ok, false);
      }),
      { numRuns: 100 },
    );
    copyFileSync(copy, cut);
    appendFileSync(cut, 'x');
    assert.deepEqual((await open(cut)).result, err('changed'));
  });

  it('are refused with another key, and it is said', async () => {
    const other = execFileSync('age-keygen', { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const { result } = await open(copy, undefined, [other.split('\n')[2]]);
    assert.deepEqual(result, err('wrong-identity'));
  });

  it('are refused under the signature of another copy', async () => {
    const other = await write(recipient, 'other.age');
    copyFileSync(`${copy}.sig`, `${other}.sig`);
    assert.deepEqual((await open(other)).result, err('other-file'));
  });

  it('are told from what is no copy of records', async () => {
    const file = at('stick', 'odd.age');
    const whyOf = async (content: string | Buffer) => {
      writeFileSync(file, content);
      const { result } = await open(file);
      return result.ok ? undefined : result.error;
    };
    assert.equal(await whyOf(''), 'not-age');
    assert.equal(await whyOf('a letter\n'), 'not-age');
    assert.equal(await whyOf(`age-encryption.org/v1\n${'-> X25519 aaaa\n'.repeat(100_000)}`), 'not-age');
    const tarOf = (...args: string[]) =>
      execFileSync('tar', ['--create', '--directory', at('box'), ...args], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    const encrypted = (input: Buffer) => execFileSync('age', ['--recipient', recipient], { input });
    assert.equal(await whyOf(encrypted(Buffer.from('a letter'))), 'changed');
    assert.equal(await whyOf(encrypted(tarOf('device.key'))), 'not-records');
    assert.equal(await whyOf(encrypted(tarOf('records.head'))), 'not-records');
    assert.equal(await whyOf(encrypted(tarOf('../key', 'records.jsonl'))), 'not-records');
    assert.equal(
      await whyOf(encrypted(tarOf('records.jsonl', 'records.jsonl', '--hard-dereference'))),
      'not-records',
    );
    assert.deepEqual((await open(at('nowhere.age'))).result, err('unreadable'));
    assert.deepEqual((await open(at('box'))).result, err('unreadable'));
  });

  it('never replace what is there', async () => {
    mkdirSync(at('there'));
    assert.deepEqual(await openCopy(copy, [identity], undefined, at('there')), err('exists'));
    assert.deepEqual(readdirSync(at('there')), []);
  });

  it('do not leave for a key that age refuses', async () => {
    // The point of order one: age refuses what anybody could decrypt.
    const { bech32 } = await import('@scure/base');
    const low = bech32.encodeFromBytes('age', new Uint8Array(32));
    for (const key of [low, 'age1nonsense', '']) {
      const toGo = await recordsToGo(at('box', 'records.jsonl'), { folder: at('box'), tpm: undefined }, key);
      assert.deepEqual(toGo, err('key-unusable'), key);
    }
  });
});
