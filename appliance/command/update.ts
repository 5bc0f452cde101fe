import { socketIn, stateFolder } from '../core/state-folder.js';
import type { Said, Words } from '../panel/words/words.js';
import { confirm } from './confirm-update.js';
import type { Trial, UpdateFault } from '../update/protocol.js';
import { runningVersion } from '../update/running.js';
import { Updater } from '../update/updater.js';
import { version } from '../update/version.js';
import { type Command, commonOptions, exitCode, parse, refuse } from './command.js';
import { inBoth, linesInBoth } from './in-both.js';
import { percentSaid, stopBySignal } from './under-way.js';

const help = `terashi update [look] [--json]
terashi update install VERSION [--restart] [--json]
terashi update confirm [--json]
terashi update status [--json]

  look       差してあるUSBメモリーに、入れられる更新があるか調べます
             looks for an update on a USB stick that is plugged in
  install    その版を、動いていないほうの場所に入れます。--restart を付けると、続けて起動し直します
             installs that version into the slot that does not run; --restart starts it
  confirm    試しに動いている版を点検し、異常がなければ使い続けます（起動のときに自動で行われます）
             has the running appliance test itself, and keeps a version that is on trial if it passed
  status     動いている版と、最後の更新がどうなったかを示します
             the version that runs, and what became of the last update

  --json     結果を JSON で / the result as JSON
  --help     この説明 / this help

  JSON look: { "is": "nothing" } · { "is": "found", "version" } · { "is": "refused", "why", "ja", "en" }
  install: { "installed": true | false, "why", "ja", "en" } · confirm: { "kept": true | false | null, "fault" }
  status: { "running", "trial": null | { "is": "installed" | "under-way" | "returned", "version", "why" } }

  終了コード / exit codes: 0 終わりました done · 1 できませんでした failed, refused · 2 使い方の誤り bad usage ·
  3 更新なし no update (look)
`;

export const command: Command = {
  async main(args) {
    const parsed = parse(help, {
      args,
      allowPositionals: true,
      options: {
        restart: { type: 'boolean', default: false },
        ...commonOptions,
      },
    });
    if (!parsed.ok) return parsed.error;
    const { restart, json } = parsed.value.values;
    const [verb = 'look', ...rest] = parsed.value.positionals;
    const updater = new Updater(process.env.TERASHI_UPDATE_SOCKET);
    if (verb === 'install' && rest.length === 1) {
      const wanted = version.safeParse(rest[0]);
      return wanted.success
        ? install(updater, wanted.data, restart, json)
        : refuse(`${rest[0]}: 1.2.3`, help);
    }
    if (rest.length > 0 || restart) return refuse('update look · update install VERSION', help);
    switch (verb) {
      case 'look':
        return look(updater, json);
      case 'confirm':
        return keepOrReturn(json);
      case 'status':
        return status(updater, json);
      default:
        return refuse('update look · install · confirm · status', help);
    }
  },
};

async function look(updater: Updater, json: boolean): Promise<number> {
  const found = await updater.look();
  const refused = found.is === 'refused' ? inBoth(faultOf(found.why)) : {};
  say(json, { ...found, ...refused }, () => {
    if (found.is === 'refused') return linesInBoth(faultOf(found.why));
    return found.is === 'nothing' ? '更新はありません / no update\n' : `更新 / update ${found.version}\n`;
  });
  if (found.is === 'refused') return exitCode.failed;
  return found.is === 'found' ? exitCode.done : exitCode.incomplete;
}

async function install(updater: Updater, wanted: string, restart: boolean, json: boolean): Promise<number> {
  const tell = json ? () => undefined : percentSaid();
  const installed = await updater.install(wanted, ({ fraction }) => tell(fraction), stopBySignal());
  if (!installed.ok) return notInstalled(installed.error, json);
  if (restart) {
    const restarted = await installed.value.restart();
    if (!restarted.ok) return notInstalled(restarted.error, json);
  }
  installed.value.close();
  const next = restart ? '起動し直します / restarting\n' : nextStart;
  say(json, { installed: true }, () => `入れました / installed: ${wanted}\n${next}`);
  return exitCode.done;
}

const nextStart = '次に起動すると動きます / runs from the next start on\n';

function notInstalled(why: UpdateFault | 'cancelled', json: boolean): number {
  const both = why === 'cancelled' ? {} : inBoth(faultOf(why));
  say(json, { installed: false, why, ...both }, () =>
    why === 'cancelled' ? 'やめました / cancelled\n' : linesInBoth(faultOf(why)),
  );
  return exitCode.failed;
}

async function keepOrReturn(json: boolean): Promise<number> {
  const confirmed = await confirm(socketIn(stateFolder()));
  if (!confirmed.ok) {
    const { version, fault } = confirmed.error;
    say(json, { kept: false, version, fault }, () => `${version}: 使いません / not kept (${fault})\n`);
    return exitCode.failed;
  }
  const kept = confirmed.value.is === 'kept';
  say(json, { kept: kept ? true : null }, () =>
    kept ? '使い続けます / kept\n' : '試す版はありません / no trial\n',
  );
  return exitCode.done;
}

async function status(updater: Updater, json: boolean): Promise<number> {
  const [running, trial] = [await runningVersion(), await updater.trial()];
  say(
    json,
    { running, trial: trial ?? null },
    () => `動いている版 / running ${running}\n${saidTrial(trial)}`,
  );
  return exitCode.done;
}

function saidTrial(trial: Trial | undefined): string {
  if (!trial) return '';
  if (trial.is === 'under-way') return '試しに動いています / on trial\n';
  if (trial.is === 'installed') return `入れました / installed: ${trial.version}\n${nextStart}`;
  return linesInBoth(({ update: { returned, returnedBecause } }) => ({
    what: `${returned(trial.version)} ${returnedBecause[trial.why].what}`,
    remedy: returnedBecause[trial.why].remedy,
  }));
}

function say(json: boolean, result: object, text: () => string): void {
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : text());
}

const faultOf =
  (why: UpdateFault) =>
  ({ update }: Words): Said =>
    update.faults[why];
