import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Pictures } from './pictures.js';
import type { Stage } from './stage.js';

// Pictures and stages on their way from one program to another.

type Contents = readonly { readonly name: Stage['name']; readonly length: number }[];
type Size = { readonly width: number; readonly height: number };

export function writePictures(folder: string, { page: { data, width, height }, frame }: Pictures): void {
  writeFileSync(join(folder, 'page.rgb'), data);
  writeFileSync(join(folder, 'page.json'), JSON.stringify({ width, height } satisfies Size));
  writeFileSync(join(folder, 'frame.jpg'), frame);
}

export function readPictures(folder: string): Pictures {
  const size = JSON.parse(readFileSync(join(folder, 'page.json'), 'utf8')) as Size;
  return {
    page: { data: readFileSync(join(folder, 'page.rgb')), ...size },
    frame: readFileSync(join(folder, 'frame.jpg')),
  };
}

export function writeStages(folder: string, stages: readonly Stage[]): void {
  const contents: Contents = stages.map(({ name, bytes }) => ({ name, length: bytes.length }));
  writeFileSync(join(folder, 'stages.json'), JSON.stringify(contents));
  writeFileSync(join(folder, 'stages.bin'), Buffer.concat(stages.map(({ bytes }) => bytes)));
}

export function readStages(folder: string): Stage[] {
  const contents = JSON.parse(readFileSync(join(folder, 'stages.json'), 'utf8')) as Contents;
  const bytes = readFileSync(join(folder, 'stages.bin'));
  let at = 0;
  return contents.map(({ name, length }) => ({ name, bytes: bytes.subarray(at, (at += length)) }));
}
