import { readFile } from 'node:fs/promises';

import sharp from 'sharp';

import { assess } from '../../appliance/face/assess.js';
import { similarity } from '../../appliance/face/compare.js';
import { decode } from '../../appliance/face/decode.js';
import { findFaces } from '../../appliance/face/faces.js';
import type { Loaded } from '../../appliance/face/loaded.js';
import type { Net, Recogniser } from '../../appliance/face/manifest.js';
import { Tensor } from '../../appliance/face/onnxruntime.js';
import type { FaceModels } from '../../appliance/face/sessions.js';
import { makeTemplate } from '../../appliance/face/template.js';
import { longestProbeSide } from '../../appliance/vault/assess-frame.js';
import type { Stopwatch } from './stopwatch.js';

/** The stages of one comparison, as a vault goes through them; each is timed. */
export async function compareOurs(
  models: FaceModels,
  files: readonly string[],
  { time }: Stopwatch,
): Promise<number> {
  const templates = [];
  for (const file of files) {
    const encoded = await readFile(file);
    const picture = await time('decode', () => decode(encoded, longestProbeSide));
    if (!picture.ok) throw new Error(`${file}: ${picture.error}`);
    const faces = await time('find', () => findFaces(models, picture.value));
    if (faces.length === 0) throw new Error(`${file}: no face`);
    await time('assess', () => assess(picture.value, faces));
    const [{ mesh }] = faces;
    templates.push(await time('template', () => makeTemplate(models, picture.value, mesh, { colour: true })));
  }
  const [one, other] = templates;
  return similarity(one, other, models.recogniser.about.measure);
}

/** What no program with these nets can go below: each picture decoded whole, and one bare run of each net. */
export async function runFloor(
  { detector, mesh, recogniser }: FaceModels,
  files: readonly string[],
  { time }: Stopwatch,
): Promise<void> {
  for (const file of files) {
    await time('decode', () => sharp(file).raw().toBuffer());
    await time('detector', () => runBare(detector, 1));
    await time('mesh', () => runBare(mesh, 1));
    for (const member of recogniser.members) {
      await time('recogniser', () => runBare(member, member.about.mirrored ? 2 : 1));
    }
  }
}

const inputs = new WeakMap<object, Tensor[]>();

/** Runs a net on noise: so many pictures, in one batch where it takes one. */
async function runBare(net: Loaded<Net | Recogniser>, pictures: number): Promise<void> {
  const { input } = net.about;
  const made = inputs.get(net) ?? noiseFor(input, pictures);
  inputs.set(net, made);
  for (const tensor of made) await net.session.run({ [input.name]: tensor });
}

function noiseFor({ shape: [batch, ...one] }: (Net | Recogniser)['input'], pictures: number): Tensor[] {
  const batches = batch === 'N' ? [pictures] : Array<number>(pictures).fill(1);
  return batches.map((count) => {
    const dims = [count, ...one];
    const length = dims.reduce((product, extent) => product * extent);
    return new Tensor('float32', Float32Array.from({ length }, Math.random), dims);
  });
}
