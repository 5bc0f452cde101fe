import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import sharp from 'sharp';

import { installation } from '../../appliance/installation.js';
import { DisplayReader, unread } from '../../hardware-tests/guest/display-reader.js';

/** The display of an emulated box that waits, in grey: QEMU's picture of what cage and foot drew. */
const picture = join(installation.root, 'test', 'hardware-tests', 'display.png');

/** What a person reads on that picture, without the frames of its buttons. */
const rows = {
  5: '      受付できます',
  8: '    「始める」を選び、決定キー（Enter）を押します。',
  10: '    [!] この市区町村の人では、別人が基準に達する割合を測って（較正して）',
  11: '        いません。',
  12: '        それまでは、数字を目安にせず、目視とほかの書類で確かめてください。',
  13: '        子どもには使わないでください。保守の担当者に、較正を頼んでください。',
};

describe('the words on a display', () => {
  before(function () {
    // Debian's fonts-vlgothic, which the set-up for tests installs.
    if (!existsSync('/usr/share/fonts/truetype/vlgothic/VL-Gothic-Regular.ttf')) this.skip();
  });

  it('are read off its picture, light on dark and dark on light', async () => {
    const read = await new DisplayReader(Object.values(rows).join('')).read(picture);
    for (const [row, text] of Object.entries(rows)) assert.equal(read[Number(row)], text);
  });

  it('are not taken for others: a character that is not expected is left unread', async () => {
    const [row, text] = [8, rows[8]];
    for (const [character, similar] of [
      ['始', '姉'],
      ['定', '走'],
      ['を', 'と'],
      ['E', 'F'],
    ]) {
      const alphabet = text.replaceAll(character, similar);
      const read = (await new DisplayReader(alphabet).read(picture))[row];
      assert(
        !read.includes(similar) && read.includes(unread),
        `${character} was read as ${similar}: ${read}`,
      );
    }
  });

  it('are none on a dark display', async () => {
    const dark = sharp({ create: { width: 1280, height: 800, channels: 3, background: 'black' } });
    const read = await new DisplayReader(rows[8]).read(await dark.png().toBuffer());
    assert(read.every((row) => row === ''));
  });
});
