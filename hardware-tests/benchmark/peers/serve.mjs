import { createInterface } from 'node:readline';

import sharp from 'sharp';

/**
 * Compares the pictures named on each line of the standard input, a tab between them, and answers with a line of JSON:
 * `milliseconds` from the files to the similarity, and `similarity`, null where there is no face.
 *
 * @param templateOf the template of the face in a decoded picture, if there is one
 * @param similarityOf that of two templates
 */
export async function serve(templateOf, similarityOf) {
  for await (const line of createInterface({ input: process.stdin })) {
    const begun = performance.now();
    const templates = [];
    for (const file of line.split('\t')) {
      const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
      templates.push(await templateOf(data, [1, info.height, info.width, 3]));
    }
    const similarity = templates.every(Boolean) ? similarityOf(...templates) : null;
    console.log(JSON.stringify({ milliseconds: performance.now() - begun, similarity }));
  }
}
