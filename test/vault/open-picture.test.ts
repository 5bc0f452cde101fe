import assert from 'node:assert/strict';

import { cropUpright } from '../../appliance/vault/open-picture.js';
import { faceModels, facing, pictureOf, portraitOf } from '../face/samples.js';

describe('a picture file that is opened', () => {
  it('is left as it was where a portrait is looked for on it, though what was looked over is zeroed', async () => {
    const picture = await pictureOf(portraitOf(facing));
    const before = Uint8Array.from(picture.data);
    assert((await cropUpright(await faceModels(), 'document', picture)).ok);
    assert.deepEqual(Uint8Array.from(picture.data), before);
  });
});
