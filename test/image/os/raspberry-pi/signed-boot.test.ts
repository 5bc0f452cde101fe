import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { addSignedBoot, readBootKey } from '../../../../image/os/raspberry-pi/signed-boot.js';

const time = 1_700_000_000;

/** Checked as rpi-eeprom's `rpi-eeprom-digest -v` does, with sha256sum and OpenSSL; the FAT is read by mtools and fsck. */
describe("a Raspberry Pi's signed boot image", () => {
  const folder = mkdtempSync(join(tmpdir(), 'signed-boot-'));
  const at = (...names: string[]) => join(folder, ...names);
  const run = (program: string, ...args: string[]) => execFileSync(program, args, { encoding: 'utf8' });
  const files = ['config.txt', 'start4.elf', 'slot-a/linux', 'slot-a/overlays/imx708.dtbo'];

  /** Lays a card's boot files, and signs them. */
  const lay = async (name: string, key = 'key.pem') => {
    mkdirSync(at(name, 'slot-a', 'overlays'), { recursive: true });
    for (const file of files) writeFileSync(at(name, file), file.repeat(300));
    await addSignedBoot(at(name), await readBootKey(at(key)), time);
    return (file: string) => readFileSync(at(name, file));
  };
  const verifies = (image: string, signature: string) => {
    writeFileSync(at('signature'), Buffer.from(/^rsa2048: ([0-9a-f]{512})$/m.exec(signature)![1], 'hex'));
    const asked = ['dgst', '-sha256', '-verify', at('public.pem'), '-signature', at('signature'), image];
    return spawnSync('openssl', asked).status === 0;
  };

  before(() => {
    run('openssl', 'genrsa', '-out', at('key.pem'), '2048');
    run('openssl', 'rsa', '-in', at('key.pem'), '-pubout', '-out', at('public.pem'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('has every boot file of the card, on a sound FAT without a partition table', async () => {
    const read = await lay('card');
    run('mcopy', '-s', '-i', at('card', 'boot.img'), '::', at('unpacked'));
    for (const file of files) assert(readFileSync(at('unpacked', file)).equals(read(file)), file);
    run('fsck.fat', '-n', at('card', 'boot.img'));
  });

  it('is signed in the format of the bootloader: SHA-256, time, RSA', async () => {
    const read = await lay('signed');
    const image = at('signed', 'boot.img');
    const text = read('boot.sig').toString();
    assert.match(text, /^[0-9a-f]{64}\nts: 1700000000\nrsa2048: [0-9a-f]{512}\n$/);
    assert.equal(text.slice(0, 64), run('sha256sum', image).slice(0, 64));
    assert(verifies(image, text));
    cpSync(image, at('changed.img'));
    const changed = readFileSync(image);
    changed[changed.indexOf('slot-a/linux')] ^= 1;
    writeFileSync(at('changed.img'), changed);
    assert(!verifies(at('changed.img'), text));
  });

  it('has the same bytes whenever it is made', async () => {
    const [one, other] = [await lay('one'), await lay('other')];
    for (const file of ['boot.img', 'boot.sig']) assert(one(file).equals(other(file)), file);
  });

  it('is not signed by a key that no bootloader checks', async () => {
    run('openssl', 'genrsa', '-out', at('long.pem'), '3072');
    run('openssl', 'genpkey', '-algorithm', 'ed25519', '-out', at('ed25519.pem'));
    for (const key of ['long.pem', 'ed25519.pem'])
      await assert.rejects(
        readBootKey(at(key)),
        /RSA keys of 2048 bits alone: make one with openssl genrsa 2048/,
      );
  });

  it('is not larger than what the bootloader loads', async () => {
    mkdirSync(at('large'));
    writeFileSync(at('large', 'initrd'), '');
    truncateSync(at('large', 'initrd'), 93 * 2 ** 20);
    await assert.rejects(
      addSignedBoot(at('large'), await readBootKey(at('key.pem')), time),
      /96 MiB at most/,
    );
  });
});
