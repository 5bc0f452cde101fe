import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installation } from '../../../appliance/installation.js';
import { transparentCursor, writeInvisiblePointer } from '../../../image/package/no-pointer.js';

describe('the pointer of a box', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-pointer-'));
  after(() => rmSync(folder, { recursive: true }));

  it('is one transparent pixel, in the format of Xcursor(3)', () => {
    const bytes = transparentCursor();
    const word = (index: number) => bytes.readUInt32LE(index * 4);
    assert.equal(bytes.toString('latin1', 0, 4), 'Xcur');
    // Header, version 1.0, one entry; the entry: an image (0xfffd0002), its nominal size, its position.
    assert.deepEqual([1, 2, 3, 4, 5, 6].map(word), [16, 0x1_0000, 1, 0xfffd_0002, 24, 28]);
    // The chunk: header, type, nominal size, version 1; width, height, xhot, yhot, delay; then ARGB.
    const image = [36, 0xfffd_0002, 24, 1, 1, 1, 0, 0, 0, 0];
    assert.deepEqual(
      image.map((_, i) => word(7 + i)),
      image,
    );
    assert.equal(bytes.length, 28 + 36 + 4);
  });

  it('is what cage and foot find under every name that they look for', async () => {
    await writeInvisiblePointer(folder);
    const cursors = join(folder, 'default', 'cursors');
    assert.deepEqual(readdirSync(cursors).sort(), ['default', 'left_ptr', 'text', 'xterm']);
    for (const name of readdirSync(cursors))
      assert.deepEqual(readFileSync(join(cursors, name)), transparentCursor(), name);
  });

  it('is the one of the screen’s unit', () => {
    const unit = readFileSync(join(installation.root, 'systemd', 'terashi-screen.service'), 'utf8');
    assert.match(
      unit,
      /^Environment=XCURSOR_PATH=\/usr\/lib\/terashi\/screen\/icons XCURSOR_THEME=default$/m,
    );
  });
});
