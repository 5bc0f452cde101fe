import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import sharp from 'sharp';

import type { Camera } from '../../appliance/camera/camera.js';
import type { FaceModels } from '../../appliance/face/sessions.js';
import type { Finding } from '../../appliance/findings.js';
import { installation } from '../../appliance/installation.js';
import { ok } from '../../appliance/result.js';
import { noSamples } from '../../appliance/vault/face-sample.js';
import { photograph } from '../../appliance/vault/photograph.js';
import type { Message } from '../../appliance/protocol/vault.js';
import { appearances } from '../face/appearances.js';
import { faceModels } from '../face/samples.js';
import { printedFrames } from './printed.js';

const practice = (...names: string[]) => join(installation.practice, 'camera', ...names);
const good = readFileSync(practice('30.jpg'));
/** Somebody comes, stands in the dark, and stands well. */
const visitor = readdirSync(practice())
  .sort()
  .map((name) => readFileSync(practice(name)));

/** A camera that sees these frames, one every so many milliseconds of a clock that it sets. */
function camera(interval: number, frames: readonly Uint8Array[] = [good]): Camera & { taken: number } {
  return {
    practice: true,
    taken: 0,
    async *frames(signal) {
      while (!signal.aborted) {
        await sleep(0);
        const encoded = frames[this.taken % frames.length];
        const now = interval * this.taken++;
        performance.now = () => now;
        yield ok({ encoded });
      }
    },
  };
}

describe('the photograph', () => {
  let models: FaceModels;
  const now = performance.now.bind(performance);
  before(async () => (models = await faceModels()));
  afterEach(() => (performance.now = now));

  async function take(source: Camera, findings: readonly Finding[] = []) {
    const reported: Extract<Message, { is: 'progress' | 'waiting' | 'guidance' }>[] = [];
    const context = {
      models,
      samples: noSamples(),
      report: (news: (typeof reported)[number]) => void reported.push(news),
      signal: new AbortController().signal,
    };
    const taken = await photograph(source, context, false);
    assert.ok(taken.ok && taken.value.usable);
    assert.deepEqual(taken.value.findings, findings);
    assert.equal(context.samples.probe.length, 3);
    const progress = reported.flatMap((news) => (news.is === 'progress' ? [news.percent] : []));
    assert.deepEqual(
      progress,
      progress.toSorted((one, other) => one - other),
    );
    assert.equal(progress.at(-1), 100);
  }

  it('is taken by itself once the picture has been good for half a second', async () => {
    const quick = camera(50);
    await take(quick);
    // At 0, 50, … and 500.
    assert.equal(quick.taken, 11);
  });

  it('is of five frames at least, however slow the camera', async () => {
    const slow = camera(300);
    await take(slow);
    assert.equal(slow.taken, 5);
  });

  it('warns of a print that is held to the camera, takes no longer, and stays usable', async () => {
    const quick = camera(50, await printedFrames());
    await take(quick, [{ side: 'probe', code: 'picture-suspected', blocking: false }]);
    assert.equal(quick.taken, 11);
  });

  describe('takes as many frames as in colour', () => {
    const interval = 1000 / 15;
    let inColour: number;
    before(async () => {
      const source = camera(interval, visitor);
      await take(source);
      inColour = source.taken;
    });

    for (const [how, changed] of Object.entries(appearances)) {
      it(how, async () => {
        const frames = await Promise.all(visitor.map((frame) => changed(sharp(frame)).jpeg().toBuffer()));
        const source = camera(interval, frames);
        await take(source);
        assert.equal(source.taken, inColour);
      });
    }
  });
});
