import { Appliance } from '../../appliance/core/appliance.js';
import type { ApplianceOptions } from '../../appliance/core/options.js';
import { recordFileIn, socketsIn, witnessIn } from '../../appliance/core/state-folder.js';
import { listen } from '../../appliance/core/panel-sockets.js';
import { ok } from '../../appliance/result.js';
import { defaults } from '../../appliance/settings/settings.js';

/** Serves a counter as `terashi run` does, until it is told to end, with these parts in the place of the usual ones. */
export async function serve(state: string, parts: Partial<ApplianceOptions>): Promise<void> {
  const panels = await listen(socketsIn(state));
  if (!panels.ok) throw new Error(panels.error);
  const appliance = new Appliance(
    {
      settings: defaults,
      settingsProblems: 0,
      settingsLine: undefined,
      settingsKept: true,
      exportKey: ok(undefined),
      devices: { scanner: 'auto', camera: 'auto' },
      model: {},
      recordFile: recordFileIn(state),
      witness: witnessIn(state),
      software: 'test',
      ...parts,
    },
    {
      view: (view) => panels.value.show(view),
      recorded: () => undefined,
      udevLive: () => undefined,
      bug: (thrown) => {
        throw thrown;
      },
    },
  );
  panels.value.on('press', (key, door) => appliance.press(key, door === 'lights'));
  panels.value.on('screen', (there) => appliance.setScreen(there));
  panels.value.on('ask', (choice) => appliance.choose(choice));
  process.once('SIGTERM', () => {
    void appliance
      .stop()
      .then(() => panels.value.close())
      .then(() => process.exit());
  });
  appliance.start();
}
