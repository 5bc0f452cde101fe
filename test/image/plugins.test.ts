import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { GStreamerChoice, SourceName } from '../../appliance/camera/source.js';
import { cameraSources } from '../../appliance/camera/sources.js';
import { platforms } from '../../image/package/platform.js';
import { linkPlugins } from '../../image/package/plugins.js';
import { run } from '../../hardware-tests/counter/run.js';

const gstreamerSources = Object.keys(cameraSources).filter(
  (name): name is GStreamerChoice['source'] => 'pipelines' in cameraSources[name as SourceName],
);

describe('the GStreamer plugins of a vault', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plugins-test-'));
  after(() => rmSync(folder, { recursive: true }));
  const given = join(folder, 'gstreamer');
  before(() =>
    linkPlugins(
      platforms.find(({ npm }) => npm === process.arch)!,
      given,
    ),
  );

  /** The plugin of an element by GStreamer; undefined if it does not know the element. */
  async function pluginOf(element: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
    const { stdout } = await run('gst-inspect-1.0', [element], { LC_ALL: 'C', ...env });
    return /^ +Filename +(\S+)$/m.exec(stdout)?.[1];
  }

  for (const source of gstreamerSources) {
    it(`include every element for ${source} that this computer has`, async () => {
      const stages = cameraSources[source].pipelines({ kind: 'gstreamer', source }).flat();
      const elements = stages.map(([name]) => name).filter((name) => !name.includes('/'));
      assert.ok(elements.includes(source));
      for (const element of new Set([...elements, 'fdsink'])) {
        if ((await pluginOf(element, {})) === undefined) continue;
        const env = { GST_PLUGIN_SYSTEM_PATH: given, GST_REGISTRY: join(folder, 'registry') };
        assert.ok((await pluginOf(element, env))?.startsWith(`${given}/`), element);
      }
    });
  }
});
