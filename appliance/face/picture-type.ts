export type PictureType = 'jpeg' | 'png' | 'gif' | 'tiff' | 'webp' | 'avif';

/**
 * A file's type by its own bytes, whatever its name. Only these formats reach a decoder: not SVG, which can contain
 * scripts and refer to other files.
 */
export function pictureType(encoded: Uint8Array): PictureType | undefined {
  const head = Buffer.from(
    encoded.buffer,
    encoded.byteOffset,
    Math.min(encoded.byteLength, longestHead),
  ).toString('latin1');
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (/^GIF8[79]a/.test(head)) return 'gif';
  // The last two are BigTIFF.
  if (/^(II\*\0|MM\0\*|II\+\0|MM\0\+)/.test(head)) return 'tiff';
  if (/^RIFF.{4}WEBP/s.test(head)) return 'webp';
  return brandsOf(head).some((brand) => brand === 'avif' || brand === 'avis') ? 'avif' : undefined;
}

/** In bytes. A file type box with 60 brands; known files have ten at most. */
const longestHead = 256;

/**
 * The brands of an ISO base media file (ISO/IEC 14496-12, 4.3): the major one and the compatible ones. A HEIC file and an
 * AVIF file may both have the major brand mif1, and list what they are among the others.
 */
function brandsOf(head: string): string[] {
  if (head.slice(4, 8) !== 'ftyp') return [];
  const size = Buffer.from(head.slice(0, 4), 'latin1').readUInt32BE();
  // Between the major and the compatible brands stands the minor version.
  const brands = head.slice(8, 12) + head.slice(16, size);
  return brands.match(/[^]{4}/g) ?? [];
}
