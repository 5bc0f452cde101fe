import { join } from 'node:path';

import sharp from 'sharp';

import { installation } from '../../appliance/installation.js';
import type { Page } from '../../appliance/scanner/scanner.js';

/** A picture of four people, from which portraits are cut. */
const people = join(installation.root, 'node_modules', '@vladmandic', 'face-api', 'demo', 'sample6.jpg');

/** Head and shoulders of each, in pixels of that picture; the proportions are 7 : 9. */
const heads = [
  { left: 178, top: 357, width: 384, height: 493 },
  { left: 580, top: 190, width: 384, height: 493 },
  { left: 1086, top: 130, width: 384, height: 493 },
  { left: 1440, top: 123, width: 384, height: 493 },
] as const;

/** A card or a photograph on the glass; places and sizes are in millimetres. */
export type Piece = {
  readonly person: 0 | 1 | 2 | 3;
  /** Centre of the portrait. */
  readonly x: number;
  readonly y: number;
  /** A card has its portrait 22 mm wide, a form's photograph is 35 mm wide. */
  readonly kind?: 'card' | 'photograph';
  /** Degrees, clockwise. */
  readonly turned?: number;
  /** A small pale second print of the portrait on the card, as a share of its size. */
  readonly ghost?: number;
  /** The side without the portrait lies on the glass. */
  readonly faceDown?: boolean;
  /** A copy of this part of the size. */
  readonly reduced?: number;
  /** Opacity of three white streaks over the portrait, as a hologram reflects them, 0 to 1. */
  readonly glare?: number;
};

/** For intermediate pictures: compressing them took a quarter of the time. */
const uncompressed = { compressionLevel: 0 };

type Size = { readonly width: number; readonly height: number };

export const a4 = { width: 210, height: 297 } as const;

/** Draws the scan of a flatbed: the pieces on white, with some dust. */
export async function drawPage(
  pieces: readonly Piece[],
  {
    resolution = 300,
    grey = false,
    size = a4,
    text = false,
  }: {
    readonly resolution?: number;
    readonly grey?: boolean;
    readonly size?: Size;
    readonly text?: boolean;
  } = {},
): Promise<Page> {
  const scale = resolution / 25.4;
  const bed = { width: Math.round(size.width * scale), height: Math.round(size.height * scale) };
  const layers = text ? [{ input: strokes(bed, scale), left: 0, top: 0 }] : [];
  for (const piece of pieces) layers.push(await drawPiece(piece, scale, bed));
  const page = Buffer.alloc(bed.width * bed.height * 3, Buffer.from([0xf4, 0xf4, 0xf2]));
  for (const layer of layers) await paste(page, bed, layer);
  if (!grey) return { data: page, ...bed, channels: 3, resolution };
  const raw = sharp(page, { raw: { ...bed, channels: 3 } });
  return { data: await raw.toColourspace('b-w').raw().toBuffer(), ...bed, channels: 1, resolution };
}

/** By rows: sharp's own composite blends the whole page, which took half of the time. */
async function paste(
  page: Buffer,
  bed: Size,
  { input, left, top }: { readonly input: Buffer; readonly left: number; readonly top: number },
): Promise<void> {
  const flat = sharp(input).flatten({ background: '#f4f4f2' }).removeAlpha().raw();
  const { data, info } = await flat.toBuffer({ resolveWithObject: true });
  const rowBytes = info.width * 3;
  for (let y = 0; y < info.height; y++) {
    data.copy(page, ((top + y) * bed.width + left) * 3, y * rowBytes, (y + 1) * rowBytes);
  }
}

function portraitOf(person: Piece['person'], width: number): Promise<Buffer> {
  return sharp(people).extract(heads[person]).resize(Math.round(width)).png(uncompressed).toBuffer();
}

