import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';

import { useTimeZone } from '../clock/zone.js';
import { readAgreed } from '../core/agreed.js';
import { Appliance } from '../core/appliance.js';
import type { ApplianceOptions } from '../core/options.js';
import { startLights } from '../core/lights-process.js';
import { startScreen } from '../core/screen-process.js';
import { recordFileIn, socketsIn, stateFolder, witnessIn } from '../core/state-folder.js';
import { Exporter } from '../export/exporter.js';
import { openService } from '../systemd/service.js';
import { inheritedSockets } from '../systemd/inherited-sockets.js';
import type { PanelServer } from '../core/panel-server.js';
import { listen, listenOn } from '../core/panel-sockets.js';
import { err, ok, type Result } from '../result.js';
import { doors } from '../panel/link.js';
import { panelSettingsOf } from '../panel/lights/wiring.js';
import { exportKeyIn } from '../settings/export-key.js';
import { tpmHere } from '../tpm/tpm.js';
import { findSettings, firstLine, keepIfGood } from '../settings/read.js';
import { formatProblems } from '../settings/words.js';
import { Updater } from '../update/updater.js';
import { vaultsResponsive } from '../vault-client/vault-connection.js';
import { automaticVisits } from './automatic-visits.js';
import { defineCommand } from './command.js';
import { exitCode } from './exit-code.js';
import { type MachineOptions, machineOptions } from './local-machine.js';
import { modelPaths } from './model-paths.js';
import { softwareVersion } from './software-version.js';

export const command = defineCommand({
  synopsis: ['run [--once [--repeat N]] [--document 画像/IMAGE] [--camera 画像/PATH] …'],
  description: `
    照らしを動かします。この端末に画面が出ます。
    Runs the appliance, with its screen on this terminal.
  `,
  options: {
    once: {
      type: 'boolean',
      default: false,
      help: [
        '一回の来庁をひとりでに進め、記録を表示して終わります',
        'one whole visit by itself: each step and the audit record are printed',
      ],
    },
    repeat: { type: 'string', default: '1', value: 'N', help: ['それを N 回 / N of them in a row'] },
    ...machineOptions,
    settings: {
      type: 'string',
      value: 'FILE',
      help: [
        '設定ファイル。省略時は TERASHI_SETTINGS、なければ /boot/settings/、/boot/firmware/、/boot/ の順に',
        '探した terashi.toml、どれもなければ既定値。変えた設定は、次に動かしたときから使われます',
        'the settings file (TOML); else the one that TERASHI_SETTINGS names, or terashi.toml in the first',
        'of those three folders, or the defaults. A changed file takes effect at the next start',
      ],
    },
    state: {
      type: 'string',
      value: 'FOLDER',
      help: ['記録を置くフォルダ / the folder of the audit records'],
    },
    json: {
      type: 'boolean',
      default: false,
      help: ['--once の記録を JSON で / the records of --once as JSON, one line a visit'],
    },
  },
  notes: `
    終了コード / exit codes: 0 終わりました done · 1 故障 fault · 2 使い方の誤り bad usage
    3 比べられませんでした not comparable (--once)
  `,
  run({ once, repeat, json, state, ...options }) {
    const visits = Number(repeat);
    if (!Number.isInteger(visits) || visits < 1) return err(`--repeat ${repeat}: 1, 2, 3 …`);
    if (!once && (visits > 1 || json)) return err('--repeat, --json: --once');
    return start(resolve(state ?? stateFolder()), options, once ? { visits, json } : undefined);
  },
});

/** @param automatic makes so many visits by itself instead of serving the counter */
async function start(
  folder: string,
  options: MachineOptions,
  automatic: { readonly visits: number; readonly json: boolean } | undefined,
): Promise<number> {
  const panels = await lockFolder(folder);
  if (!panels.ok) return fail(panels.error);
  try {
    const parts = await gatherParts(folder, options, automatic !== undefined);
    return automatic
      ? await automaticVisits(parts, automatic.visits, automatic.json)
      : await serve(parts, panels.value, folder);
  } finally {
    await panels.value.close();
  }
}

/** If systemd passed the sockets in, it starts lights and screen too. */
const inherited = inheritedSockets(doors, process.env, process.pid);

