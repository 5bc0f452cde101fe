import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

import fc from 'fast-check';

import { parts } from '../../appliance/clock/minute.js';
import { widthOf, wrap } from '../../appliance/panel/screen/cells.js';
import { draw, smallest, type Size } from '../../appliance/panel/screen/draw.js';
import { aim, guidance } from '../../appliance/panel/screen/guidance.js';
import { textOf } from '../../appliance/panel/screen/line.js';
import { decimals, numberLine } from '../../appliance/panel/screen/number-line.js';
import { progress } from '../../appliance/panel/screen/progress.js';
import type { Scene, VendorStickNews, View } from '../../appliance/panel/view.js';
import { plain } from '../../appliance/protocol/drawable.js';
import { type Language, language } from '../../appliance/protocol/language.js';
import {
  chanceSaid,
  checkSaid,
  faultSaid,
  findingSaid,
  languageKey,
  wordsIn,
} from '../../appliance/panel/words/said.js';
import type { Instruction, Outline } from '../../appliance/protocol/vault.js';
import { anyView, everyScene, sceneNames, viewOf } from './views.js';

/** The library's own measure, of which ours is independent. */
const blessed = createRequire(import.meta.url)('blessed/lib/unicode.js') as {
  strWidth(text: string): number;
  chars: { wide: RegExp };
};

const drawn = (view: View, size: Size = smallest) => draw(view, size).map(textOf);

/** What is said, without the frames and line breaks that it is said in. */
const said = (text: string) => text.replaceAll(/[\s│║]/g, '');
const saidBy = (view: View, size?: Size) => said(drawn(view, size).join(''));

const size: fc.Arbitrary<Size> = fc.oneof(
  fc.constant(smallest),
  fc.record({ columns: fc.integer({ min: 80, max: 240 }), rows: fc.integer({ min: 24, max: 70 }) }),
);
const languages = language.options;

describe('cells', () => {
  it('measures as blessed does whatever is let through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const shown = plain(text);
        assert.equal(widthOf(shown), blessed.strWidth(shown));
        assert.equal(widthOf(shown), shown.length + (shown.match(blessed.chars.wide)?.length ?? 0));
      }),
      { numRuns: 2000 },
    );
  });

  it('lets no control through, and puts the geta mark for what cannot be shown', () => {
    assert.equal(plain('\x1b[31m忍野村\x07'), '[31m忍野村');
    assert.equal(plain('葛\u{E0100}城市'), '葛城市');
    assert.equal(plain('か\u3099'), 'が');
    assert.equal(plain('𠮷田👍가'), '〓田〓〓');
  });

  it('breaks lines without losing a character or passing the edge', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom(...japanese),
      fc.string({ unit: 'binary' }).map(plain),
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 80 }), (text, width) => {
        const lines = wrap(text, width);
        assert.equal(lines.join('').replaceAll(/\s/g, ''), text.replaceAll(/\s/g, ''));
        for (const line of lines) assert.ok(widthOf(line) <= width, line);
      }),
    );
  });

  it('breaks Japanese between phrases, and begins no line with a mark that ends one', () => {
    assert.deepEqual(wrap('読み取り台の角に合わせてください。', 24), [
      '読み取り台の角に',
      '合わせてください。',
    ]);
    const sentences = Object.values(wordsIn.ja.faults).flatMap(({ what, remedy }) => [what, remedy]);
    for (const sentence of sentences) {
      for (const line of wrap(sentence, 30)) assert.doesNotMatch(line, /^[、。）」]|[（「]$/);
    }
  });
});

const japanese = [
  'おもて面（顔写真の面）を下にして、読み取り台の角に合わせてください。',
  '類似度 0.61（基準 0.45）',
];

