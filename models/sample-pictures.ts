import { join } from 'node:path';

import { installation } from '../appliance/installation.js';

/** A sample picture of the npm package face-api: several people in a room, 1920 pixels wide. */
export type SampleNumber = 1 | 2 | 3 | 4 | 5 | 6;

export function samplePath(number: SampleNumber): string {
  return join(installation.root, 'node_modules', '@vladmandic', 'face-api', 'demo', `sample${number}.jpg`);
}
