import type { RemarkCode } from '../health/check.js';
import type { FaultCode } from '../findings.js';
import { checkSaid } from '../panel/words/said.js';
import { type BenchCode, benchCodes } from './step.js';

export type Bilingual = { readonly ja: string; readonly en: string };
type Explanation = { readonly what: Bilingual; readonly remedy: Bilingual };

const text = (ja: string, en: string): Bilingual => ({ ja, en });

/** What the vendor's tester reads besides the panel's words for the test, in both languages. */
export const words = {
  answer: text(
    'はい: Enter か「決定」のボタン　いいえ: Backspace か「次へ」のボタン　やめる: Esc',
    'yes: Enter or the button 決定 · no: Backspace or the button 次へ · end the test: Esc',
  ),
  visiting: (minutes: number) =>
    text(`練習の来庁を${minutes}分くり返します`, `Practice visits for ${minutes} minutes`),
  lasted: (visits: number, celsius: number | undefined) =>
    text(
      `${visits}回${celsius === undefined ? '' : `　${celsius}度`}`,
      `${visits} visits${celsius === undefined ? '' : `, ${celsius} degrees Celsius`}`,
    ),
  box: text('装置', 'Box'),
  serial: text('製造番号', 'Serial number'),
  number: text('装置の番号', 'Number of the box'),
  image: text('イメージの番号', 'Number of the image'),
  unknown: text('不明', 'not known'),
  runs: text(
    '照らしが動いています。先に終えてください（sudo systemctl stop terashi-panel.socket）',
    'Terashi is running on this machine. Stop it first (sudo systemctl stop terashi-panel.socket)',
  ),
  nobody: text(
    '答える人のいる端末が要ります。いないときは --unattended を付けてください',
    'Somebody must be there to answer. If nobody can, use --unattended',
  ),
  report: text('結果のファイル', 'The report'),
  unwritable: text(
    '結果を書けません。--report で、書ける場所の名前を指してください',
    'The report cannot be written. Name a place that can be written to with --report',
  ),
  unwritten: {
    ENOENT: text(
      '結果を書くフォルダがありません。--report を確かめてください',
      'The folder for the report is not there. Check --report',
    ),
    ENOSPC: text(
      '空きがなく、結果を書けません。--report で別の場所を指すか、空きを作ってください',
      'There is no room to write the report. Name another place with --report, or make room',
    ),
  } as Readonly<Partial<Record<string, Bilingual>>>,
} as const;

const explanations: Readonly<Record<BenchCode, Explanation>> = {
  'nobody-asked': {
    what: text('人に尋ねずに行いました。', 'Nobody was asked.'),
    remedy: text('--unattended を付けずに行ってください。', 'Run it without --unattended.'),
  },
  'no-answer': {
    what: text('「はい」の返事がありませんでした。', 'Nobody answered yes.'),
    remedy: text('もう一度行い、3分以内に答えてください。', 'Run it again, and answer within three minutes.'),
  },
  'no-lights': {
    what: text('ランプとボタンのつながる線がありません。', 'There are no lines for lights and buttons.'),
    remedy: text(
      '付けた装置なら、設定の [lights] chip と、ほかの照らしが動いていないことを確かめてください。',
      'If the box has them, check [lights] chip in the settings, and that no other appliance runs.',
    ),
  },
  'light-not-seen': {
    what: text(
      'ランプが点かないか、ブザーが鳴りません。',
      'A light does not come on, or the buzzer is silent.',
    ),
    remedy: text(
      '配線と、設定の [lights] の番号を確かめてください。',
      'Check its wiring, and its number under [lights] in the settings.',
    ),
  },
  'button-not-felt': {
    what: text(
      'ボタンが効かないか、別のボタンになっています。',
      'A button does nothing, or is taken for another.',
    ),
    remedy: text(
      '配線と、設定の [buttons] の番号を確かめてください。',
      'Check its wiring, and its number under [buttons] in the settings.',
    ),
  },
  'card-not-found': {
    what: text('テストカードが写っていません。', 'The test card is not in the picture.'),
    remedy: text(
      'カードの4つの角の印がすべて写るように置いてください。カードは test-card.pdf を印刷したものです。',
      'Place it so that the marks in all four corners are seen. The card is test-card.pdf, printed.',
    ),
  },
  'card-colours': {
    what: text('色が正しくありません。', 'The colours are not right.'),
    remedy: text(
      'カードをカラーで印刷し直しても同じなら、読み取り機を取り替えてください。',
      'If another print of the card, in colour, gives the same result, replace the scanner.',
    ),
  },
  'card-scale': {
    what: text('寸法が正しくありません。', 'The scale is not right.'),
    remedy: text(
      'カードの印の間が80mmと120mmか、ものさしで確かめてください（印刷は100%で）。合っていれば、読み取り機を取り替えてください。',
      'Measure the card: its marks are 80 and 120 mm apart when it was printed at 100 %. If they are, replace the scanner.',
    ),
  },
  'card-soft': {
    what: text('カメラのピントが合っていません。', 'The camera is out of focus.'),
    remedy: text(
      'レンズをふき、ピントの輪があれば50cmに合わせて、もう一度行ってください。',
      'Wipe the lens, set its ring to half a metre if it has one, and try again.',
    ),
  },
  'no-pictures': {
    what: text('練習用の画像がありません。', 'There are no pictures for practice.'),
    remedy: text(
      '開発用の PC の build/practice を USB メモリーに写し、--pictures で指してください。',
      'Copy build/practice from a computer that has the project to a stick, and name it with --pictures.',
    ),
  },
  'heat-unknown': {
    what: text(
      '最後まで続きましたが、熱や電源のために遅くなったか、この装置では分かりません。',
      'The visits ran to the end, but this box does not tell whether heat or weak power slowed it.',
    ),
    remedy: text(
      '装置の製造元の道具で、温度と電源を確かめてください。',
      'Check its temperature and its power with the tools of its maker.',
    ),
  },
  'visits-broken-off': {
    what: text(
      '途中で止まったか、終わり方の違う来庁がありました。',
      'The visits stopped, or one of them ended differently than expected.',
    ),
    remedy: text(
      'terashi run --once で様子を見て、続くときは部品を取り替えてください。',
      'See what terashi run --once says. If it happens again, replace what is faulty.',
    ),
  },
};

/** Why a step did not pass, and what to do. */
export function reason(code: BenchCode | RemarkCode | FaultCode): Explanation {
  if (isBenchCode(code)) return explanations[code];
  const [ja, en] = [checkSaid(code, 'ja'), checkSaid(code, 'en')];
  return { what: text(ja.what, en.what), remedy: text(ja.remedy, en.remedy) };
}

function isBenchCode(code: string): code is BenchCode {
  return (benchCodes as readonly string[]).includes(code);
}
