import type { RemarkCode } from '../health/check.js';
import type { FaultCode } from '../findings.js';
import { checkSaid } from '../panel/words/said.js';
import type { Button, Output } from '../panel/lights/lines.js';
import type { Outcome } from './report.js';
import { type BenchCode, benchCodes, type StepName, type Verdict } from './step.js';

export type Said = { readonly ja: string; readonly en: string };
type Remedied = { readonly what: Said; readonly remedy: Said };

const said = (ja: string, en: string): Said => ({ ja, en });

/** What the bench test says while it runs, to a vendor's tester: in both languages at once. */
export const words = {
  steps: {
    'self-test': said('自己点検', 'Self-test'),
    lights: said('ランプとブザー', 'Lights and buzzer'),
    buttons: said('ボタン', 'Buttons'),
    'scanner-card': said(
      'テストカードの読み取り（色と寸法）',
      'Test card on the scanner (colours and scale)',
    ),
    'camera-card': said('カメラのピント', 'Sharpness of the camera'),
    'camera-pixels': said('カメラの画素数', 'Pixels of the camera'),
    visits: said('続けて動かす', 'Visits without a break'),
  } satisfies Record<StepName, Said>,
  verdicts: {
    passed: said('合格', 'passed'),
    failed: said('不合格', 'failed'),
    'not-made': said('未実施', 'not made'),
  } satisfies Record<Verdict, Said>,
  answer: said(
    'はい: Enter か はいボタン　いいえ: Backspace か いいえボタン　やめる: Esc',
    'yes: Enter or the yes button · no: Backspace or the no button · end the test: Esc',
  ),
  lookAt: {
    led1: said(
      '左から1番目のランプだけが点いていますか',
      'Is the first light from the left on, and no other?',
    ),
    led2: said(
      '左から2番目のランプだけが点いていますか',
      'Is the second light from the left on, and no other?',
    ),
    led3: said(
      '左から3番目のランプだけが点いていますか',
      'Is the third light from the left on, and no other?',
    ),
    led4: said(
      '左から4番目のランプだけが点いていますか',
      'Is the fourth light from the left on, and no other?',
    ),
    camera: said('カメラのランプだけが点いていますか', 'Is the camera light on, and no other?'),
    buzzer: said('ブザーが鳴っていますか', 'Does the buzzer sound?'),
  } satisfies Record<Output, Said>,
  press: {
    yes: said('「はい」のボタンを押してください', 'Press the yes button'),
    no: said('「いいえ」のボタンを押してください', 'Press the no button'),
    cancel: said('「中止」のボタンを押してください', 'Press the cancel button'),
  } satisfies Record<Button, Said>,
  emptyGlass: said(
    '読み取り台に何も置かず、ふたを閉めてください。よければ「はい」',
    'Close the lid of the scanner with nothing under it. Then answer yes',
  ),
  layCard: said(
    'テストカードを下向きに読み取り台の角へ置き、ふたを閉めてください。よければ「はい」',
    'Lay the test card face down into the corner of the scanner and close the lid. Then answer yes',
  ),
  holdCard: said(
    'テストカードをカメラの前に、画面いっぱいに近い大きさで立ててください。よければ「はい」。そのまま45秒まで待ちます',
    'Hold the test card upright before the camera, nearly filling its picture. Then answer yes, and hold it up to 45 seconds',
  ),
  visiting: (minutes: number) =>
    said(`練習の来庁を${minutes}分くり返します`, `Practice visits for ${minutes} minutes`),
  lasted: (visits: number, celsius: number | undefined) =>
    said(
      `${visits}回${celsius === undefined ? '' : `　${celsius}度`}`,
      `${visits} visits${celsius === undefined ? '' : `, ${celsius} degrees Celsius`}`,
    ),
  box: said('装置', 'Box'),
  serial: said('製造番号', 'Serial number'),
  unknown: said('不明', 'not known'),
  outcomes: {
    passed: said('合格：すべて行い、不合格はありません', 'PASSED: everything was tried, and nothing failed'),
    failed: said('不合格があります。出荷できません', 'FAILED: not to be shipped'),
    incomplete: said(
      '不合格はありませんが、未実施があります。合格ではありません',
      'INCOMPLETE: nothing failed, but not everything was tried, so it has not passed',
    ),
    stopped: said('途中で終わりました。合格ではありません', 'STOPPED before its end, so it has not passed'),
  } satisfies Record<Outcome, Said>,
  runs: said(
    '照らしが動いています。先に終えてください（sudo systemctl stop terashi-panel.socket）',
    'An appliance runs here. End it first (sudo systemctl stop terashi-panel.socket)',
  ),
  nobody: said(
    '答える人のいる端末が要ります。いないときは --unattended を付けてください',
    'Somebody must be there to answer. If nobody can, use --unattended',
  ),
  report: said('結果のファイル', 'The report'),
  unwritable: said(
    '結果を書けません。--report で、書ける場所の名前を指してください',
    'The report cannot be written. Name a place that can be written to with --report',
  ),
  unwritten: {
    ENOENT: said(
      '結果を書くフォルダがありません。--report を確かめてください',
      'The folder for the report is not there. Check --report',
    ),
    ENOSPC: said(
      '空きがなく、結果を書けません。--report で別の場所を指すか、空きを作ってください',
      'There is no room to write the report. Name another place with --report, or make room',
    ),
  } as Readonly<Partial<Record<string, Said>>>,
} as const;

