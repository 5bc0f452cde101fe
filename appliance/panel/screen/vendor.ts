import type { StepVerdict } from '../../protocol/bench-test.js';
import { stepName } from '../../protocol/bench-test.js';
import type { Language } from '../../protocol/language.js';
import { vendorFault, type VendorFault } from '../../protocol/vendor.js';
import type { Scene, VendorStickNews } from '../view.js';
import { wordsIn } from '../words/said.js';
import type { Words } from '../words/words.js';
import { line } from './line.js';
import { cause, headline, notice, paragraph, type Part, type Room, title } from './parts.js';
import { summary } from './self-test.js';

type SceneOf<Name extends Scene['name']> = Extract<Scene, { name: Name }>;
type Vendor = SceneOf<
  'vendor-entering' | 'vendor-menu' | 'vendor-saving' | 'vendor-reported' | 'vendor-refused' | 'bench-test'
>;

/** Marks of the verdicts; the word stands beside each. */
const marks: Readonly<Record<StepVerdict, string>> = { passed: '○', failed: '×', 'not-made': '-' };

/** The scenes of a vendor's menu. */
export function vendor(scene: Vendor, language: Language, room: Room): Part[] {
  const words = wordsIn[language];
  switch (scene.name) {
    case 'vendor-entering':
      return [title(words.vendor.entering.title, room), paragraph(words.vendor.entering.text, room)];
    case 'vendor-saving':
      return [title(words.vendor.saving.title, room), paragraph(words.vendor.saving.text, room)];
    case 'vendor-menu':
      return menu(scene, words, room);
    case 'vendor-refused':
      return [
        headline(words.vendor.notOpened, 'caution', room),
        cause(words.vendor.faults[scene.why], room),
        ...numbers(scene, words, room),
      ];
    case 'bench-test':
      return benchTest(scene, words, room);
    case 'vendor-reported':
      return reported(scene, language, room);
  }
}

/** What a stick offers a vendor, or why it offers nothing, while the appliance waits for a visitor. */
export function vendorNews(news: VendorStickNews | undefined, language: Language, room: Room): Part[] {
  const words = wordsIn[language];
  if (news === undefined) return [];
  if (news.is === 'found') return [notice(words.vendor.found, room)];
  const { what, remedy } = words.vendor.faults[news.why];
  const said = [`${words.vendor.refused}${what}`, remedy];
  return [notice([...said, ...(news.why === 'other-box' ? [numbered(news, words)] : [])].join('\n'), room)];
}

type Numbered = { readonly box?: string | undefined; readonly image?: string | undefined };

function numbers(scene: Numbered & { readonly why: VendorFault }, words: Words, room: Room): Part[] {
  return scene.why === 'other-box' ? [paragraph(numbered(scene, words), room)] : [];
}

function numbered({ box = '-', image = '-' }: Numbered, words: Words): string {
  return words.vendor.numbers(box, image);
}

function menu(scene: SceneOf<'vendor-menu'>, words: Words, room: Room): Part[] {
  const { menu } = words.vendor;
  return [
    headline(menu.title, 'caution', room),
    paragraph(menu.text, room),
    paragraph(scene.dated ? menu.until(scene.until) : `${menu.until(scene.until)}\n${menu.undated}`, room),
    paragraph(numbered(scene, words), room),
  ];
}

function benchTest(scene: SceneOf<'bench-test'>, words: Words, room: Room): Part[] {
  return [
    title(words.benchTest.title, room),
    steps(scene.steps, words, scene.step),
    ...now(scene, words).map((said) => paragraph(said, room, 'strong')),
  ];
}

/** What is asked of the tester, or done now. */
function now(scene: SceneOf<'bench-test'>, words: Words): readonly string[] {
  const { ask, press, waiting, check, minutesLeft } = scene;
  if (ask) return [words.benchTest.ask[ask]];
  if (press) return [words.benchTest.press[press], words.benchTest.pressNothing];
  if (waiting) return [words.selfTest.waiting[waiting]];
  if (check) return [words.selfTest.lookingAt(words.checks[check])];
  return minutesLeft === undefined ? [] : [words.benchTest.working(minutesLeft)];
}

/** All steps; those still to come by name only, the present one with an arrow. */
function steps(
  done: SceneOf<'bench-test'>['steps'],
  { benchTest }: Words,
  present?: SceneOf<'bench-test'>['step'],
): Part {
  return stepName.options.map((name) => {
    const verdict = done.find(({ step }) => step === name)?.verdict;
    const mark = verdict ? marks[verdict] : name === present ? '►' : ' ';
    return line(`${mark} ${benchTest.steps[name]}${verdict ? `  ${benchTest.verdicts[verdict]}` : ''}`);
  });
}

function reported(scene: SceneOf<'vendor-reported'>, language: Language, room: Room): Part[] {
  const words = wordsIn[language];
  const { bench, checks = [] } = scene;
  const said = bench
    ? [
        headline(
          words.benchTest.outcomes[bench.outcome],
          bench.outcome === 'passed' ? 'good' : 'caution',
          room,
        ),
        steps(bench.steps, words),
      ]
    : [summary(checks, language, room)];
  return [...said, paragraph(words.benchTest.details, room), ...copies(scene, words, room)];
}

/** Where the report is, or why it is not on the stick. */
function copies({ copies: names, why }: SceneOf<'vendor-reported'>, words: Words, room: Room): Part[] {
  const { saved, notSaved, saveAgain } = words.vendor;
  if (why === undefined) return [paragraph([saved, ...names].join('\n'), room)];
  const fault = vendorFault.safeParse(why).data;
  const { what } = fault
    ? words.vendor.faults[fault]
    : words.recordsCopy.faults[why as keyof Words['recordsCopy']['faults']];
  return [notice([`${notSaved}${what}`, saveAgain].join('\n'), room)];
}
