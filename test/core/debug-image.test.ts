import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Appliance } from '../../appliance/core/appliance.js';
import { draw } from '../../appliance/panel/screen/draw.js';
import { textOf } from '../../appliance/panel/screen/line.js';
import type { View } from '../../appliance/panel/view.js';
import type { Entry } from '../../appliance/record/entry.js';
import { err } from '../../appliance/result.js';
import { until } from '../../hardware-tests/counter/until.js';
import { practiceOptions } from './practice-options.js';
import { everyScene } from '../panel/views.js';

const rows = (view: View) => draw(view, { columns: 80, rows: 24 }).map(textOf);

describe('an image for trying a board', () => {
  /** What one visit, decided by sight, leaves on the screen and in the record. */
  async function visited(debugImage: boolean | undefined): Promise<{ views: View[]; entry: Entry }> {
    const folder = mkdtempSync(join(tmpdir(), 'terashi-debug-image-'));
    const [views, entries]: [View[], Entry[]] = [[], []];
    const appliance = new Appliance(
      {
        ...practiceOptions(folder),
        // Loads until the appliance stops.
        startVault: async (signal) => {
          if (!signal.aborted) await once(signal, 'abort');
          return err('vault-died');
        },
        ...(debugImage === undefined ? {} : { debugImage }),
      },
      {
        view: (view) => views.push(view),
        recorded: (entry) => entries.push(entry),
        udevLive: () => undefined,
        bug: (thrown) => {
          throw thrown;
        },
      },
    );
    const shows = (name: string) => () => views.at(-1)?.scene.name === name;
    try {
      appliance.start();
      await until('a ready appliance', shows('idle'));
      appliance.choose('begin');
      await until('the reason', () => views.at(-1)?.choices.includes('clear-by-sight') === true);
      appliance.choose('clear-by-sight');
      await until('a record', () => entries.length === 1);
      return { views, entry: entries[0] };
    } finally {
      await appliance.stop();
      rmSync(folder, { recursive: true });
    }
  }

  it('marks each record, and says first of all on the screen that it is not for a counter', async () => {
    const { views, entry } = await visited(true);
    assert.equal(entry.debugImage, true);
    assert.equal(entry.outcome, 'visually-clear');
    const idle = views.findLast(({ scene }) => scene.name === 'idle')!;
    assert.equal(idle.warnings[0], 'debug-image');
    assert.match(rows(idle).join('\n'), /窓口では使わないでください/);
    for (const view of views.slice(views.indexOf(idle))) assert.match(rows(view)[0], / 試験用 /);
  });

  it('is the only one that does', async () => {
    for (const said of [false, undefined]) {
      const { views, entry } = await visited(said);
      assert(!('debugImage' in entry));
      for (const view of views) {
        assert(!view.warnings.includes('debug-image'));
        assert.doesNotMatch(rows(view).join('\n'), /試験用/);
      }
    }
  });

  it('is marked in every scene, beside the mark of practice', () => {
    for (const view of Object.values(everyScene)) {
      const marked: View = { ...view, practice: true, warnings: ['debug-image'] };
      assert.match(rows(marked).slice(0, 2).join('\n'), / (練習|試験中) .* 試験用 /);
      assert.match(
        rows({ ...marked, language: 'en' })
          .slice(0, 2)
          .join('\n'),
        / (PRACTICE|UNDER TEST) .* TEST ONLY /,
      );
    }
  });
});
