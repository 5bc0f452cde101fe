/**
 * The characters that a TrueType or OpenType font has a glyph for, as its `cmap` says in format 4 (OpenType 1.9, "cmap").
 * That format knows the Basic Multilingual Plane, which is all that the screen draws.
 *
 * @throws RangeError if the font has no such table, or ends early
 */
export function glyphsOf(font: Uint8Array): ReadonlySet<number> {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  return charactersIn(view, segmentsAt(view, cmapAt(view)));
}

/** Windows, Unicode BMP. */
const wanted = { platform: 3, encoding: 1, format: 4 };

function cmapAt(view: DataView): number {
  const tables = Array.from({ length: view.getUint16(4) }, (_, index) => 12 + 16 * index);
  const table = tables.find((at) => view.getUint32(at) === 0x636d6170);
  if (table === undefined) throw new RangeError('the font has no cmap');
  return view.getUint32(table + 8);
}

function segmentsAt(view: DataView, cmap: number): number {
  const records = Array.from({ length: view.getUint16(cmap + 2) }, (_, index) => cmap + 4 + 8 * index);
  const record = records.find(
    (at) => view.getUint16(at) === wanted.platform && view.getUint16(at + 2) === wanted.encoding,
  );
  const at = record === undefined ? undefined : cmap + view.getUint32(record + 4);
  if (at === undefined || view.getUint16(at) !== wanted.format)
    throw new RangeError(`the font has no cmap of format ${wanted.format}`);
  return at;
}

/** Four arrays follow each other: the ends of the segments, their starts, their deltas, their offsets of glyphs. */
function charactersIn(view: DataView, table: number): Set<number> {
  const twice = view.getUint16(table + 6);
  const [ends, starts, deltas, offsets] = [14, 16 + twice, 16 + 2 * twice, 16 + 3 * twice].map(
    (from) => table + from,
  );
  const found = new Set<number>();
  for (let segment = 0; segment < twice; segment += 2) {
    const start = view.getUint16(starts + segment);
    const delta = view.getUint16(deltas + segment);
    const offset = view.getUint16(offsets + segment);
    for (let code = start; code <= view.getUint16(ends + segment) && code < 0xffff; code++) {
      const glyph = offset === 0 ? code : view.getUint16(offsets + segment + offset + 2 * (code - start));
      if (glyph !== 0 && ((glyph + delta) & 0xffff) !== 0) found.add(code);
    }
  }
  return found;
}
