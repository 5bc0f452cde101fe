import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { makeSlot, type Slot } from '../../../image/os/slot.js';
import { run } from '../../../hardware-tests/counter/run.js';

describe('a slot', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-slot-test-'));
  const commitTime = 1_700_000_000;
  let slot: Slot;

  /** A small root; `bytes` differ from block to block. */
  function lay(name: string): string {
    const root = join(folder, name);
    mkdirSync(join(root, 'usr', 'bin'), { recursive: true });
    const bytes = Uint32Array.from({ length: 40_000 }, (_, i) => Math.imul(i, 2_654_435_761));
    writeFileSync(join(root, 'usr', 'bin', 'program'), bytes);
    writeFileSync(join(root, 'release'), 'one\n');
    return root;
  }

  before(async () => {
    slot = await makeSlot(lay('root'), join(folder, 'slot'), commitTime);
  });
  after(() => rmSync(folder, { recursive: true }));

  const verify = (file: string, { hash, tree }: Slot) =>
    run('veritysetup', ['verify', `--hash-offset=${tree}`, file, file, hash]);

  it('has blocks of 4096 bytes, which kernels with larger pages mount too', () => {
    // The superblock at byte 1024 has its magic first, and the block size's logarithm at byte 12 (erofs_fs.h of Linux).
    const superblock = readFileSync(slot.file).subarray(1024);
    assert.deepEqual([superblock.readUInt32LE(), 2 ** superblock[12]], [0xe0f5_e1e2, 4096]);
  });

  it('matches its hash', async () => {
    assert.match(slot.hash, /^[0-9a-f]{64}$/);
    assert.equal((await verify(slot.file, slot)).code, 0);
  });

  // A slot is refused if one byte of the root or of the tree was changed.
  it('What runs is what was published', async () => {
    const whole = readFileSync(slot.file);
    // The hashes begin in the first block after the tree's header.
    for (const at of [1024, Math.floor(slot.tree / 2), slot.tree - 1, slot.tree + 4096]) {
      const bytes = Buffer.from(whole);
      bytes[at] ^= 1;
      const changed = join(folder, 'changed');
      writeFileSync(changed, bytes);
      assert.notEqual((await verify(changed, slot)).code, 0, `byte ${at}`);
    }
  });

  it('is refused under another hash', async () => {
    const other = { ...slot, hash: slot.hash.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) };
    assert.notEqual((await verify(slot.file, other)).code, 0);
  });

  it('is reproducible, whenever its files were written', async () => {
    const root = lay('again');
    utimesSync(join(root, 'release'), 1_800_000_000, 1_800_000_000);
    const again = await makeSlot(root, join(folder, 'slot-again'), commitTime);
    assert.equal(again.hash, slot.hash);
    assert(readFileSync(again.file).equals(readFileSync(slot.file)));
  });
});
