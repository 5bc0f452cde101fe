import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** A picture that lies in one of the npm packages: several young women each, in a room. */
export function samplePicture(number: 1 | 2 | 3 | 4 | 5 | 6): Buffer {
  return readFileSync(join(packageFolder('@vladmandic/face-api'), 'demo', `sample${number}.jpg`));
}

/** The folder of an installed npm package. */
export function packageFolder(name: string): string {
  return dirname(require.resolve(`${name}/package.json`));
}