describe('the layout', () => {
  it('is looked at with every scene', () => {
    const examples = new Set(Object.values(everyScene).map(({ scene }) => scene.name));
    assert.deepEqual(
      sceneNames.filter((name) => !examples.has(name)),
      [],
    );
  });

  it('fills the terminal and never passes its edge, whatever is shown', () => {
    fc.assert(
      fc.property(anyView, size, (view, size) => {
        const lines = drawn(view, size);
        assert.equal(lines.length, size.rows);
        for (const line of lines) assert.ok(blessed.strWidth(line) <= size.columns, line);
      }),
      { numRuns: 1500 },
    );
  });

  it('cuts nothing: names, choices, keys and what the scene has to say are all there', () => {
    fc.assert(
      fc.property(anyView, size, (view, size) => {
        const text = saidBy(view, size);
        for (const part of mustSay(view))
          assert.ok(text.includes(said(part)), `${part} is missing in ${text}`);
      }),
      { numRuns: 1500 },
    );
  });

  it('asks for more room where there is too little, and never fails', () => {
    const small = fc.record({
      columns: fc.integer({ min: 0, max: 79 }),
      rows: fc.integer({ min: 0, max: 60 }),
    });
    fc.assert(
      fc.property(anyView, small, (view, size) => {
        const lines = drawn(view, size);
        assert.equal(lines.length, size.rows);
        for (const line of lines) assert.ok(blessed.strWidth(line) <= size.columns, line);
      }),
    );
    const [ja, en] = (['ja', 'en'] as const).map((language) =>
      saidBy({ ...everyScene.above, language }, { columns: 40, rows: 10 }),
    );
    assert.equal(ja, '画面を広げてください。（横80文字、縦24行以上）');
    assert.equal(en, 'Pleaseenlargethiswindow(80columns,24rowsormore).');
  });

  it('shows the choice in focus without colour', () => {
    fc.assert(
      fc.property(anyView, size, (view, size) => {
        const marks =
          drawn(view, size)
            .join('\n')
            .match(/[║[]► /g) ?? [];
        // The parts of a time that is set stand before the choices, and are chosen like them.
        const [offered, focus] =
          view.scene.name === 'set-clock'
            ? [parts.length + view.choices.length, view.scene.stop]
            : [view.choices.length, view.focus];
        assert.equal(marks.length, focus !== undefined && focus < offered ? 1 : 0);
      }),
    );
    const [first, second] = [0, 1].map((focus) => drawn({ ...everyScene.notice, focus }).join('\n'));
    assert.match(first, /║► 同意する ║/);
    assert.match(second, /║► 同意しない ║/);
    assert.doesNotMatch(drawn(everyScene.notice).join('\n'), /[║═]|\[►/);
  });

  it('names only keys that do something', () => {
    for (const language of languages) {
      const { keys, choices } = wordsIn[language];
      const foot = (view: View) =>
        drawn({ ...view, language })
          .at(-1)
          ?.trim();
      assert.equal(foot(everyScene.starting), languageKey(language));
      assert.equal(foot(everyScene.comparing), [keys.cancel, languageKey(language)].join('    '));
      const { above } = everyScene;
      const chosen: View = { ...above, focus: 0, keys: ['enter', ...above.keys] };
      assert.ok(foot(chosen)?.includes(keys.enter(choices['hand-over'])));
      assert.equal(foot(above), [`◄ ► ${keys.choose}`, keys.cancel, languageKey(language)].join('    '));
      assert.ok(foot(everyScene['unavailable, record to be written'])?.includes(keys.tryAgain));
      assert.ok(foot(everyScene['explain refused'])?.includes(keys.cancelFinishes));
    }
  });

  it('says 試験中 for as long as a vendor is at work, and only then', () => {
    for (const view of Object.values(everyScene)) {
      // With long names of the devices' states it stands in the second row.
      const top = (underTest: true | undefined) =>
        drawn({ ...view, underTest, practice: true })
          .slice(0, 2)
          .join();
      assert.match(top(true), / 試験中 /);
      assert.doesNotMatch(top(undefined), /試験中/);
    }
  });

  it('says 練習 whenever a bench device is in use, and only then', () => {
    for (const view of Object.values(everyScene).filter(({ underTest }) => !underTest)) {
      assert.match(drawn({ ...view, practice: true })[0], / 練習 /);
      assert.doesNotMatch(drawn({ ...view, practice: false })[0], /練習/);
    }
  });

  it('says how to reach the technician wherever the text names one, unless time runs out', () => {
    const contact = '0555-00-0000';
    for (const language of languages) {
      const named = new RegExp(language === 'ja' ? '保守の担当者' : 'the ?technician');
      const called = (view: View) => saidBy({ ...view, language, support: contact }).includes(contact);
      for (const [name, view] of Object.entries(everyScene)) {
        const without = saidBy({ ...view, language, support: undefined });
        assert.equal(called({ ...view, secondsLeft: undefined }), named.test(without), `${language} ${name}`);
        assert.equal(saidBy({ ...view, language, secondsLeft: 9 }).includes(contact), false);
      }
      assert(called(everyScene['unavailable, with a number to call']));
      assert(!called(everyScene.above));
    }
  });
});

/** What each view has to say at least, taken from the words and the view, not from the layout. */
function mustSay(view: View): string[] {
  const words = wordsIn[view.language];
  return [
    words.product,
    plain(view.municipality),
    plain(view.counter),
    words.camera[view.camera],
    words.scanner[view.scanner],
    words.way[view.way],
    ...view.choices.map((choice) => words.choices[choice]),
    ...(view.secondsLeft === undefined ? [] : [words.secondsLeft(view.secondsLeft)]),
    ...(view.keys.includes('cancel') ? [words.keys.cancel.split(':')[0]] : []),
    ...sceneSays(view.scene, view),
  ];
}

function vendorSays(news: VendorStickNews | undefined, language: Language): string[] {
  const { found, refused, faults, numbers } = wordsIn[language].vendor;
  if (!news) return [];
  if (news.is === 'found') return [found];
  const named = news.why === 'other-box' ? [numbers(news.box ?? '-', news.image ?? '-')] : [];
  return [refused.trim(), ...Object.values(faults[news.why]), ...named];
}

function sceneSays(scene: Scene, view: View): string[] {
  const { language, way } = view;
  const words = wordsIn[language];
  switch (scene.name) {
    case 'starting':
    case 'comparing':
    case 'erasing':
      return [words[scene.name].title, words[scene.name].text];
    case 'idle':
      return [
        words.idle.title,
        words.idle.text,
        ...updateSays(scene, language),
        ...vendorSays(scene.vendor, language),
        ...(scene.vendor?.is === 'refused' ? [] : warnedFirst(view)).flatMap((code) =>
          Object.values(checkSaid(code, language)),
        ),
        ...noticed(view),
      ];
    case 'set-clock':
      return [
        words.clock.title,
        words.clock.how[scene.open ? 'open' : 'closed'],
        ...parts.map((part) => words.clock.parts[part](scene.time[part])),
      ];
    case 'applying-clock':
      return [
        ...Object.values(words.clock.applying),
        words.clock.parts.minute(scene.time.minute).replace(/\D/g, ''),
      ];
    case 'clock-set':
      return [words.clock.set.title, words.clock.set[scene.battery === 'set' ? 'lasting' : 'untilPowerOff']];
    case 'clock-not-set':
      return [words.clock.notSetTitle, ...Object.values(words.clock.notSet[scene.why])];
    case 'update-found':
      return [words.update.ask.title(scene.version), words.update.ask.text];
    case 'updating':
      return [
        ...Object.values(words.update[scene.writing ? 'writing' : 'checking']),
        `${Math.floor(scene.fraction * 100)}%`,
      ];
    case 'restarting':
      return Object.values(words.update.restarting);
    case 'update-failed':
      return [words.update.failed, ...Object.values(words.update.faults[scene.why])];
    case 'changes':
      return [
        words.changes.title,
        words.changes.text,
        // Each value is there, whole; the weaker with their word.
        ...scene.changes
          .slice(0, 2)
          .flatMap(({ what, before, after, weaker }) =>
            what === 'forgotten'
              ? [words.changes.forgotten]
              : [
                  named(words.changes.what, what) ?? what,
                  ...[before, after].map(
                    (value = words.changes.nothing) => named(words.changes.value, value) ?? plain(value),
                  ),
                  ...(weaker ? [words.changes.weaker] : []),
                ],
          ),
      ];
    case 'copy-asked':
      return [
        words.recordsCopy.ask.title,
        words.recordsCopy.ask.text,
        words.recordsCopy.ask.readers[scene.readers],
      ];
    case 'copying':
      return [...Object.values(words.recordsCopy.underWay), `${Math.floor(scene.fraction * 100)}%`];
    case 'copied':
      return [
        words.recordsCopy.done.title(scene.whole ? scene.count : undefined),
        words.recordsCopy.done.text,
        scene.copy,
        ...(scene.whole ? [] : [words.recordsCopy.done.broken]),
      ];
    case 'copy-failed':
      return [words.recordsCopy.failed, ...Object.values(words.recordsCopy.faults[scene.why])];
    case 'self-test':
      return [
        words.selfTest.underWay,
        ...scene.checks.map(({ check }) => words.checks[check]),
        ...(scene.waiting ? [words.selfTest.waiting[scene.waiting]] : []),
      ];
    case 'vendor-entering':
      return Object.values(words.vendor.entering);
    case 'vendor-saving':
      return Object.values(words.vendor.saving);
    case 'vendor-menu':
      return [
        words.vendor.menu.title,
        words.vendor.menu.text,
        words.vendor.menu.until(scene.until),
        words.vendor.numbers(scene.box ?? '-', scene.image ?? '-'),
        ...(scene.dated ? [] : [words.vendor.menu.undated]),
      ];
    case 'vendor-refused':
      return [words.vendor.notOpened, ...Object.values(words.vendor.faults[scene.why])];
    case 'bench-test':
      return [
        words.benchTest.title,
        ...Object.values(words.benchTest.steps),
        ...scene.steps.map(({ verdict }) => words.benchTest.verdicts[verdict]),
        ...(scene.ask ? [words.benchTest.ask[scene.ask]] : []),
        ...(scene.press && !scene.ask
          ? [words.benchTest.press[scene.press], words.benchTest.pressNothing]
          : []),
      ];
    case 'vendor-reported':
      return [
        ...(scene.bench ? [words.benchTest.outcomes[scene.bench.outcome]] : []),
        ...(scene.bench ? Object.values(words.benchTest.steps) : []),
        words.benchTest.details,
        ...(scene.why
          ? [words.vendor.notSaved, words.vendor.saveAgain]
          : [words.vendor.saved, ...scene.copies]),
      ];
    case 'self-tested':
      return scene.checks.flatMap(({ check, verdict }) => [words.checks[check], words.verdicts[verdict]]);
    case 'unavailable':
      return [
        words.unavailable.title,
        words.unavailable.meanwhile,
        ...Object.values(faultSaid(scene.fault, language)),
        ...vendorSays(scene.vendor, language),
        ...noticed(view),
      ];
    case 'reason':
      return [words.reason.title, words.reason.policy[scene.policy]];
    case 'notice':
      return [words.notice.title, words.notice.read[way](ifDeclined(view))];
    case 'place-document':
      return Object.values(words.placeDocument[way]);
    case 'scanning':
      return [
        ...(scene.waiting
          ? [words.waiting.title, words.waiting.text[scene.waiting]]
          : Object.values(words.scanning)),
        ...(scene.attempt ? [words.tries.scan(scene.attempt)] : []),
        `${Math.floor(scene.fraction * 100)}%`,
      ];
    case 'before-photograph':
      return Object.values(words.beforePhotograph);
    case 'photographing':
      return [
        words.instructions[scene.instruction],
        words.ovals.aim,
        ...(scene.attempt ? [words.tries.photograph(scene.attempt)] : []),
        `${Math.floor(scene.fraction * 100)}%`,
      ];
    case 'document-poor':
      return [words.documentPoor, ...poorSays(scene, language, words.tries.poor.scan)];
    case 'photograph-poor':
      return [words.photographPoor, ...poorSays(scene, language, words.tries.poor.photograph)];
    case 'not-comparable':
      return [...Object.values(words.notComparable), ...poorSays(scene, language)];
    case 'explain':
      return [
        words.explain.title,
        words.explain.because[scene.about],
        words.explain.say[scene.about](ifDeclined(view)),
      ];
    case 'result':
      return resultSays(scene, view);
    case 'erased':
      return [
        (scene.pictures ? words.erased.withPictures : words.erased.withoutPictures)(scene.at),
        words.erased.because[scene.because],
        words.erased.record(plain(scene.record)),
        words.erased.handOver,
        ...(scene.fault ? Object.values(faultSaid(scene.fault, language)) : []),
      ];
  }
}

/** What the visitor is told to follow a refusal. */
function ifDeclined({ language, ifDeclined }: View): string {
  return ifDeclined === undefined ? wordsIn[language].ifDeclined : plain(ifDeclined);
}

function updateSays({ update }: Extract<Scene, { name: 'idle' }>, language: View['language']): string[] {
  const words = wordsIn[language].update;
  switch (update?.is) {
    case undefined:
      return [];
    case 'found':
      return [words.found(update.version)];
    case 'refused':
      return [words.refused, ...Object.values(words.faults[update.why])];
    case 'returned':
      return [words.returned(update.version), ...Object.values(words.returnedBecause[update.why])];
  }
}

/** The clerk is told first of the clock where it can be set. */
function warnedFirst({ warnings, choices }: View): View['warnings'] {
  const clock = choices.includes('set-clock') && warnings.includes('clock-untrusted');
  return clock ? ['clock-untrusted'] : warnings.slice(0, 1);
}

function noticed({ language, settingsProblems, settingsLine, tornRecords, interrupted }: View): string[] {
  const words = wordsIn[language];
  return [
    ...(settingsProblems > 0 ? [words.settingsProblems(settingsProblems, settingsLine)] : []),
    ...(tornRecords > 0 && interrupted === undefined ? [words.tornRecords(tornRecords)] : []),
    ...(interrupted === undefined ? [] : [words.interrupted(interrupted)]),
  ];
}

function resultSays(scene: Extract<Scene, { name: 'result' }>, { language, way }: View): string[] {
  const { result } = wordsIn[language];
  return [
    scene.above ? result.above.title : result.below.title,
    ...(scene.above ? [chanceSaid(scene.comparison, language, scene.tries?.comparisons)] : []),
    ...triedSays(scene, language),
    result.compared[way](plain(scene.model)),
    ...(scene.above ? [] : [result.provesNothing]),
    ...scene.findings
      .filter(({ code }) => code === 'picture-suspected')
      .slice(0, 1)
      .map((finding) => findingSaid(finding, language).what),
  ];
}

function triedSays({ threshold, tries }: Extract<Scene, { name: 'result' }>, language: Language): string[] {
  if (!tries) return [];
  const words = wordsIn[language].tries;
  const { photographs, scans, comparisons, lowest } = tries;
  return [
    words.made(photographs, scans),
    ...(comparisons > 1 ? [words.compared(comparisons, decimals(lowest, threshold)[0])] : []),
  ];
}

/** How to mend a picture is said only while it can be taken again. */
function poorSays(
  { findings, spent }: Extract<Scene, { name: 'document-poor' | 'photograph-poor' | 'not-comparable' }>,
  language: Language,
  ...ifSpent: string[]
): string[] {
  const said = worst(findings, language);
  return spent ? [...said.slice(0, 1), ...ifSpent] : said;
}

/** The first of the findings that hindered most, in full: what is wrong and how to mend it. */
function worst(
  findings: Extract<Scene, { name: 'not-comparable' }>['findings'],
  language: Language,
): string[] {
  const first = findings.find((finding) => finding.blocking) ?? findings.at(0);
  return first ? Object.values(findingSaid(first, language)) : [];
}

describe('the result', () => {
  const result = (similarity: number, threshold: number, falseMatchRate = 0.01): View =>
    viewOf({
      name: 'result',
      above: similarity >= threshold,
      comparison: { similarity, falseMatchRate },
      threshold,
      model: 'dlib-resnet-mobilefacenet',
      findings: [],
    });

  it('gives no rate below the threshold, where it would contradict the verdict', () => {
    for (const language of languages) {
      for (const rate of [0.04, 1]) {
        const chance = said(chanceSaid({ falseMatchRate: rate }, language));
        assert(saidBy({ ...result(0.5, 0.45, rate), language }).includes(chance));
        assert(!saidBy({ ...result(0.3, 0.45, rate), language }).includes(chance));
      }
    }
  });

  it('never shows a likeness in per cent', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, b) => {
          for (const language of languages)
            assert.doesNotMatch(saidBy({ ...result(a, b, a), language }), /%/);
        },
      ),
    );
  });

  it('never reads as if a missed threshold were reached', () => {
    const score = fc.integer({ min: 0, max: 10_000 }).map((steps) => steps / 10_000);
    fc.assert(
      fc.property(score, score, (similarity, threshold) => {
        const [shown, bar] = decimals(similarity, threshold).map(Number) as [number, number];
        assert.equal(Math.sign(shown - bar), Math.sign(similarity - threshold));
      }),
    );
    assert.deepEqual(decimals(0.4496, 0.45), ['0.4496', '0.4500']);
    assert.deepEqual(decimals(0.61, 0.45), ['0.61', '0.45']);
  });

  it('draws both marks on one line, in their order, each with its name', () => {
    const value = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(value, value, fc.integer({ min: 40, max: 72 }), (similarity, threshold, width) => {
        const [above, rule, below] = numberLine(
          { value: similarity, label: '類似度' },
          { value: threshold, label: '基準' },
          width,
        ).map(textOf);
        const [bar, mark] = ['┴', '┬'].map((tee) => rule.indexOf(tee));
        if (bar === -1 || mark === -1) assert.match(rule, /┼/);
        else assert.equal(Math.sign(mark - bar), Math.sign(similarity - threshold));
        assert.match(above, /基準 ┐$|┌ 基準$/);
        assert.match(below, /類似度 ┘$|└ 類似度$/);
        assert.equal(widthOf(above.replace(/┌.*|┐$/, '')), rule.search(/[┴┼]/));
        for (const line of [above, rule, below]) assert.ok(widthOf(line) <= width);
      }),
    );
  });

  it('says what it does not prove, what was compared, by what, and leaves the decision to people', () => {
    const text = saidBy({ ...result(0.31, 0.45, 1), way: 'form' });
    assert.match(text, /本人でないと決まったわけではありません/);
    assert.match(text, /申請書の写真と、撮影した顔/);
    assert.match(text, /dlib-resnet-mobilefacenet/);
    assert.match(text, /類似度0\.31（基準0\.45）/);
    assert.match(text, /上司と相談して/);
    assert.match(saidBy({ ...everyScene.below, language: 'en' }), /Note:Thefaceistoodark/);
  });
});