/** Opens the panels' sockets. One is the lock of the folder too: one appliance at a time listens there. */
async function lockFolder(folder: string): Promise<Result<PanelServer, string>> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 }).then(
    () => true,
    () => false,
  );
  if (!made)
    return err(
      `${folder}: フォルダを作れません。--state で別の場所を / cannot be made; choose another with --state`,
    );
  const sockets = socketsIn(folder);
  const panels = await (inherited === undefined ? listen(sockets) : listenOn(inherited));
  if (panels.ok) return ok(panels.value);
  return err(
    panels.error === 'socket-in-use'
      ? '照らしはすでに動いています。先に終えるか、--state で別のフォルダを使ってください。\n' +
          'Another appliance is running here. End it first, or use another folder with --state.'
      : `${sockets.screen}: 使えません。--state で短い名前のフォルダを / cannot be used; try a shorter --state FOLDER`,
  );
}

function fail(words: string): number {
  process.stderr.write(`${words}\n`);
  return exitCode.failed;
}

async function gatherParts(
  folder: string,
  options: MachineOptions,
  unattended: boolean,
): Promise<ApplianceOptions> {
  const found = await findSettings(folder, options.settings);
  const { settings, problems, file } = found;
  useTimeZone(settings.place['time-zone']);
  process.stderr.write(formatProblems(file ?? '', found));
  const settingsKept = await keepIfGood(folder, found);
  if (!settingsKept) {
    process.stderr.write(
      `${folder}: 正しい設定を控えられませんでした。空きを確かめてください。\n` +
        'The settings could not be kept for later. Check that the disk has room.\n',
    );
  }
  return {
    settings,
    settingsProblems: problems.length,
    settingsLine: firstLine(found),
    settingsKept,
    devices: {
      document: options.document && resolve(options.document),
      frames: options.camera && resolve(options.camera),
      scanner: settings.devices.scanner,
      camera: settings.devices.camera,
    },
    model: modelPaths(settings.model, file),
    recordFile: recordFileIn(folder),
    agreed: await readAgreed(folder),
    unattended,
    exportKey: exportKeyIn(found),
    witness: witnessIn(folder),
    tpm: tpmHere(),
    software: await softwareVersion(),
    updater: clientFor(process.env.TERASHI_UPDATE_SOCKET, Updater),
    exporter: clientFor(process.env.TERASHI_EXPORT_SOCKET, Exporter),
  };
}

/** Without the sockets of a box the appliance ignores USB sticks. */
function clientFor<T>(socket: string | undefined, Client: new (socket: string) => T): T | undefined {
  return socket === undefined ? undefined : new Client(socket);
}

const noUdev =
  'udev が動いていないので、機器の抜き差しは数秒ごとに調べます。\n' +
  'No udev is running here: devices are looked for every few seconds instead.\n';

/** Serves the counter until Ctrl-C, a signal, or the end of the terminal. */
async function serve(parts: ApplianceOptions, panels: PanelServer, folder: string): Promise<number> {
  const bugs: unknown[] = [];
  let quit!: () => void;
  const ended = new Promise<void>((resolve) => (quit = resolve));
  const service = await openService(vaultsResponsive);
  const appliance = new Appliance(parts, {
    view: (view) => {
      panels.show(view);
      if (view.scene.name !== 'starting') service.reportStatus(view.status);
    },
    recorded: () => undefined,
    udevLive: (live) => {
      if (!live && !screen) process.stderr.write(noUdev);
    },
    bug: (thrown) => bugs.push(thrown),
  });
  panels.on('screen', (there) => appliance.setScreen(there));
  panels.on('press', (key, door) => appliance.press(key, door === 'lights'));
  panels.on('ask', (choice) => appliance.choose(choice));
  panels.settle(panelSettingsOf(parts.settings));
  // The lights may have connected before the appliance existed.
  appliance.setLights(panels.lights);
  panels.on('lights', (lights) => appliance.setLights(lights));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, quit);
  // Ignore write errors of a closed terminal: the visit must still be erased and recorded.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const { panel } = parts.settings;
  const sockets = socketsIn(folder);
  const lit = inherited === undefined && panel.lights !== 'off';
  const lights = lit ? startLights(sockets.lights) : undefined;
  const drawn = inherited === undefined && process.stdout.isTTY && panel.screen !== 'none';
  const screen = drawn ? startScreen(sockets.screen, quit) : undefined;
  if (!screen) process.stderr.write(`画面なしで動いています / running without a screen: ${sockets.screen}\n`);
  appliance.start();
  await ended;
  service.reportStopping();
  await appliance.stop();
  await Promise.all([screen?.close(), lights?.close()]);
  for (const bug of bugs) console.error(bug);
  return bugs.length > 0 ? exitCode.failed : exitCode.done;
}
