import assert from 'node:assert/strict';

import { pictureType } from '../../appliance/face/picture-type.js';

/** A file type box: ISO/IEC 14496-12, 4.3. */
function fileType(major: string, ...compatible: string[]): string {
  const size = 16 + 4 * compatible.length;
  return `\0\0\0${String.fromCharCode(size)}ftyp${major}\0\0\0\0${compatible.join('')}`;
}

describe('the type of a picture file', () => {
  for (const [type, heads] of Object.entries({
    // ITU-T T.81: any segment may follow the start marker.
    jpeg: [
      '\xff\xd8\xff\xe0\0\x10JFIF',
      '\xff\xd8\xff\xe1',
      '\xff\xd8\xff\xdb',
      '\xff\xd8\xff\xee',
      '\xff\xd8\xff\xfe',
    ],
    png: ['\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR'],
    gif: ['GIF87a', 'GIF89a'],
    tiff: ['II*\0', 'MM\0*', 'II+\0\x08\0\0\0', 'MM\0+\0\x08\0\0'],
    webp: ['RIFF\x10\0\0\0WEBPVP8 ', 'RIFF\x0a\0\0\0WEBPVP8X'],
    // AV1 Image File Format, 6: avif or avis among the brands, whichever is the major one.
    avif: [
      fileType('avif', 'avif', 'mif1', 'miaf'),
      fileType('avif'),
      fileType('mif1', 'mif1', 'avif', 'miaf', 'MA1B'),
      fileType('miaf', 'mif1', 'avif'),
      fileType('msf1', 'msf1', 'avis', 'avif'),
      fileType('avis', 'msf1', 'avif', 'iso8'),
      fileType('mif1', ...Array.from({ length: 30 }, () => 'test'), 'avif'),
    ],
  })) {
    it(`is recognised by its bytes: ${type}`, () => {
      for (const head of heads) assert.equal(pictureType(Buffer.from(`${head}rest`, 'latin1')), type, head);
    });
  }

  it('is unknown for other bytes', () => {
    for (const head of [
      '',
      '\xff\xd8',
      'BM\x36\x10\0\0',
      '%PDF-1.7',
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'GIF90a',
      'RIFF\x10\0\0\0WAVEfmt ',
      // HEIC: ISO/IEC 23008-12, annex B. A later box that says avif is no brand.
      fileType('heic', 'mif1', 'heic'),
      fileType('mif1', 'mif1', 'heic', 'hevc') + 'avif',
      fileType('isom', 'isom', 'mp42'),
      '\0\0\0\x0cjP  \r\n\x87\n',
      '\xff\x0a',
      '8BPS\0\x01',
    ])
      assert.equal(pictureType(Buffer.from(head, 'latin1')), undefined, head);
  });
});
