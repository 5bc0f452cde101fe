import { readGraphModel } from './convert/graph-model.js';
import { translate } from './convert/translate.js';
import { writeNet } from './convert/write.js';
import { dlibResnet } from './nets/dlib-resnet.js';
import { warp } from './nets/warp.js';

/** Makes an ONNX file out of the source files that the manifest lists, in its order. */
export type Recipe = (files: readonly Uint8Array[]) => Uint8Array;

/** How each net of the manifest is made, by its id. */
export const recipes: ReadonlyMap<string, Recipe> = new Map(
  Object.entries<Recipe>({
    // The first two are of the 16 × 16 grid (2 anchors a cell), the last two of the 8 × 8 grid (6 a cell).
    blazeface: graphModel('blazeface', {
      scores16: 'Identity',
      boxes16: 'Identity_2',
      scores32: 'Identity_1',
      boxes32: 'Identity_3',
    }),
    // The third output, the contours of eyes and lips, is a part of the mesh.
    facemesh: graphModel('facemesh', { mesh: 'Identity_2', presence: 'Identity_1' }),
    'dlib-resnet': (files) => writeNet('dlib-resnet', dlibResnet(files[0], files[1])),
    // Age and gender, its other outputs, are nobody's business at the counter.
    faceres: graphModel('faceres', { template: 'global_pooling/Mean' }),
    warp,
  }),
);

function graphModel(name: string, outputs: Readonly<Record<string, string>>): Recipe {
  return (files) => writeNet(name, translate(readGraphModel(files[0], files[1]), outputs));
}
