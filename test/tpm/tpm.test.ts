import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { err, ok } from '../../appliance/result.js';
import { Tpm, tpmHere } from '../../appliance/tpm/tpm.js';
import { restoreEnvironment } from '../environment.js';
import { softwareTpm } from './swtpm.js';

describe('a TPM', () => {
  const software = softwareTpm();
  const folder = mkdtempSync(join(tmpdir(), 'terashi-tpm-test-'));
  const [password, other] = ['password', 'other'].map((name) => join(folder, name));
  after(() => rmSync(folder, { recursive: true }));
  writeFileSync(password, '0123456789abcdef'.repeat(2));
  writeFileSync(other, '1123456789abcdef'.repeat(2));
  const secret = Buffer.from('302e020100300506032b657004220420', 'hex');
  let tpm: Tpm;
  beforeEach(() => (tpm = new Tpm(software().tcti)));

  it('counts, also after the power went', async () => {
    assert.deepEqual(await tpm.count(), err('absent'));
    assert.deepEqual(await tpm.increment(), err('absent'));
    assert.deepEqual(await tpm.makeCounter(), ok(1));
    for (let count = 2; count <= 4; count++) {
      assert.deepEqual(await tpm.increment(), ok());
      assert.deepEqual(await tpm.count(), ok(count));
    }
    await software().off();
    await software().on();
    assert.deepEqual(await tpm.count(), ok(4));
  });

  it('never counts from below again, though its counter was removed or it was cleared', async () => {
    await tpm.makeCounter();
    await tpm.increment();
    software().ask('nvundefine', '0x1810001', '-C', 'o');
    assert.deepEqual(await tpm.makeCounter(), ok(3));
    software().ask('clear');
    assert.deepEqual(await tpm.count(), err('absent'));
    assert.deepEqual(await tpm.makeCounter(), ok(4));
  });

  it('makes a counter that the power left half made', async () => {
    software().ask(
      'nvdefine',
      '0x1810001',
      '-C',
      'o',
      '-s',
      '8',
      '-a',
      'nt=counter|authread|authwrite|no_da',
    );
    assert.deepEqual(await tpm.count(), err('absent'));
    assert.deepEqual(await tpm.makeCounter(), ok(1));
  });

  it('keeps a secret for whoever has the password, and in place of the one before', async () => {
    assert.deepEqual(await tpm.secret(password), err('absent'));
    assert.deepEqual(await tpm.keepSecret(Buffer.from('before'), other), ok());
    assert.deepEqual(await tpm.keepSecret(secret, password), ok());
    await software().off();
    await software().on();
    assert.deepEqual(await tpm.secret(password), ok(secret));
    for (let guess = 0; guess < 40; guess++) assert.deepEqual(await tpm.secret(other), err('refused'));
    assert.deepEqual(await tpm.secret(password), ok(secret), 'wrong passwords lock nothing');
    assert.throws(() => software().ask('nvread', '0x1810002', '-C', 'o'), 'the owner reads nothing');
  });

  it('is silent when it is gone', async () => {
    await tpm.makeCounter();
    await software().off();
    for (const answer of [await tpm.count(), await tpm.increment(), await tpm.secret(password)])
      assert.deepEqual(answer, err('silent'));
  });

  it('is silent when it takes too long', async function () {
    this.timeout(120_000);
    await tpm.makeCounter();
    software().stop();
    assert.deepEqual(await tpm.increment(), err('silent'));
    software().goOn();
  });

  it('refuses where its owner set a password', async () => {
    software().ask('changeauth', '-c', 'owner', 'secret');
    assert.deepEqual(await tpm.makeCounter(), err('absent'));
    assert.deepEqual(await tpm.keepSecret(secret, password), err('refused'));
  });
});

describe('the TPM of this machine', () => {
  restoreEnvironment('PATH');

  it('is used only where the unit names one that is there', () => {
    for (const none of [undefined, '', 'device:/dev/no-tpm']) assert.equal(tpmHere(none), undefined);
    assert(tpmHere('device:/dev/null') instanceof Tpm);
    process.env.PATH = '/no-tools';
    assert.equal(tpmHere('device:/dev/null'), undefined);
  });
});
