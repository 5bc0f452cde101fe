import { resolve } from 'node:path';

import * as z from 'zod';

import { type Clock, clockOf, type NotSet } from '../clock/clock.js';
import type { BatterySet } from '../clock/set-protocol.js';
import type { Trust } from '../clock/trust.js';
import { localTimeZone, useTimeZone } from '../clock/zone.js';
import { recordFileIn, stateFolder } from '../core/state-folder.js';
import type { Words } from '../panel/words/words.js';
import { countedBoot } from '../record/boot.js';
import { isSystemError } from '../record/fault.js';
import { localTime } from '../record/local-time.js';
import { readChainIfThere } from '../record/read-chain.js';
import { err } from '../result.js';
import { findSettings } from '../settings/read.js';
import { bilingualLines, inBothLanguages } from '../panel/words/bilingual.js';
import { defineCommand } from './command.js';
import { exitCode } from './exit-code.js';
import { machineOptions } from './local-machine.js';
import { print } from './print.js';

const time = z.iso.datetime({ offset: true, local: true });

export const command = defineCommand({
  synopsis: ['clock [show] [--json]', 'clock set 時刻/TIME [--earlier] [--json]'],
  arguments: {
    show: [
      '今の時刻と、それを信頼できるか、何によってかを示します',
      'the time now, whether it is trusted, and by whose word',
    ],
    'set TIME': [
      '時計を合わせます。TIME は 2026-03-04T14:32 か 2026-03-04T14:32:07+09:00 のように書きます',
      'sets the clock; without an offset TIME is local',
    ],
  },
  options: {
    earlier: {
      type: 'boolean',
      default: false,
      help: [
        '前の記録の時刻がまちがっていたので、それより前に合わせます',
        'before the last record: its time was wrong',
      ],
    },
    settings: machineOptions.settings,
    state: machineOptions.state,
  },
  notes: `
    終了コード / exit codes
    show: 0 信頼できます trusted · 1 信頼できません not trusted · 2 使い方の誤り bad usage
    set:  0 合わせました set · 1 合わせられません not set · 2 使い方の誤り、時刻ではない bad usage, not a time
  `,
  positionals: true,
  run({ earlier, settings, state, json }, [verb = 'show', text, ...more]) {
    const folder = resolve(state ?? stateFolder());
    if (verb === 'show' && text === undefined && !earlier) return show(folder, settings, json);
    if (verb !== 'set' || more.length > 0) return err('clock show · clock set TIME');
    const parsed = time.safeParse(text);
    if (!parsed.success) return err(`${text ?? ''}: 2026-03-04T14:32`);
    return set(folder, settings, parsed.data, earlier, json);
  },
});

type ClockRead = { readonly clock: Clock; readonly lastRecord: number | undefined };

/**
 * The clock, and when the last record with a trusted time was written, in milliseconds since 1970. Local time is from now
 * on that of the settings.
 */
async function readClock(folder: string, settingsFile: string | undefined): Promise<ClockRead> {
  const { settings } = await findSettings(folder, settingsFile);
  useTimeZone(settings.place['time-zone']);
  const clock = clockOf(folder);
  await clock.refresh();
  return { clock, lastRecord: await lastRecordIn(recordFileIn(folder)) };
}

/** Undefined where the records cannot be read. */
async function lastRecordIn(file: string): Promise<number | undefined> {
  try {
    const read = await readChainIfThere(file);
    return read.ok ? read.value.chain.trustedAt : undefined;
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

async function show(folder: string, settings: string | undefined, json: boolean): Promise<number> {
  const { clock, lastRecord } = await readClock(folder, settings);
  const boot = await countedBoot(recordFileIn(folder), clock.bootId);
  const reading = clock.read();
  const trust = clock.judge(reading, lastRecord);
  const now = localTime(new Date(reading.wall));
  const tick = reading.sinceBoot;
  const builtAt = localTime(new Date(clock.builtAt));
  const recordAt = lastRecord === undefined ? null : localTime(new Date(lastRecord));
  print(
    json,
    { now, timeZone: localTimeZone(), boot: boot ?? null, tick, ...trust, builtAt, lastRecord: recordAt },
    () => {
      const lines = [
        `時刻 / time                 ${now}`,
        `時間帯 / time zone          ${localTimeZone()}`,
        `起動 / boot                 ${boot ?? '– （まだ数えていません / not counted yet）'}`,
        `起動からの秒 / seconds since ${(tick / 1000).toFixed(1)}`,
        `ソフトの日付 / software of   ${builtAt}`,
        `前の記録 / last record      ${recordAt ?? '–'}`,
        `信頼 / trusted              ${trustWords(trust)}`,
        '',
      ];
      const { doubt } = trust;
      return lines.join('\n') + (doubt ? bilingualLines(({ clock }) => clock.doubts[doubt]) : '');
    },
  );
  return trust.timeTrusted ? exitCode.done : exitCode.failed;
}

const sourceWords: Record<Trust['timeSource'], string> = {
  clerk: '起動のあとに人が合わせました / somebody set it since this boot',
  network: 'ネットワークで合わせました / synchronised over the network',
  battery: '電池のある時計と合っています / a clock with a battery agrees',
  none: '確かめるものがありません / nobody vouches for it',
};

function trustWords({ timeTrusted, timeSource }: Trust): string {
  return `${timeTrusted ? 'はい / yes' : 'いいえ / no'}（${sourceWords[timeSource]}）`;
}

async function set(
  folder: string,
  settings: string | undefined,
  time: string,
  earlier: boolean,
  json: boolean,
): Promise<number> {
  const { clock, lastRecord } = await readClock(folder, settings);
  const set = await clock.set(Date.parse(time), lastRecord, earlier);
  const now = localTime(new Date(clock.read().wall));
  if (!set.ok) return notSet(set.error, now, json);
  const text = () => `合わせました / set: ${now}\n${batteryWords[set.value]}`;
  print(json, { set: true, battery: set.value, now }, text);
  return exitCode.done;
}

function notSet(why: NotSet, now: string, json: boolean): number {
  const words = ({ clock }: Words) => clock.notSet[why];
  const option = why === 'before-record' ? '  --earlier\n' : '';
  const text = () => bilingualLines(words) + option;
  print(json, { set: false, why, ...inBothLanguages(words), now }, text, process.stderr);
  return exitCode.failed;
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
