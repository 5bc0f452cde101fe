import { join } from 'node:path';

import type { ApplianceOptions } from '../../appliance/core/options.js';
import { recordFileIn } from '../../appliance/core/state-folder.js';
import { installation } from '../../appliance/installation.js';
import { ok } from '../../appliance/result.js';
import { defaults } from '../../appliance/settings/settings.js';

/** An appliance with the default settings and the practice devices, whose records are in `folder`. */
export function practiceOptions(folder: string): ApplianceOptions {
  return {
    settings: defaults,
    settingsProblems: 0,
    settingsLine: undefined,
    settingsKept: true,
    exportKey: ok(undefined),
    devices: {
      scanner: 'auto',
      camera: 'auto',
      document: join(installation.practice, 'card.png'),
      frames: join(installation.practice, 'camera'),
    },
    model: {},
    recordFile: recordFileIn(folder),
    witness: join(folder, 'head'),
    software: 'test',
  };
}
