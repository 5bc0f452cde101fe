import sharp from 'sharp';

import type { Colour } from '../../appliance/face/colours.js';
import { card, dot, dots, patch, patches, ring, rings, slanted } from '../../appliance/protocol/test-card.js';

/** A square on the card in millimetres: its centre, its side, and its clockwise rotation. */
type Square = {
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly degrees?: number;
  readonly colour: Colour;
};

const black: Colour = { red: 0, green: 0, blue: 0 };
const white: Colour = { red: 255, green: 255, blue: 255 };

/** All printed squares, bottom first. */
const squares: readonly Square[] = [
  ...rings.flatMap((place) => [
    { ...place, side: ring.side, colour: black },
    { ...place, side: ring.hole, colour: white },
  ]),
  { ...dots[0], side: dot.side, colour: black },
  { ...slanted, colour: black },
  ...patches.map(({ x, y, colour }) => ({ x, y, side: patch.side, colour })),
];

/** The card's top left corner on a printed A4 sheet, in millimetres. */
const place = { x: 8, y: 8 };
const sheet = { width: 210, height: 297 };

const caption = [
  'TERASHI TEST CARD 1',
  '白い A4 の紙に、カラーで、100% で印刷します（用紙に合わせて縮めません）。',
  'この角を下向きに、読み取り台の角に合わせて置きます。台が小さいときは、点線で切ります。',
  'カメラの前では、顔と同じくらいの大きさに写るように、まっすぐ立てます。',
  'Print on white A4, in colour, at 100 % (not "fit to page").',
  'Lay this corner face down into the corner of the scanner. For a small glass, cut along the line.',
  'Before the camera hold it upright, so that it fills the picture as a face does.',
];

/**
 * The card alone as PNG, as a perfect printer and scanner would give it.
 *
 * @param resolution in dots per inch
 */
export function drawTestCard(resolution: number): Promise<Buffer> {
  const pixels = (millimetres: number) => (millimetres / 25.4) * resolution;
  const [width, height] = [card.width, card.height].map((side) => Math.round(pixels(side)));
  const drawn = squares.map(({ x, y, side, degrees = 0, colour: { red, green, blue } }) => {
    const [left, top, length] = [x - side / 2, y - side / 2, side].map(pixels);
    return `<rect x="${left}" y="${top}" width="${length}" height="${length}" fill="rgb(${red},${green},${blue})"
      transform="rotate(${degrees} ${pixels(x)} ${pixels(y)})"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="${width}" height="${height}" fill="#fff"/>${drawn.join('')}</svg>`;
  return sharp(Buffer.from(svg))
    .flatten({ background: '#fff' })
    .withMetadata({ density: resolution })
    .png()
    .toBuffer();
}

/** The card on an A4 scanner, slightly askew, as a perfect scanner sees it at 300 dpi. */
export async function drawScannedTestCard(): Promise<Buffer> {
  const resolution = 300;
  const [width, height] = [sheet.width, sheet.height].map((side) => Math.round((side / 25.4) * resolution));
  const laid = await sharp(await drawTestCard(resolution))
    .rotate(1.5, { background: '#fff' })
    .png()
    .toBuffer();
  return sharp({ create: { width, height, channels: 3, background: '#fbfbfa' } })
    .composite([{ input: laid, left: 40, top: 30 }])
    .withMetadata({ density: resolution })
    .png()
    .toBuffer();
}

/** The card held in front of a camera, as a picture of 1280 × 960. */
export async function drawHeldTestCard(): Promise<Buffer> {
  const held = await sharp(await drawTestCard(110))
    .rotate(3, { background: '#8d8a85' })
    .png()
    .toBuffer();
  return sharp({ create: { width: 1280, height: 960, channels: 3, background: '#8d8a85' } })
    .composite([{ input: held, left: 400, top: 120 }])
    .blur(0.6)
    .jpeg({ quality: 92 })
    .toBuffer();
}

/** The card as an A4 sheet to print (PDF 1.5), with instructions below. */
export function testCardPdf(): Buffer {
  const points = (millimetres: number) => (millimetres / 25.4) * 72;
  const number = (value: number) => value.toFixed(3);
  const drawn = squares.map(({ x, y, side, degrees = 0, colour }) => {
    const angle = (-degrees * Math.PI) / 180;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const centre = [points(place.x + x), points(sheet.height - place.y - y)];
    const half = points(side) / 2;
    const levels = [colour.red, colour.green, colour.blue].map((level) => number(level / 255)).join(' ');
    const matrix = [cos, sin, -sin, cos, ...centre].map(number).join(' ');
    return `q ${levels} rg ${matrix} cm ${[-half, -half, 2 * half, 2 * half].map(number).join(' ')} re f Q`;
  });
  const frame = [place.x, sheet.height - place.y - card.height, card.width, card.height]
    .map(points)
    .map(number);
  const line = `q 0.7 G 0.3 w [2 2] 0 d ${frame.join(' ')} re S Q`;
  const text = caption.map((words, row) => {
    const at = [points(place.x), points(sheet.height - place.y - card.height - 8 - 6 * row)]
      .map(number)
      .join(' ');
    return `BT ${at} Td ${shown(words)} Tj ET`;
  });
  return pdf([...drawn, line, ...text].join('\n'), [sheet.width, sheet.height].map(points).map(number));
}

/** A text operand in the font that has its glyphs. */
function shown(words: string): string {
  if (!/[^ -~]/.test(words)) return `/F1 9 Tf (${words.replace(/[()\\]/g, '\\$&')})`;
  return `/F2 9 Tf <${Buffer.from(words, 'utf16le').swap16().toString('hex')}>`;
}

/**
 * A minimal one-page PDF (ISO 32000). It embeds no fonts: Helvetica, and an Adobe-Japan1 font that readers
 * substitute.
 */
function pdf(content: string, size: readonly string[]): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${size.join(' ')}] /Contents 4 0 R
      /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    `<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiKakuGo-W5-UniJIS-UTF16-H /Encoding /UniJIS-UTF16-H
      /DescendantFonts [7 0 R] >>`,
    `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HeiseiKakuGo-W5
      /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 5 >> /W [1 94 500] /FontDescriptor 8 0 R >>`,
    `<< /Type /FontDescriptor /FontName /HeiseiKakuGo-W5 /Flags 4 /FontBBox [-92 -250 1010 922] /ItalicAngle 0
      /Ascent 752 /Descent -221 /CapHeight 737 /StemV 114 >>`,
  ].map((object, i) => `${i + 1} 0 obj\n${object}\nendobj\n`);
  const head = '%PDF-1.5\n';
  const offsets = objects.map((_, i) => head.length + objects.slice(0, i).join('').length);
  const body = head + objects.join('');
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(
    `${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}` +
      `trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`,
    'latin1',
  );
}
