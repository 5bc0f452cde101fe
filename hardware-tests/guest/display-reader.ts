import sharp from 'sharp';

/** What foot fits to a display (image/screen/terminal). */
const grid = { columns: 80, rows: 24 };

/** Where a glyph stands in its cell, as shares of the cell's height. Seen on a display of 1280 × 800. */
const [baseline, size] = [28 / 33, 32 / 33];

/** The least correlation with its glyph: 0.90 was seen of characters on a display of 1280 × 800, 0.99 of half of them. */
const certain = 0.87;

/** What stands where no glyph is certain: a frame, a bar. */
export const unread = '·';

type Patch = { readonly width: 1 | 2; readonly levels: Float64Array };
type Glyph = Patch & { readonly character: string };
type Picture = { readonly levels: Buffer; readonly width: number };

/**
 * Reads what a box's display shows, off a picture of it: compares each cell with the glyphs of the box's font, VL Gothic
 * (Debian's fonts-vlgothic), as this computer draws them.
 */
export class DisplayReader {
  readonly #alphabet: readonly string[];

  /** @param characters those that may be there; others are read as `·` */
  constructor(characters: string) {
    this.#alphabet = [...new Set(characters)].filter((character) => character > ' ');
  }

  /**
   * Returns the rows of a display, without the spaces at their ends.
   *
   * @param file a picture of the whole display, or its content
   */
  async read(file: string | Buffer): Promise<string[]> {
    const { data, info } = await sharp(file).greyscale().raw().toBuffer({ resolveWithObject: true });
    const cell = { width: info.width / grid.columns, height: Math.floor(info.height / grid.rows) };
    const top = Math.floor((info.height - cell.height * grid.rows) / 2);
    const glyphs = await drawn(this.#alphabet, cell);
    const picture = { levels: data, width: info.width };
    return Array.from({ length: grid.rows }, (_, row) =>
      readRow(glyphs, (column, width) => patch(picture, column, top + row * cell.height, width, cell)),
    );
  }
}

type Cell = { readonly width: number; readonly height: number };

function readRow(glyphs: readonly Glyph[], at: (column: number, width: 1 | 2) => Patch | undefined): string {
  let text = '';
  for (let column = 0; column < grid.columns;) {
    const here = [at(column, 1), column + 1 < grid.columns ? at(column, 2) : undefined];
    const best = bestOf(glyphs, here);
    text += best?.character ?? (here[0] ? unread : ' ');
    column += best?.width ?? 1;
  }
  return text.trimEnd();
}

/** The glyph that is certain, narrow or wide. */
function bestOf(glyphs: readonly Glyph[], here: readonly (Patch | undefined)[]): Glyph | undefined {
  let best: Glyph | undefined;
  let most = certain;
  for (const glyph of glyphs) {
    const found = correlation(glyph, here[glyph.width - 1]);
    if (found > most) [best, most] = [glyph, found];
  }
  return best;
}

/** Of either sign: words may be darker than what they stand on. */
function correlation({ levels }: Glyph, seen: Patch | undefined): number {
  if (!seen) return 0;
  let sum = 0;
  // A loop, because a display has some million of these products.
  for (let i = 0; i < levels.length; i++) sum += levels[i] * seen.levels[i];
  return Math.abs(sum);
}

/** Draws each character below the one before it. */
async function drawn(alphabet: readonly string[], cell: Cell): Promise<Glyph[]> {
  const [width, height] = [2 * cell.width, cell.height * alphabet.length];
  const texts = alphabet.map((character, i) => {
    const y = (i + baseline) * cell.height;
    return `<text y="${y}" font-size="${size * cell.height}">&#${character.codePointAt(0)};</text>`;
  });
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="VL Gothic">` +
    `<rect width="100%" height="100%" fill="black"/><g fill="white">${texts.join('')}</g></svg>`;
  const levels = await sharp(Buffer.from(svg)).greyscale().raw().toBuffer();
  return alphabet.flatMap((character, i) => {
    const found = patch({ levels, width }, 0, i * cell.height, isWide(character) ? 2 : 1, cell);
    return found ? [{ character, ...found }] : [];
  });
}

/** Whether a character takes two columns, of those that the appliance's words have. */
const isWide = (character: string): boolean => character >= '\u2000';

/** One or two cells, brought to the mean 0 and the length 1; undefined where nothing is drawn. */
function patch(
  { levels, width: stride }: Picture,
  column: number,
  top: number,
  width: 1 | 2,
  cell: Cell,
): Patch | undefined {
  const across = width * cell.width;
  const left = column * cell.width;
  const found = Float64Array.from({ length: across * cell.height }, (_, i) => {
    const [x, y] = [i % across, Math.floor(i / across)];
    return levels[(top + y) * stride + left + x];
  });
  const mean = found.reduce((sum, level) => sum + level, 0) / found.length;
  const apart = found.map((level) => level - mean);
  const length = Math.sqrt(apart.reduce((sum, each) => sum + each * each, 0));
  return length > faint ? { width, levels: apart.map((each) => each / length) } : undefined;
}

/** In grey levels, over a whole patch: less is no glyph. */
const faint = 100;
