import sharp from 'sharp';

import { portrait } from './samples.js';
import { strokedText } from './strokes.js';

const resolution = 300;
const pixels = (millimetres: number): number => Math.round((millimetres / 25.4) * resolution);

/** The scanner's bed, A4. */
const bed = { width: pixels(210), height: pixels(297) };
/** ID-1 with its rounded corners: ISO/IEC 7810. */
const card = { width: pixels(85.6), height: pixels(53.98), corner: pixels(3.18) };
/** The colour of a closed lid. */
const paper = '#fbfbfa';
const photo = { left: pixels(4), top: pixels(16), width: pixels(20), height: pixels(25) };

/**
 * A flatbed scan, as PNG of A4 at 300 dpi: a practice card, laid slightly askew near the corner. It resembles
 * no real card and is labelled as practice.
 */
export async function drawPage(): Promise<Buffer> {
  const drawn = await sharp(Buffer.from(drawing()))
    .composite([{ input: await printPortrait(), left: photo.left, top: photo.top }])
    .png()
    .toBuffer();
  const laid = await sharp(drawn).rotate(3.2, { background: '#0000' }).png().toBuffer();
  return sharp({ create: { ...bed, channels: 3, background: paper } })
    .composite([{ input: laid, left: pixels(11), top: pixels(9) }])
    .withMetadata({ density: resolution })
    .png()
    .toBuffer();
}

/** The empty scanner bed. */
export function drawBlank(): Promise<Buffer> {
  return sharp({ create: { ...bed, channels: 3, background: paper } })
    .withMetadata({ density: resolution })
    .png()
    .toBuffer();
}

/** The portrait, upright, small and slightly soft, as a card printer prints it. */
async function printPortrait(): Promise<Buffer> {
  const { file, centre, lean, height } = portrait;
  const width = Math.round((height * photo.width) / photo.height);
  const reach = Math.ceil(Math.hypot(width, height) / 2);
  const around = { left: centre.x - reach, top: centre.y - reach, width: 2 * reach, height: 2 * reach };
  const upright = await sharp(await sharp(file).extract(around).png().toBuffer())
    .rotate(-lean)
    .png()
    .toBuffer({ resolveWithObject: true });
  const window = await sharp(upright.data)
    .extract({
      left: Math.round((upright.info.width - width) / 2),
      top: Math.round((upright.info.height - height) / 2),
      width,
      height,
    })
    .png()
    .toBuffer();
  return sharp(window).resize(photo.width, photo.height).blur(0.7).linear(0.9, 18).png().toBuffer();
}

function drawing(): string {
  const { width, height, corner } = card;
  const column = photo.left + photo.width + pixels(5);
  const lines = [0, 1, 2, 3, 4].map((row) => {
    const y = pixels(18) + row * pixels(5.5);
    return `<rect x="${column}" y="${y}" width="${pixels(row % 2 ? 38 : 46)}" height="${pixels(2)}" fill="#c3cdc6"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect x="1" y="1" width="${width - 2}" height="${height - 2}" rx="${corner}" fill="#e9f0ea" stroke="#b9bdb9"/>
    <rect x="1" y="${pixels(4)}" width="${width - 2}" height="${pixels(8)}" fill="#d3e2d7"/>
    ${strokedText('練習用', photo.left, pixels(4.8), pixels(6.4), '#3d5c48')}
    ${strokedText('SAMPLE', column + pixels(8), pixels(5.2), pixels(5.6), '#3d5c48')}
    ${lines.join('\n    ')}
  </svg>`;
}
