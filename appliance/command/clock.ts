import { resolve } from 'node:path';

import * as z from 'zod';

import { type Clock, clockOf, type NotSet } from '../clock/clock.js';
import type { BatterySet } from '../clock/set-protocol.js';
import type { Trust } from '../clock/trust.js';
import { recordFileIn, stateFolder } from '../core/state-folder.js';
import { wordsIn } from '../panel/words/said.js';
import type { Said, Words } from '../panel/words/words.js';
import { countedBoot } from '../record/boot.js';
import { isSystemError } from '../record/fault.js';
import { localTime } from '../record/local-time.js';
import { walkIfThere } from '../record/walk.js';
import { type Command, commonOptions, exitCode, parse, refuse } from './command.js';

const help = `terashi clock [show] [--json]
terashi clock set 時刻/TIME [--earlier] [--json]

  show       今の時刻と、それを信頼できるか、何によってかを示します
             the time now, whether it is trusted, and by whose word
  set TIME   時計を合わせます。TIME は 2026-03-04T14:32 か 2026-03-04T14:32:07+09:00 のように書きます
             sets the clock; without an offset TIME is local
  --earlier  前の記録の時刻がまちがっていたので、それより前に合わせます
             before the last record: its time was wrong

  --state FOLDER   記録のあるフォルダ / the folder of the audit records
  --json     結果を JSON で / the result as JSON
  --help     この説明 / this help

  終了コード / exit codes
  show: 0 信頼できます trusted · 1 信頼できません not trusted · 2 使い方の誤り bad usage
  set:  0 合わせました set · 1 合わせられません not set · 2 使い方の誤り、時刻ではない bad usage, not a time
`;

const time = z.iso.datetime({ offset: true, local: true });

export const command: Command = {
  async main(args) {
    const parsed = parse(help, {
      args,
      allowPositionals: true,
      options: {
        earlier: { type: 'boolean', default: false },
        state: { type: 'string' },
        ...commonOptions,
      },
    });
    if (!parsed.ok) return parsed.error;
    const { earlier, state, json } = parsed.value.values;
    const { positionals } = parsed.value;
    const verb = positionals.at(0) ?? 'show';
    const said = positionals.at(1);
    const folder = resolve(state ?? stateFolder());
    const clock = clockOf(folder);
    await clock.look();
    const lastRecord = await lastRecordIn(recordFileIn(folder));
    if (verb === 'show' && said === undefined && !earlier) {
      const boot = await countedBoot(recordFileIn(folder), clock.bootId);
      return show(clock, lastRecord, boot, json);
    }
    if (verb !== 'set' || positionals.length > 2) return refuse('clock show · clock set TIME', help);
    const asked = time.safeParse(said);
    if (!asked.success) return refuse(`${said ?? ''}: 2026-03-04T14:32`, help);
    return set(clock, Date.parse(asked.data), lastRecord, earlier, json);
  },
};

/** When the last record with a trusted time was written; of records that cannot be read nothing is known. */
async function lastRecordIn(file: string): Promise<number | undefined> {
  try {
    const walked = await walkIfThere(file);
    return walked.ok ? walked.value.chain.trustedAt : undefined;
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

function show(clock: Clock, lastRecord: number | undefined, boot: number | undefined, json: boolean): number {
  const reading = clock.read();
  const trust = clock.judge(reading, lastRecord);
  const now = localTime(new Date(reading.wall));
  const tick = reading.sinceBoot;
  const builtAt = localTime(new Date(clock.builtAt));
  const recordAt = lastRecord === undefined ? null : localTime(new Date(lastRecord));
  if (json) {
    process.stdout.write(
      `${JSON.stringify({ now, boot: boot ?? null, tick, ...trust, builtAt, lastRecord: recordAt })}\n`,
    );
  } else {
    process.stdout.write(
      [
        `時刻 / time                 ${now}`,
        `起動 / boot                 ${boot ?? '– （まだ数えていません / not counted yet）'}`,
        `起動からの秒 / seconds since ${(tick / 1000).toFixed(1)}`,
        `ソフトの日付 / software of   ${builtAt}`,
        `前の記録 / last record      ${recordAt ?? '–'}`,
        `信頼 / trusted              ${saidTrust(trust)}`,
        '',
      ].join('\n'),
    );
    if (trust.doubt) process.stdout.write(inBoth(({ clock }) => clock.doubts[trust.doubt!]));
  }
  return trust.timeTrusted ? exitCode.done : exitCode.failed;
}

const sources: Record<Trust['timeSource'], string> = {
  clerk: '起動のあとに人が合わせました / somebody set it since this boot',
  network: 'ネットワークで合わせました / synchronised over the network',
  battery: '電池のある時計と合っています / a clock with a battery agrees',
  none: '確かめるものがありません / nobody vouches for it',
};

function saidTrust({ timeTrusted, timeSource }: Trust): string {
  return `${timeTrusted ? 'はい / yes' : 'いいえ / no'}（${sources[timeSource]}）`;
}

async function set(
  clock: Clock,
  time: number,
  lastRecord: number | undefined,
  earlier: boolean,
  json: boolean,
): Promise<number> {
  const set = await clock.set(time, lastRecord, earlier);
  const now = localTime(new Date(clock.read().wall));
  if (json) {
    const { ja, en } = wordsIn;
    const said = set.ok
      ? { set: true, battery: set.value }
      : { set: false, why: set.error, ja: ja.clock.notSet[set.error], en: en.clock.notSet[set.error] };
    process.stdout.write(`${JSON.stringify({ ...said, now })}\n`);
  } else if (set.ok) {
    process.stdout.write(`合わせました / set: ${now}\n${batteryWords[set.value]}`);
  } else {
    process.stderr.write(saidNotSet(set.error));
  }
  return set.ok ? exitCode.done : exitCode.failed;
}

function saidNotSet(why: NotSet): string {
  const option = why === 'before-record' ? '  --earlier\n' : '';
  return inBoth(({ clock }) => clock.notSet[why]) + option;
}

const batteryWords: Record<BatterySet, string> = {
  set: '電池のある時計も合わせました / the clock with a battery is set as well\n',
  absent:
    '電池のある時計がありません。電源を切ると、また合わせることになります\n' +
    'there is no clock with a battery: after a power cut it has to be set again\n',
  failed:
    '電池のある時計は合わせられませんでした。電源を切ると、また合わせることになります\n' +
    'the clock with a battery could not be set: after a power cut it has to be set again\n',
};

function inBoth(words: (of: Words) => Said): string {
  return [wordsIn.ja, wordsIn.en]
    .map((language) => words(language))
    .map(({ what, remedy }) => `  ${what} ${remedy}\n`.replaceAll(/\n(?!$)/g, ' '))
    .join('');
}
