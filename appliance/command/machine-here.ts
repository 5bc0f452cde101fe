import { resolve } from 'node:path';

import { clockOf } from '../clock/clock.js';
import { onBox } from '../core/health.js';
import { recordFileIn } from '../core/state-folder.js';
import { DeviceManager } from '../core/device-manager.js';
import { PlugWatch } from '../core/udev.js';
import type { Machine } from '../health/self-test.js';
import { LightsHere } from '../panel/lights/here.js';
import { canKeepIfGood, findSettings, firstLine, type SettingsFound } from '../settings/read.js';
import { besideSettings } from './beside-settings.js';

/** What the command line says of a machine: its settings, and pictures to practise with. */
export type Asked = { readonly document?: string; readonly camera?: string; readonly settings?: string };

/** A machine without an appliance, its settings, and its lights, unless an appliance that is busy has them. */
export type Here = {
  readonly machine: Required<Machine>;
  readonly lights: LightsHere | undefined;
  readonly found: SettingsFound;
};

/** This machine. Practice takes no device's place unless it was asked for. */
export async function machineHere(folder: string, asked: Asked, busy = false): Promise<Here> {
  const found = await findSettings(folder, asked.settings);
  const { settings, file, problems } = found;
  const kept = await canKeepIfGood(folder, found);
  const plugsTold = await hearsUdev();
  const { devices, panel } = settings;
  const lights = busy ? undefined : await LightsHere.open(settings);
  const clock = clockOf(folder);
  const wanted = {
    document: asked.document && resolve(asked.document),
    frames: asked.camera && resolve(asked.camera),
    scanner: devices.scanner,
    camera: devices.camera,
  };
  const supply = new DeviceManager(wanted, undefined, false);
  const machine: Required<Machine> = {
    own: besideSettings(settings.model, file),
    recordFile: recordFileIn(folder),
    onBox,
    resolution: devices.resolution,
    lights: () => (panel.lights === 'off' ? 'off' : (lights?.driver ?? 'in-use')),
    clock: async () => {
      await clock.look();
      return clock.judge(clock.read(), undefined);
    },
    settings: () => ({ problems: problems.length, line: firstLine(found), kept }),
    plugsTold: () => plugsTold,
    camera: () => supply.cameraAfresh(),
    scanner: () => supply.scanner.afresh(),
    lit: (work) => {
      const never = new AbortController().signal;
      return lights ? lights.during(() => work(never)) : work(never);
    },
  };
  return { machine, lights, found };
}

/** Whether an appliance would be told here what is plugged in. */
async function hearsUdev(): Promise<boolean> {
  const watch = new PlugWatch(() => undefined);
  await watch.settled;
  const { live } = watch;
  watch.close();
  return live;
}
