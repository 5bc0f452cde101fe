import { resolve } from 'node:path';

import { clockOf } from '../clock/clock.js';
import { onBox } from '../core/health.js';
import { recordFileIn } from '../core/state-folder.js';
import { Supply } from '../core/supply.js';
import type { Machine } from '../health/self-test.js';
import type { Lines } from '../panel/lights/lines.js';
import { openLines } from '../panel/lights/open.js';
import { wiringOf } from '../panel/lights/wiring.js';
import { err, ok } from '../result.js';
import { findSettings } from '../settings/read.js';
import { besideSettings } from './beside-settings.js';

/** What the command line says of a machine: its settings, and pictures to practise with. */
export type Asked = { readonly document?: string; readonly camera?: string; readonly settings?: string };

/** A machine without an appliance, and the lines of its lights if it has any: whoever asked closes them. */
export type Here = { readonly machine: Required<Machine>; readonly lines: Lines | undefined };

/** This machine. Practice takes no device's place unless it was asked for. */
export async function machineHere(folder: string, asked: Asked): Promise<Here> {
  const { settings, file } = await findSettings(folder, asked.settings);
  const { devices, lights, panel } = settings;
  const lines = panel.lights === 'off' ? undefined : await openLines(wiringOf(settings));
  const clock = clockOf(folder);
  const wanted = {
    document: asked.document && resolve(asked.document),
    frames: asked.camera && resolve(asked.camera),
    scanner: devices.scanner,
    camera: devices.camera,
  };
  const supply = new Supply(wanted, undefined, false);
  const machine: Required<Machine> = {
    own: besideSettings(settings.model, file),
    recordFile: recordFileIn(folder),
    onBox,
    resolution: devices.resolution,
    lights: () => (panel.lights === 'off' ? 'off' : (lines?.driver ?? 'absent')),
    clock: async () => {
      await clock.look();
      return clock.judge(clock.read(), undefined);
    },
    camera: async () => {
      const choice = await supply.camera.afresh();
      const { largest } = supply.camera;
      return choice.ok ? ok({ choice: choice.value, ...(largest ? { largest } : {}) }) : choice;
    },
    scanner: () => supply.scanner.afresh(),
    async lit(work) {
      lines?.set('camera', true);
      try {
        if (lights.required && lines?.isOn('camera') !== true) return err('light-failed');
        return await work();
      } finally {
        lines?.set('camera', false);
      }
    },
  };
  return { machine, lines };
}
