import { readGraphModel } from './convert/graph-model.js';
import { readTflite } from './convert/tflite/model.js';
import { translateTflite } from './convert/tflite/translate.js';
import { translate } from './convert/translate.js';
import { writeNet } from './convert/write.js';
import { dlibResnet } from './nets/dlib-resnet.js';

/** Converts the source files that the manifest lists, in its order, to an ONNX file. */
export type Recipe = (files: readonly Uint8Array[]) => Uint8Array;

/** The recipe for each net in the manifest, by id. */
export const recipes: ReadonlyMap<string, Recipe> = new Map(
  Object.entries<Recipe>({
    // The first two belong to the 16 × 16 grid (2 anchors a cell), the last two to the 8 × 8 grid (6 a cell).
    blazeface: graphModel('blazeface', {
      scores16: 'Identity',
      boxes16: 'Identity_2',
      scores32: 'Identity_1',
      boxes32: 'Identity_3',
    }),
    // The third output, the contours of eyes and lips, is a subset of the mesh.
    facemesh: graphModel('facemesh', { mesh: 'Identity_2', presence: 'Identity_1' }),
    'dlib-resnet': (files) => writeNet('dlib-resnet', dlibResnet(files[0], files[1])),
    // Its other outputs, age and gender, are dropped on purpose.
    faceres: graphModel('faceres', { template: 'global_pooling/Mean' }),
    mobilefacenet: ([file]) => writeNet('mobilefacenet', translateTflite(readTflite(file), 'template')),
  }),
);

function graphModel(name: string, outputs: Readonly<Record<string, string>>): Recipe {
  return (files) => writeNet(name, translate(readGraphModel(files[0], files[1]), outputs));
}