const remedies: Readonly<Record<BenchCode, Remedied>> = {
  'nobody-asked': {
    what: said('人に尋ねずに行いました。', 'Nobody was asked.'),
    remedy: said('--unattended を付けずに行ってください。', 'Run it without --unattended.'),
  },
  'no-answer': {
    what: said('「はい」の返事がありませんでした。', 'Nobody answered yes.'),
    remedy: said('もう一度行い、3分以内に答えてください。', 'Run it again, and answer within three minutes.'),
  },
  'no-lights': {
    what: said('ランプとボタンのつながる線がありません。', 'There are no lines for lights and buttons.'),
    remedy: said(
      '付けた装置なら、設定の [lights] chip と、ほかの照らしが動いていないことを確かめてください。',
      'If the box has them, check [lights] chip in the settings, and that no other appliance runs.',
    ),
  },
  'light-not-seen': {
    what: said(
      'ランプが点かないか、ブザーが鳴りません。',
      'A light does not come on, or the buzzer is silent.',
    ),
    remedy: said(
      '配線と、設定の [lights] の番号を確かめてください。',
      'Check its wiring, and its number under [lights] in the settings.',
    ),
  },
  'button-not-felt': {
    what: said(
      'ボタンが効かないか、別のボタンになっています。',
      'A button does nothing, or is taken for another.',
    ),
    remedy: said(
      '配線と、設定の [buttons] の番号を確かめてください。',
      'Check its wiring, and its number under [buttons] in the settings.',
    ),
  },
  'card-not-found': {
    what: said('テストカードが写っていません。', 'The test card is not to be seen.'),
    remedy: said(
      'カードの4つの角の印がすべて写るように置いてください。カードは test-card.pdf を印刷したものです。',
      'Place it so that the marks in all four corners are seen. The card is test-card.pdf, printed.',
    ),
  },
  'card-colours': {
    what: said('色が正しくありません。', 'The colours are not right.'),
    remedy: said(
      'カードをカラーで印刷し直しても同じなら、読み取り機を取り替えてください。',
      'If they are not with another print of the card, in colour, replace the scanner.',
    ),
  },
  'card-scale': {
    what: said('寸法が正しくありません。', 'The scale is not right.'),
    remedy: said(
      'カードの印の間が80mmと120mmか、ものさしで確かめてください（印刷は100%で）。合っていれば、読み取り機を取り替えてください。',
      'Measure the card: its marks are 80 and 120 mm apart when it was printed at 100 %. If they are, replace the scanner.',
    ),
  },
  'card-soft': {
    what: said('カメラのピントが合っていません。', 'The camera is out of focus.'),
    remedy: said(
      'レンズをふき、ピントの輪があれば50cmに合わせて、もう一度行ってください。',
      'Wipe the lens, set its ring to half a metre if it has one, and try again.',
    ),
  },
  'no-pictures': {
    what: said('練習用の画像がありません。', 'There are no pictures for practice.'),
    remedy: said(
      '開発用の PC の build/practice を USB メモリーに写し、--pictures で指してください。',
      'Copy build/practice from a computer that has the project to a stick, and name it with --pictures.',
    ),
  },
  'heat-unknown': {
    what: said(
      '最後まで続きましたが、熱や電源のために遅くなったか、この装置では分かりません。',
      'They went on to the end, but this box does not tell whether heat or weak power slowed it.',
    ),
    remedy: said(
      '装置の製造元の道具で、温度と電源を確かめてください。',
      'Check its temperature and its power with the tools of its maker.',
    ),
  },
  'visits-broken-off': {
    what: said(
      '途中で止まったか、終わり方の違う来庁がありました。',
      'The visits stopped, or one of them ended otherwise.',
    ),
    remedy: said(
      'terashi run --once で様子を見て、続くときは部品を取り替えてください。',
      'See what terashi run --once says. If it goes on, replace what is faulty.',
    ),
  },
};

export function reason(code: BenchCode | RemarkCode | FaultCode): Remedied {
  if (isBenchCode(code)) return remedies[code];
  const [ja, en] = [checkSaid(code, 'ja'), checkSaid(code, 'en')];
  return { what: said(ja.what, en.what), remedy: said(ja.remedy, en.remedy) };
}

function isBenchCode(code: string): code is BenchCode {
  return (benchCodes as readonly string[]).includes(code);
}
