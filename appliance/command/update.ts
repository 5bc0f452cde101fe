import { socketsIn, stateFolder } from '../core/state-folder.js';
import type { Said, Words } from '../panel/words/words.js';
import { confirmUpdate } from './confirm-update.js';
import type { Trial, UpdateFault } from '../update/protocol.js';
import { runningVersion } from '../update/running.js';
import { Updater } from '../update/updater.js';
import { version } from '../update/version.js';
import { err } from '../result.js';
import { bilingualLines, inBothLanguages } from '../panel/words/bilingual.js';
import { defineCommand } from './command.js';
import { exitCode } from './exit-code.js';
import { print } from './print.js';
import { abortOnSignal, percentPrinter } from './progress.js';

export const command = defineCommand({
  synopsis: [
    'update [look] [--json]',
    'update install VERSION [--restart] [--json]',
    'update confirm [--json]',
    'update status [--json]',
  ],
  arguments: {
    look: [
      '差してあるUSBメモリーに、入れられる更新があるか調べます',
      'looks for an update on a USB stick that is plugged in',
    ],
    install: [
      'その版を、動いていないほうの場所に入れます。--restart を付けると、続けて起動し直します',
      'installs that version into the slot that does not run; --restart starts it',
    ],
    confirm: [
      '試しに動いている版を点検し、異常がなければ使い続けます（起動のときに自動で行われます）',
      'has the running appliance test itself, and keeps a version that is on trial if it passed',
    ],
    status: [
      '動いている版と、最後の更新がどうなったかを示します',
      'the version that runs, and what became of the last update',
    ],
  },
  options: {
    restart: {
      type: 'boolean',
      default: false,
      help: ['入れたあと、起動し直します / restarts the box after installing'],
    },
  },
  notes: `
    JSON look: { "is": "nothing" } · { "is": "found", "version" } · { "is": "refused", "why", "ja", "en" } ·
    { "is": "token", "token" } · { "is": "token-refused", "why" } 業者用の鍵 a vendor's token
    install: { "installed": true | false, "why", "ja", "en" } · confirm: { "kept": true | false | null, "fault" }
    status: { "running", "trial": null | { "is": "installed" | "under-way" | "returned", "version", "why" } }

    終了コード / exit codes: 0 終わりました done · 1 できませんでした failed, refused · 2 使い方の誤り bad usage ·
    3 更新なし no update (look)
  `,
  positionals: true,
  run({ restart, json }, [verb = 'look', ...rest]) {
    const updater = new Updater(process.env.TERASHI_UPDATE_SOCKET);
    if (verb === 'install' && rest.length === 1) {
      const wanted = version.safeParse(rest[0]);
      return wanted.success ? install(updater, wanted.data, restart, json) : err(`${rest[0]}: 1.2.3`);
    }
    if (rest.length > 0 || restart) return err('update look · update install VERSION');
    switch (verb) {
      case 'look':
        return look(updater, json);
      case 'confirm':
        return confirm(json);
      case 'status':
        return status(updater, json);
      default:
        return err('update look · install · confirm · status');
    }
  },
});

async function look(updater: Updater, json: boolean): Promise<number> {
  const found = await updater.check();
  const words = found.is === 'refused' ? inBothLanguages(faultWords(found.why)) : {};
  print(json, { ...found, ...words }, () => {
    if (found.is === 'refused') return bilingualLines(faultWords(found.why));
    if (found.is === 'found') return `更新 / update ${found.version}\n`;
    return found.is === 'nothing' ? '更新はありません / no update\n' : forVendors;
  });
  if (found.is === 'refused') return exitCode.failed;
  return found.is === 'found' ? exitCode.done : exitCode.incomplete;
}

async function install(updater: Updater, wanted: string, restart: boolean, json: boolean): Promise<number> {
  const report = json ? () => undefined : percentPrinter();
  const installed = await updater.install(wanted, ({ fraction }) => report(fraction), abortOnSignal());
  if (!installed.ok) return notInstalled(installed.error, json);
  if (restart) {
    const restarted = await installed.value.restart();
    if (!restarted.ok) return notInstalled(restarted.error, json);
  }
  installed.value.close();
  const next = restart ? '起動し直します / restarting\n' : nextStart;
  print(json, { installed: true }, () => `入れました / installed: ${wanted}\n${next}`);
  return exitCode.done;
}

const forVendors =
  "業者用の鍵のあるUSBメモリーでは、更新は調べません / no update is looked for on a stick with a vendor's token\n";

const nextStart = '次に起動すると動きます / runs from the next start on\n';

function notInstalled(why: UpdateFault | 'cancelled', json: boolean): number {
  const words = why === 'cancelled' ? {} : inBothLanguages(faultWords(why));
  print(json, { installed: false, why, ...words }, () =>
    why === 'cancelled' ? 'やめました / cancelled\n' : bilingualLines(faultWords(why)),
  );
  return exitCode.failed;
}

async function confirm(json: boolean): Promise<number> {
  const confirmed = await confirmUpdate(socketsIn(stateFolder()).doctor);
  if (!confirmed.ok) {
    const { version, fault } = confirmed.error;
    print(json, { kept: false, version, fault }, () => `${version}: 使いません / not kept (${fault})\n`);
    return exitCode.failed;
  }
  const kept = confirmed.value.is === 'kept';
  print(json, { kept: kept ? true : null }, () =>
    kept ? '使い続けます / kept\n' : '試す版はありません / no trial\n',
  );
  return exitCode.done;
}

async function status(updater: Updater, json: boolean): Promise<number> {
  const [running, trial] = [await runningVersion(), await updater.trial()];
  print(
    json,
    { running, trial: trial ?? null },
    () => `動いている版 / running ${running}\n${trialWords(trial)}`,
  );
  return exitCode.done;
}

function trialWords(trial: Trial | undefined): string {
  if (!trial) return '';
  if (trial.is === 'under-way') return '試しに動いています / on trial\n';
  if (trial.is === 'installed') return `入れました / installed: ${trial.version}\n${nextStart}`;
  return bilingualLines(({ update: { returned, returnedBecause } }) => ({
    what: `${returned(trial.version)} ${returnedBecause[trial.why].what}`,
    remedy: returnedBecause[trial.why].remedy,
  }));
}

const faultWords =
  (why: UpdateFault) =>
  ({ update }: Words): Said =>
    update.faults[why];