describe('the guidance', () => {
  const arrows = wordsIn.en.arrows;
  const columnsOf = (lines: readonly string[], char: string) =>
    lines.flatMap((line) => Array.from(line).flatMap((at, column) => (at === char ? [column] : [])));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const look = (face: Outline | undefined, instruction: Instruction) =>
    guidance({ instruction, face, arrows }, 72, 15).map(textOf);

  it('draws the face where it is, in a looking-glass', () => {
    const leftOfAim = look({ ...aim, x: 30 }, 'right');
    assert.ok(mean(columnsOf(leftOfAim, '#')) < mean(columnsOf(leftOfAim, '.')));
    const covered = look(aim, 'hold-still');
    assert.equal(columnsOf(covered, '.').length, 0, 'where the face is right, it covers the aim');
    assert.equal(columnsOf(look(undefined, 'hold-still'), '#').length, 0);
  });

  it('leans the face as the head leans', () => {
    const top = (roll: number) => {
      const lines = look({ x: 50, y: 50, width: 15, height: 80, roll }, 'hold-still');
      const highest = lines.find((line) => line.includes('#'))!;
      return mean(columnsOf([highest], '#'));
    };
    assert.ok(top(30) > top(0) && top(0) > top(-30), 'clockwise leans to the right');
  });

  it('points with an arrow and its word to the side where to go', () => {
    const [left, right] = [look(undefined, 'left'), look(undefined, 'right')];
    assert.ok(left.some((line) => /^ +<=+ .*│/.test(line)) && left.some((line) => /^ +left +│/.test(line)));
    assert.ok(right.some((line) => /│ +=+>$/.test(line)) && right.some((line) => /│ +right$/.test(line)));
    const nods = [look(undefined, 'turn-up'), look(undefined, 'turn-down')];
    const [up, down] = nods.map((lines) => lines.findIndex((line) => /│ +(\/\\|\\\/)$/.test(line)));
    assert.ok(nods[0].some((line) => /│ +look up$/.test(line)) && nods[0][up + 1].endsWith('||'));
    assert.ok(nods[1].some((line) => /│ +look down$/.test(line)) && nods[1][down - 1].endsWith('||'));
  });
});

describe('progress', () => {
  it('grows with what is done, and is full only at the end', () => {
    const full = (fraction: number) => textOf(progress(fraction, 72)).split('█').length - 1;
    assert.deepEqual([0, 0.5, 0.999, 1].map(full), [0, 33, 66, 67]);
    assert.equal(widthOf(textOf(progress(0.3, 72))), 72);
  });
});

const named = (names: Readonly<Record<string, string>>, name: string) =>
  new Map(Object.entries(names)).get(name);
