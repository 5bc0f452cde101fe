import { Appliance } from '../core/appliance.js';
import type { ApplianceOptions } from '../core/options.js';
import { automatic } from '../counter/automatic.js';
import type { CounterSnapshot } from '../counter/machine.js';
import { faultSaid } from '../panel/words/said.js';
import type { Scene, View } from '../panel/view.js';
import type { Entry } from '../record/entry.js';
import { exitCode } from './exit-code.js';

const stepWords: Record<Scene['name'], string> = {
  starting: '準備しています / getting ready',
  idle: '受付できます / ready',
  unavailable: '使えません / not available',
  reason: '確認の方法：顔照合 / which check: compare faces',
  notice: '説明と同意 / notice: agreed',
  'place-document': '書類を置く / the document is placed',
  scanning: '読み取り / scanning',
  'document-poor': '書類の写真が使えません / the document cannot be used',
  'before-photograph': '撮影の前 / before the photograph',
  photographing: '撮影 / photographing',
  'photograph-poor': '撮影した写真が使えません / the photograph cannot be used',
  comparing: '照合 / comparing',
  result: '結果 / result',
  'not-comparable': '比べられません / not comparable',
  explain: '説明 / explanation',
  'set-clock': '時計を合わせる / setting the clock',
  'applying-clock': '時計を合わせています / the clock is set',
  'clock-set': '時計を合わせました / the clock was set',
  'clock-not-set': '時計は合わせていません / the clock was not set',
  erasing: '消去 / erasing',
  'self-test': '点検 / self-test',
  'self-tested': '点検の結果 / result of the self-test',
  'update-found': '更新があります / an update',
  updating: '更新しています / updating',
  restarting: '電源を入れ直しています / restarting',
  'update-failed': '更新できませんでした / not updated',
  'copy-asked': '記録を取り出すか / copying the records?',
  copying: '記録を取り出しています / copying the records',
  copied: '記録を取り出しました / the records were copied',
  'copy-failed': '記録を取り出せませんでした / the records were not copied',
  changes: '変わったこと / what has changed',
  'vendor-entering': "業者用の項目を開いています / opening the vendor's menu",
  'vendor-menu': "業者用 / the vendor's menu",
  'bench-test': '試験しています / bench test',
  'vendor-saving': '報告を書き込んでいます / writing the report',
  'vendor-reported': '試験の報告 / report of the test',
  'vendor-refused': "業者用の項目は開けません / the vendor's menu stays closed",
  erased: '消しました / erased',
};

/**
 * Makes visits without a clerk: each one agrees, scans, photographs, and decides by the threshold. Prints the steps
 * and the record of each, or with `json` one line per visit: `{"outcome", "steps", "record"}`.
 */
export async function automaticVisits(
  parts: ApplianceOptions,
  visits: number,
  json: boolean,
): Promise<number> {
  let end!: (code: number) => void;
  const ended = new Promise<number>((resolve) => (end = resolve));
  let begun = 0;
  let code: number = exitCode.done;
  let steps: { step: string; at: string }[] = [];
  let actScheduled = false;

  const showStep = ({ scene }: View) => {
    if (steps.at(-1)?.step === scene.name) return;
    steps.push({ step: scene.name, at: stamp() });
    if (!json) console.log(`→ ${stepWords[scene.name]}`);
    if (scene.name !== 'unavailable') return;
    for (const language of ['ja', 'en'] as const) {
      const { what, remedy } = faultSaid(scene.fault, language);
      console.error(`${what} ${remedy}`.replaceAll('\n', ' '));
    }
    end(exitCode.failed);
  };

  const record = (entry: Entry) => {
    if (json) console.log(JSON.stringify({ outcome: entry.outcome, steps, record: entry }));
    else console.log(`\n記録 / record\n${JSON.stringify(entry, undefined, 2)}\n`);
    steps = [];
    code = Math.max(code, codeOf(entry));
  };

  /** Views arrive in the middle of a transition, so the next choice waits until it is over. */
  const act = (snapshot: CounterSnapshot) => {
    actScheduled = false;
    if (!snapshot.matches('idle')) {
      const choice = automatic(snapshot);
      if (choice) appliance.choose(choice);
    } else if (begun === visits) {
      end(code);
    } else {
      begun += 1;
      appliance.choose('begin');
    }
  };

  const appliance = new Appliance(parts, {
    view: (view) => {
      showStep(view);
      if (!actScheduled) setImmediate(() => act(appliance.snapshot));
      actScheduled = true;
    },
    recorded: record,
    udevLive: () => undefined,
    bug: (thrown) => {
      console.error(thrown);
      end(exitCode.failed);
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => end(exitCode.failed));
  appliance.start();
  const result = await ended;
  await appliance.stop();
  return result;
}

/** Wall time that ignores later clock changes, so the differences between steps stay right. */
function stamp(): string {
  return new Date(performance.timeOrigin + performance.now()).toISOString();
}

function codeOf({ outcome }: Entry): number {
  if (outcome === 'verified' || outcome === 'not-verified') return exitCode.done;
  return outcome === 'not-comparable' ? exitCode.notComparable : exitCode.failed;
}
