import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { boards } from '../../../../image/os/board.js';
import { optionsOf } from '../../../../image/os/options.js';
import { appendSections } from '../../../../image/os/uefi/pe.js';
import { keyVariables, writeKeySet } from '../../../../image/os/uefi/secure-boot.js';
import { writeUnifiedKernel } from '../../../../image/os/uefi/unified-kernel.js';
import { minimalImage } from './minimal-image.js';

const time = 1_700_000_000;

/** What other programs read in what the build writes: binutils, sbsigntool's sbverify, and a reader by the standard. */
describe('a unified kernel image', () => {
  const folder = mkdtempSync(join(tmpdir(), 'unified-kernel-'));
  const at = (...names: string[]) => join(folder, ...names);
  const made = (name: string) => at(name, 'terashi.efi');
  const slot = { hash: '5e'.repeat(32), tree: 4096 };
  const options = optionsOf(boards[0], 'b', slot);
  const contents = { linux: Buffer.alloc(70_001, 'kernel'), initrd: Buffer.alloc(9_999, 'initrd') };

  const keyPair = (name: string) => {
    const keys = { key: at(`${name}.key`), certificate: at(`${name}.pem`) };
    const asked = ['-x509', '-newkey', 'rsa:2048', '-noenc', '-days', '36500', '-subj', `/CN=${name}`];
    execFileSync('openssl', ['req', ...asked, '-keyout', keys.key, '-out', keys.certificate], {
      stdio: 'ignore',
    });
    return keys;
  };
  const section = (file: string, name: string) => {
    execFileSync('objcopy', ['-O', 'binary', `--only-section=${name}`, file, at('section')]);
    return readFileSync(at('section'));
  };
  const write = async (name: string, signer?: Parameters<typeof writeKeySet>[0]) => {
    mkdirSync(at(name));
    await writeUnifiedKernel({ kernel: at('kernel'), signer }, options, '1.2.3', at(name));
    return made(name);
  };
  const isSignedBy = (certificate: string, file: string) =>
    spawnSync('sbverify', ['--cert', certificate, file]).status === 0;

  let vendor: { key: string; certificate: string; time: number };
  before(() => {
    mkdirSync(at('kernel'));
    writeFileSync(at('kernel', 'stub'), minimalImage());
    for (const [name, content] of Object.entries(contents)) writeFileSync(at('kernel', name), content);
    vendor = { ...keyPair('vendor'), time };
  });
  after(() => rmSync(folder, { recursive: true }));

  it('has the kernel, the initrd and the command line with the hash of its own root', async () => {
    const file = await write('unsigned');
    assert(section(file, '.linux').equals(contents.linux));
    assert(section(file, '.initrd').equals(contents.initrd));
    const commandLine = section(file, '.cmdline').toString();
    assert.equal(commandLine, options);
    assert.match(commandLine, new RegExp(`terashi\\.slot=root-b terashi\\.hash=${slot.hash} `));
    assert.match(section(file, '.osrel').toString(), /^VERSION_ID="1\.2\.3"$/m);
    assert(section(file, '.text').equals(minimalImage().subarray(0x400, 0x410)));
  });

  it('is signed as a whole: no byte of kernel, initrd or command line can be changed', async () => {
    const file = await write('signed', vendor);
    assert(isSignedBy(vendor.certificate, file));
    assert(!isSignedBy(keyPair('stranger').certificate, file));
    for (const text of ['kernel', 'initrd', 'init_on_free']) {
      const changed = readFileSync(file);
      changed[changed.indexOf(text)] ^= 1;
      writeFileSync(at('changed'), changed);
      assert(!isSignedBy(vendor.certificate, at('changed')), text);
    }
  });

  it('has the same bytes whenever it is made', async () => {
    assert(readFileSync(await write('again', vendor)).equals(readFileSync(made('signed'))));
  });

  it('keeps every section whole, whatever its length, as binutils reads them', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(lengths, (all) => {
        const sections = all.map((length, i) => ({ name: `.s${i}`, content: Buffer.alloc(length, i + 65) }));
        writeFileSync(at('any'), appendSections(minimalImage(), sections));
        for (const { name, content } of sections) assert(section(at('any'), name).equals(content));
        const listed = execFileSync('objdump', ['-h', at('any')], { encoding: 'utf8' });
        const addresses = [...listed.matchAll(/^ +\d+ \.\w+ +\w+ +(\w+)/gm)].map((found) => found[1]);
        assert.deepEqual(addresses, [...new Set(addresses)].sort());
        assert(addresses.every((address) => address.endsWith('000')));
      }),
      { numRuns: 15 },
    );
  });

  it('is not made of what is no PE image, or has no room', () => {
    assert.throws(() => appendSections(Buffer.alloc(2000), []), /not a PE32\+ image/);
    const many = Array.from({ length: 20 }, (_, i) => ({ name: `.s${i}`, content: Buffer.alloc(1) }));
    assert.throws(() => appendSections(minimalImage(), many), /no room for 20 more/);
  });

  it('comes with the keys that firmware takes, and no others', async () => {
    await writeKeySet(vendor, at('keys'));
    cpSync(at('keys'), at('keys-before'), { recursive: true });
    await writeKeySet(vendor, at('keys'));
    const der = execFileSync('openssl', ['x509', '-in', vendor.certificate, '-outform', 'DER']);
    for (const name of keyVariables) {
      const auth = readFileSync(at('keys', `${name}.auth`));
      assert(auth.equals(readFileSync(at('keys-before', `${name}.auth`))), 'the same bytes');
      // EFI_VARIABLE_AUTHENTICATION_2 (UEFI 2.10, 8.2.6): a time, then a header whose length is at byte 16.
      assert.deepEqual([...auth.subarray(0, 7)], [0xe7, 0x07, 11, 14, 22, 13, 20]);
      const list = auth.subarray(16 + auth.readUInt32LE(16));
      // EFI_SIGNATURE_LIST (32.4.1): EFI_CERT_X509_GUID, one entry: the owner and the certificate.
      assert.equal(list.subarray(0, 4).toString('hex'), 'a159c0a5');
      assert.equal(list.readUInt32LE(16), list.length);
      assert(list.subarray(28 + 16).equals(der));
    }
  });
});
