import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { boards } from '../../../image/os/board.js';
import { makeBundle } from '../../../image/os/bundle.js';
import { run } from '../../../hardware-tests/counter/run.js';
import { minimalImage } from './uefi/minimal-image.js';

const hash = '5e'.repeat(32);

describe('the bundle of an update', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-test-'));
  after(() => rmSync(folder, { recursive: true }));
  const at = (name: string) => join(folder, name);
  const keys = { certificate: at('cert.pem'), key: at('key.pem'), keyring: at('cert.pem') };
  const rauc = (...args: string[]) => run('rauc', args);
  const bundle = at('update.raucb');
  const brought = {
    version: '1.2.3',
    commitTime: 1_700_000_000,
    slot: { file: at('root'), hash, tree: 8192 },
    kernel: at('kernel'),
  };

  before(async () => {
    const subject = ['-x509', '-subj', '/CN=Terashi test', '-keyout', keys.key, '-out', keys.certificate];
    assert.equal((await run('openssl', ['req', '-newkey', 'rsa:2048', '-noenc', ...subject])).code, 0);
    mkdirSync(at('kernel'));
    for (const name of ['root', 'kernel/linux', 'kernel/initrd']) writeFileSync(at(name), randomBytes(8192));
    writeFileSync(at('kernel/stub'), minimalImage());
    await makeBundle(boards[0], brought, keys, bundle);
  });

  it('is accepted by rauc, with the key that signed it', async () => {
    const { code, stdout, stderr } = await rauc(
      'info',
      `--keyring=${keys.keyring}`,
      '--output-format=json',
      bundle,
    );
    assert.equal(code, 0, stderr);
    const told = JSON.parse(stdout) as { compatible: string; version: string };
    assert.deepEqual([told.compatible, told.version], ['terashi-qemu-amd64', '1.2.3']);
  });

  it('contains a root with its kernel, and a boot entry for either slot', async () => {
    const { code, stderr } = await rauc('extract', `--keyring=${keys.keyring}`, bundle, at('extracted'));
    assert.equal(code, 0, stderr);
    const read = (name: string) => readFileSync(join(at('extracted'), name));
    assert.deepEqual(read('root.img'), readFileSync(at('root')));
    for (const slot of ['a', 'b']) {
      assert.match(
        read(`boot-${slot}/entry.conf`).toString(),
        new RegExp(`^efi /slot-${slot}/terashi.efi$`, 'm'),
      );
      const unified = read(`boot-${slot}/terashi.efi`);
      for (const part of ['linux', 'initrd'])
        assert(unified.includes(readFileSync(at(`kernel/${part}`))), part);
      assert(unified.includes(`terashi.slot=root-${slot} terashi.hash=${hash} `));
    }
  });

  it('contains the device trees of a Raspberry Pi, and the files of its firmware for either slot', async () => {
    const rpi4 = boards.find(({ name }) => name === 'rpi4')!;
    mkdirSync(at('kernel-rpi4/overlays'), { recursive: true });
    const files = ['linux', 'initrd', 'bcm2711-rpi-4-b.dtb', 'overlays/README'];
    for (const name of files) writeFileSync(at(`kernel-rpi4/${name}`), name);
    await makeBundle(rpi4, { ...brought, kernel: at('kernel-rpi4') }, keys, at('rpi4.raucb'));
    const { code, stderr } = await rauc(
      'extract',
      `--keyring=${keys.keyring}`,
      at('rpi4.raucb'),
      at('extracted-rpi4'),
    );
    assert.equal(code, 0, stderr);
    const read = (file: string) => readFileSync(join(at('extracted-rpi4'), file), 'utf8');
    for (const name of files) assert.equal(read(`boot/${name}`), name);
    for (const slot of ['a', 'b']) {
      assert.match(read(`boot-${slot}/config.txt`), new RegExp(`^os_prefix=slot-${slot}/$`, 'm'));
      assert.match(
        read(`boot-${slot}/cmdline.txt`),
        new RegExp(`terashi\\.slot=root-${slot} terashi\\.hash=${hash} `),
      );
    }
  });

  it('is reproducible except for the salt and the signature after its file system', async () => {
    const again = at('again.raucb');
    // Times in squashfs are whole seconds.
    await sleep(1000);
    await makeBundle(boards[0], brought, keys, again);
    assert(payloadOf(again).equals(payloadOf(bundle)));
  });

  it('is refused if another key signed it', async () => {
    const subject = ['-x509', '-subj', '/CN=Stranger', '-keyout', at('other.key'), '-out', at('other.pem')];
    assert.equal((await run('openssl', ['req', '-newkey', 'rsa:2048', '-noenc', ...subject])).code, 0);
    const { code, stderr } = await rauc('info', `--keyring=${at('other.pem')}`, bundle);
    assert.equal(code, 1);
    assert.match(stderr, /signature verification failed/);
  });
});

/** The file system in a bundle: its superblock has its length ("bytes used", 64 bits at byte 40 of squashfs). */
function payloadOf(bundle: string): Buffer {
  const bytes = readFileSync(bundle);
  return bytes.subarray(0, Number(bytes.readBigUInt64LE(40)));
}
