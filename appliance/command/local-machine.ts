import { resolve } from 'node:path';

import { clockOf } from '../clock/clock.js';
import { useTimeZone } from '../clock/zone.js';
import { readAgreed } from '../core/agreed.js';
import { onBox } from '../core/health.js';
import { recordFileIn } from '../core/state-folder.js';
import { DeviceManager } from '../core/device-manager.js';
import { UdevMonitor } from '../core/udev-monitor.js';
import type { Machine } from '../health/self-test.js';
import { LightsHere } from '../panel/lights/here.js';
import { canKeepIfGood, findSettings, firstLine, type SettingsFound } from '../settings/read.js';
import { undrawableIn } from '../settings/undrawable.js';
import type { Options } from './help.js';
import { modelPaths } from './model-paths.js';

/** The options of commands that use the machine's devices. */
export const machineOptions = {
  document: {
    type: 'string',
    value: 'FILE',
    help: [
      '読み取り機の代わりに、この画像を読み取ります（練習）',
      'this picture lies under the pseudo-scanner (practice)',
    ],
  },
  camera: {
    type: 'string',
    value: 'PATH',
    help: [
      'カメラの代わりに、この画像かフォルダの画像を写します（練習）',
      'this picture, or those of this folder, stand before the camera (practice)',
    ],
  },
  settings: { type: 'string', value: 'FILE', help: ['設定ファイル / the settings file (TOML)'] },
  state: {
    type: 'string',
    value: 'FOLDER',
    help: ['記録のあるフォルダ / the folder of the audit records'],
  },
} as const satisfies Options;

export type MachineOptions = Readonly<Partial<Record<'document' | 'camera' | 'settings', string>>>;

/** This machine, for a command that tests it itself. `lights` is undefined while a running appliance uses them. */
export type LocalMachine = {
  readonly machine: Required<Machine>;
  readonly lights: LightsHere | undefined;
  readonly found: SettingsFound;
};

/** Opens this machine. A practice picture replaces a device only where an option names it. */
export async function openLocalMachine(
  folder: string,
  options: MachineOptions,
  busy = false,
): Promise<LocalMachine> {
  const found = await findSettings(folder, options.settings);
  const { settings, file, problems } = found;
  useTimeZone(settings.place['time-zone']);
  const kept = await canKeepIfGood(folder, found);
  const agreed = await readAgreed(folder);
  const plugsTold = await udevIsRunning();
  const { devices, panel } = settings;
  const lights = busy ? undefined : await LightsHere.open(settings);
  const clock = clockOf(folder);
  const wanted = {
    document: options.document && resolve(options.document),
    frames: options.camera && resolve(options.camera),
    scanner: devices.scanner,
    camera: devices.camera,
  };
  const deviceManager = new DeviceManager(wanted, undefined, false);
  const machine: Required<Machine> = {
    customModel: {
      ...modelPaths(settings.model, file),
      trust: agreed?.agreed.settings['keys.signing'] as string,
    },
    recordFile: recordFileIn(folder),
    tpm: () => 'none',
    onBox,
    resolution: devices.resolution,
    lights: () => (panel.lights === 'off' ? 'off' : (lights?.status ?? 'in-use')),
    clock: async () => {
      await clock.refresh();
      return clock.judge(clock.read(), undefined);
    },
    settings: () => ({
      problems: problems.length,
      line: firstLine(found),
      kept,
      drawable: undrawableIn(settings).length === 0,
    }),
    udevLive: () => plugsTold,
    camera: () => deviceManager.reselectCamera(),
    scanner: () => deviceManager.scanner.reselect(),
    withCameraLight: (work) => {
      const never = new AbortController().signal;
      return lights ? lights.during(() => work(never)) : work(never);
    },
  };
  return { machine, lights, found };
}

/** Whether an appliance on this machine would hear of devices that are plugged in. */
async function udevIsRunning(): Promise<boolean> {
  const watch = new UdevMonitor(() => undefined);
  await watch.ready;
  const { live } = watch;
  watch.close();
  return live;
}