async function drawPiece(
  { person, x, y, kind = 'card', turned = 0, ghost, faceDown = false, reduced = 1, glare = 0 }: Piece,
  pageScale: number,
  bed: Size,
) {
  const scale = pageScale * reduced;
  const size = kind === 'card' ? { width: 85.6, height: 53.98 } : { width: 35, height: 45 };
  const width = Math.round(size.width * scale);
  const height = Math.round(size.height * scale);
  const portraitWidth = kind === 'card' ? 22 * scale : width;
  const portrait = await portraitOf(person, portraitWidth);
  const left = kind === 'card' ? Math.round(5 * scale) : 0;
  const top = kind === 'card' ? Math.round(18 * scale) : 0;
  const layers = faceDown ? [] : [{ input: portrait, left, top }];
  if (glare > 0) layers.push({ input: streaks(portraitWidth, glare), left, top });
  if (ghost !== undefined) {
    const pale = sharp(await portraitOf(person, portraitWidth * ghost))
      .greyscale()
      .linear(0.6, 90)
      .png(uncompressed);
    layers.push({ input: await pale.toBuffer(), left: Math.round(60 * scale), top: Math.round(25 * scale) });
  }
  const flat = await sharp(print(width, height, scale))
    .composite(layers)
    .png(uncompressed)
    .toBuffer();
  const lying = await sharp(flat)
    .rotate(turned, { background: '#f4f4f2' })
    .png(uncompressed)
    .toBuffer({ resolveWithObject: true });
  // The centre of the portrait after the turn, relative to the centre of the piece.
  const fromMiddle = {
    x: left + portraitWidth / 2 - width / 2,
    y: top + (portraitWidth * 9) / 14 - height / 2,
  };
  const angle = (turned * Math.PI) / 180;
  const middle = {
    x: x * pageScale - (fromMiddle.x * Math.cos(angle) - fromMiddle.y * Math.sin(angle)),
    y: y * pageScale - (fromMiddle.x * Math.sin(angle) + fromMiddle.y * Math.cos(angle)),
  };
  return within(
    lying,
    Math.round(middle.x - lying.info.width / 2),
    Math.round(middle.y - lying.info.height / 2),
    bed,
  );
}

/** Three soft streaks across a portrait of this width. */
function streaks(width: number, opacity: number): Buffer {
  const height = (width * 9) / 7;
  const streak = (at: number) =>
    `<rect x="${-width}" y="${at * height}" width="${3 * width}" height="${0.12 * height}"/>`;
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${Math.floor(width)}" height="${Math.floor(height)}">
    <filter id="soft"><feGaussianBlur stdDeviation="${width * 0.015}"/></filter>
    <g transform="rotate(25 ${width / 2} ${height / 2})" filter="url(#soft)" fill="white" fill-opacity="${opacity}">
      ${[0.2, 0.4, 0.6].map(streak).join('')}</g></svg>`);
}

/** The part of a layer that is on the glass. */
async function within(
  layer: { data: Buffer; info: { width: number; height: number } },
  left: number,
  top: number,
  bed: Size,
) {
  const cut = {
    left: Math.max(0, -left),
    top: Math.max(0, -top),
    width: Math.min(left + layer.info.width, bed.width) - Math.max(0, left),
    height: Math.min(top + layer.info.height, bed.height) - Math.max(0, top),
  };
  return {
    input: await sharp(layer.data).extract(cut).png(uncompressed).toBuffer(),
    left: Math.max(0, left),
    top: Math.max(0, top),
  };
}

/** The printed background of a card: a gradient, a frame, fine lines, and rows of strokes like text. */
function print(width: number, height: number, scale: number): Buffer {
  const waves = Array.from(
    { length: 18 },
    (_, i) => `M0 ${i * 3 * scale}q${width / 2} ${8 * scale} ${width} 0`,
  );
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <linearGradient id="g"><stop offset="0" stop-color="#cfe3d4"/><stop offset="1" stop-color="#e9d9c9"/></linearGradient>
    <rect width="100%" height="100%" rx="${3 * scale}" fill="url(#g)"/>
    <path d="${waves.join('')}" fill="none" stroke="#b5cfc0" stroke-width="${scale / 6}"/>
    <path d="${rows(30, 82, 8, 50, 5, scale)}" stroke="#333" stroke-width="${scale / 4}"/>
  </svg>`);
}

function strokes(bed: Size, scale: number): Buffer {
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${bed.width}" height="${bed.height}">
    <path d="${rows(20, 190, 20, 280, 7, scale)}" stroke="#222" stroke-width="${scale / 3}"/>
  </svg>`);
}

/** Rows of small vertical and horizontal strokes, the same every time; places are in millimetres. */
function rows(
  left: number,
  right: number,
  top: number,
  bottom: number,
  pitch: number,
  scale: number,
): string {
  let path = '';
  for (let y = top; y < bottom; y += pitch) {
    for (let x = left; x < right; x += 1.5) {
      const level = Math.sin(x * 12.9898 + y * 78.233) > 0;
      path += `M${Math.round(x * scale)} ${Math.round(y * scale)}${level ? 'h' : 'v'}${Math.round(1.4 * scale)}`;
    }
  }
  return path;
}
