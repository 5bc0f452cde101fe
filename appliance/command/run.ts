import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';

import { Appliance, type Parts } from '../core/appliance.js';
import { startLights } from '../core/lights.js';
import { startScreen } from '../core/screen.js';
import { recordFileIn, socketIn, stateFolder } from '../core/state-folder.js';
import { Exporter } from '../export/exporter.js';
import { openService } from '../systemd/service.js';
import { inheritedSocket } from '../systemd/inherited-socket.js';
import { adopt, listen, type PanelServer } from '../core/panel-server.js';
import { err, ok, type Result } from '../result.js';
import { findSettings, firstLine, keepIfGood } from '../settings/read.js';
import { formatProblems } from '../settings/words.js';
import { Updater } from '../update/updater.js';
import { vaultsAnswer } from '../vault-client/vault.js';
import { automaticVisits } from './automatic-visits.js';
import { besideSettings } from './beside-settings.js';
import { type Command, commonOptions, exitCode, parse, refuse } from './command.js';
import { softwareHere } from './software.js';

const help = `terashi run [--once [--repeat N]] [--document 画像/IMAGE] [--camera 画像/PATH] …

  照らしを動かします。この端末に画面が出ます。
  Runs the appliance, with its screen on this terminal.

  --once             一回の来庁をひとりでに進め、記録を表示して終わります
                     one whole visit by itself: each step and the audit record are printed
  --repeat N         それを N 回 / N of them in a row
  --document FILE    読み取り機の代わりに、この画像を読み取ります（練習）
                     this picture lies under the pseudo-scanner (practice)
  --camera PATH      カメラの代わりに、この画像かフォルダの画像を写します（練習）
                     this picture, or those of this folder, stand before the camera (practice)
  --settings FILE    設定ファイル。省略時は TERASHI_SETTINGS、なければ /boot/firmware/terashi.toml か
                     /boot/terashi.toml、どれもなければ既定値。変えた設定は、次に動かしたときから使われます
                     the settings file (TOML); else the one that TERASHI_SETTINGS names, or one of those two on
                     the boot partition, or the defaults. A changed file takes effect at the next start
  --state FOLDER     記録を置くフォルダ / the folder of the audit records
  --json             --once の記録を JSON で / the records of --once as JSON, one line a visit
  --help             この説明 / this help

  終了コード / exit codes: 0 終わりました done · 1 故障 fault · 2 使い方の誤り bad usage
  3 比べられませんでした not comparable (--once)
`;

const options = {
  once: { type: 'boolean', default: false },
  repeat: { type: 'string', default: '1' },
  document: { type: 'string' },
  camera: { type: 'string' },
  settings: { type: 'string' },
  state: { type: 'string' },
  ...commonOptions,
} as const;

export const command: Command = {
  async main(args) {
    const parsed = parse(help, { args, options });
    if (!parsed.ok) return parsed.error;
    const { once, repeat, json, ...values } = parsed.value.values;
    const visits = Number(repeat);
    if (!Number.isInteger(visits) || visits < 1) return refuse(`--repeat ${repeat}: 1, 2, 3 …`, help);
    if (!once && (visits > 1 || json)) return refuse('--repeat, --json: --once', help);

    const folder = resolve(values.state ?? stateFolder());
    const panels = await claim(folder);
    if (!panels.ok) return complain(panels.error);
    try {
      const parts = await gather(folder, values);
      return once
        ? await automaticVisits(parts, visits, json)
        : await attend(parts, panels.value, folder, values.settings);
    } finally {
      await panels.value.close();
    }
  },
};

const inherited = inheritedSocket(process.env, process.pid);

/** Whoever holds the socket is the one appliance of this folder. */
async function claim(folder: string): Promise<Result<PanelServer, string>> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 }).then(
    () => true,
    () => false,
  );
  if (!made)
    return err(
      `${folder}: フォルダを作れません。--state で別の場所を / cannot be made; choose another with --state`,
    );
  const panels = await (inherited === undefined ? listen(socketIn(folder)) : adopt(inherited));
  if (panels.ok) return ok(panels.value);
  return err(
    panels.error === 'socket-in-use'
      ? '照らしはすでに動いています。先に終えるか、--state で別のフォルダを使ってください。\n' +
          'Another appliance is running here. End it first, or use another folder with --state.'
      : `${socketIn(folder)}: 使えません。--state で短い名前のフォルダを / cannot be used; try a shorter --state FOLDER`,
  );
}

function complain(words: string): number {
  process.stderr.write(`${words}\n`);
  return exitCode.failed;
}

async function gather(
  folder: string,
  asked: { document?: string; camera?: string; settings?: string },
): Promise<Parts> {
  const found = await findSettings(folder, asked.settings);
  const { settings, problems, file } = found;
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
    wanted: {
      document: asked.document && resolve(asked.document),
      frames: asked.camera && resolve(asked.camera),
      scanner: settings.devices.scanner,
      camera: settings.devices.camera,
    },
    model: besideSettings(settings.model, file),
    recordFile: recordFileIn(folder),
    software: await softwareHere(),
    updater: onBox(process.env.TERASHI_UPDATE_SOCKET, Updater),
    exporter: onBox(process.env.TERASHI_EXPORT_SOCKET, Exporter),
  };
}

/** Without the sockets of a box nothing is done with sticks. */
function onBox<T>(socket: string | undefined, Program: new (socket: string) => T): T | undefined {
  return socket === undefined ? undefined : new Program(socket);
}

const unwatched =
  'udev が動いていないので、機器の抜き差しは数秒ごとに調べます。\n' +
  'No udev is running here: devices are looked for every few seconds instead.\n';

/** Serves the counter until a developer's Ctrl-C, a signal, or the end of the terminal. */
async function attend(
  parts: Parts,
  panels: PanelServer,
  folder: string,
  settingsFile: string | undefined,
): Promise<number> {
  const bugs: unknown[] = [];
  let quit!: () => void;
  const ended = new Promise<void>((resolve) => (quit = resolve));
  const service = await openService(vaultsAnswer);
  const appliance = new Appliance(parts, {
    view: (view) => {
      panels.show(view);
      if (view.scene.name !== 'starting') service.serves(view.status);
    },
    recorded: () => undefined,
    watching: (live) => {
      if (!live && !screen) process.stderr.write(unwatched);
    },
    quit,
    bug: (thrown) => bugs.push(thrown),
  });
  panels.on('screen', (there) => appliance.screen(there));
  panels.on('press', (key) => appliance.press(key));
  panels.on('ask', (choice) => appliance.choose(choice));
  // Lights may have come before the appliance was there to hear them.
  appliance.hearLights(panels.lights);
  panels.on('lights', (lights) => appliance.hearLights(lights));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, quit);
  // A terminal that was closed takes no more words; the visit is erased and recorded all the same.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const { panel } = parts.settings;
  // Where systemd holds the panels' socket it starts the lights as well.
  const lights =
    inherited !== undefined || panel.lights === 'off'
      ? undefined
      : startLights(socketIn(folder), settingsFile);
  const drawn = process.stdout.isTTY && panel.screen !== 'none';
  const screen = drawn ? startScreen(socketIn(folder), settingsFile, quit) : undefined;
  if (!screen)
    process.stderr.write(`画面なしで動いています / running without a screen: ${socketIn(folder)}\n`);
  appliance.start();
  await ended;
  service.stops();
  await appliance.stop();
  await Promise.all([screen?.close(), lights?.close()]);
  for (const bug of bugs) console.error(bug);
  return bugs.length > 0 ? exitCode.failed : exitCode.done;
}
