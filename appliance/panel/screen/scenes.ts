import type { FaultCode } from '../../findings.js';
import type { Choice } from '../../protocol/choice.js';
import type { Language } from '../../protocol/language.js';
import { plain } from '../../protocol/drawable.js';
import { focused, type Scene, type View } from '../view.js';
import { checkSaid, faultSaid, wordsIn } from '../words/said.js';
import type { Words } from '../words/words.js';
import { changes } from './changes.js';
import { recordsCopy } from './records-copy.js';
import { guidance } from './guidance.js';
import { line } from './line.js';
import {
  cause,
  findingList,
  findingNames,
  headline,
  notice,
  paragraph,
  quotation,
  title,
  type Part,
  type Room,
} from './parts.js';
import { progress } from './progress.js';
import { result } from './result.js';
import { setClock } from './set-clock.js';
import { outcome, underWay } from './self-test.js';
import { update, updateNews } from './update.js';
import { vendor, vendorNews } from './vendor.js';

type SceneOf<Name extends Scene['name']> = Extract<Scene, { name: Name }>;

/** The text of a scene from top to bottom, without its buttons. */
export function parts(view: View, room: Room): Part[] {
  const { scene, language, way } = view;
  const words = wordsIn[language];
  const instruct = (words: { title: string; text: string }) => [
    title(words.title, room),
    paragraph(words.text, room),
  ];
  switch (scene.name) {
    case 'starting':
      return instruct(words.starting);
    case 'idle':
      return [
        headline(words.idle.title, 'good', room),
        paragraph(words.idle.text, room),
        ...updateNews(scene, language, room),
        ...vendorNews(scene.vendor, language, room),
        // A refused stick takes the warning's rows until it is pulled out.
        ...(scene.vendor?.is === 'refused' ? [] : warned(view, room)),
        ...notices(view, room),
      ];
    case 'unavailable':
      return unavailable(scene, view, room);
    case 'reason':
      return [
        title(words.reason.title, room),
        paragraph(words.reason.policy[scene.policy], room),
        meaning(focused(view), words, room),
      ];
    case 'notice':
      return [
        title(words.notice.title, room),
        quotation(words.notice.read[way](ifDeclined(view, words)), room),
      ];
    case 'place-document':
      return instruct(words.placeDocument[way]);
    case 'scanning':
      return scanning(scene, words, room);
    case 'document-poor':
      return [title(words.documentPoor, room), ...poor(scene, words.tries.poor.scan, language, room)];
    case 'before-photograph': {
      const { title: heading, say, cannot } = words.beforePhotograph;
      return [title(heading, room), quotation(say, room), paragraph(cannot, room)];
    }
    case 'photographing':
      return photographing(scene, words, room);
    case 'photograph-poor':
      return [title(words.photographPoor, room), ...poor(scene, words.tries.poor.photograph, language, room)];
    case 'comparing':
      return instruct(words.comparing);
    case 'result':
      return result(scene, view, room);
    case 'not-comparable':
      return [
        headline(words.notComparable.title, 'caution', room),
        ...poor(scene, '', language, room),
        paragraph(words.notComparable.next, room),
        quotation(words.notComparable.say, room),
      ];
    case 'explain':
      return [
        title(words.explain.title, room),
        paragraph(words.explain.because[scene.about], room),
        quotation(words.explain.say[scene.about](ifDeclined(view, words)), room),
      ];
    case 'erasing':
      return instruct(words.erasing);
    case 'erased':
      return erased(scene, view, room);
    case 'self-test':
      return underWay(scene, language, room);
    case 'self-tested':
      return outcome(scene, language, room);
    case 'set-clock':
    case 'applying-clock':
    case 'clock-set':
    case 'clock-not-set':
      return setClock(scene, language, room);
    case 'update-found':
    case 'updating':
    case 'restarting':
    case 'update-failed':
      return update(scene, language, room);
    case 'copy-asked':
    case 'copying':
    case 'copied':
    case 'copy-failed':
      return recordsCopy(scene, language, room);
    case 'changes':
      return changes(scene, language, room);
    case 'vendor-entering':
    case 'vendor-menu':
    case 'vendor-saving':
    case 'vendor-reported':
    case 'vendor-refused':
    case 'bench-test':
      return vendor(scene, language, room);
  }
}

/** What follows if the visitor declines: the municipality's own words, or else the standard ones. */
function ifDeclined(view: View, words: Words): string {
  return view.ifDeclined === undefined ? words.ifDeclined : plain(view.ifDeclined);
}

/** The first warning of the self-test; one that the clerk can fix now comes before others. */
function warned({ language, warnings, choices }: View, room: Room): Part[] {
  const mendable = warnings.filter((code) => code === 'clock-untrusted' && choices.includes('set-clock'));
  return [...mendable, ...warnings].slice(0, 1).map((code) => {
    const { what, remedy } = checkSaid(code, language);
    const more = warnings.length > 1 ? [wordsIn[language].moreFindings(warnings.length - 1)] : [];
    return notice([what, remedy, ...more].join('\n'), room);
  });
}

function unavailable(scene: SceneOf<'unavailable'>, view: View, room: Room): Part[] {
  const { fault } = scene;
  const { language, awaited, camera } = view;
  const words = wordsIn[language].unavailable;
  const faults =
    fault === 'scanner-missing' && camera === 'missing' ? [fault, 'camera-missing' as const] : [fault];
  return [
    headline(words.title, 'caution', room),
    ...faults.map((each) => cause(faultSaid(each, language), room)),
    paragraph(outlook(fault, awaited, words).join('\n'), room),
    ...vendorNews(scene.vendor, language, room),
    ...notices(view, room),
  ];
}

/** How it goes on. Only pulling the plug ends an unproven erasure. */
function outlook(fault: FaultCode, awaited: string | undefined, words: Words['unavailable']): string[] {
  if (fault === 'erasure-unproven') return [words.meanwhile];
  return [words.meanwhile, awaited === undefined ? words.text : words.awaited(plain(awaited))];
}

function notices(view: View, room: Room): Part[] {
  const { language, settingsProblems, settingsLine } = view;
  const words = wordsIn[language];
  return [
    ...(settingsProblems > 0 ? [notice(words.settingsProblems(settingsProblems, settingsLine), room)] : []),
    ...[ofRecords(view)].flatMap((text) => (text === undefined ? [] : [notice(text, room)])),
  ];
}

/** There is room for one: the interrupted visit until the next one, then the torn pieces again. */
function ofRecords({ language, tornRecords, interrupted }: View): string | undefined {
  const words = wordsIn[language];
  if (interrupted !== undefined) return words.interrupted(interrupted);
  return tornRecords > 0 ? words.tornRecords(tornRecords) : undefined;
}

function meaning(choice: Choice | undefined, words: Words, room: Room): Part {
  const means: Partial<Record<Choice, string>> = words.choiceMeans;
  const text = choice && means[choice];
  return text === undefined ? [] : paragraph(text, room);
}

/** What is wrong with a picture, and how to mend it while it can be taken again. */
function poor(
  { findings, spent }: SceneOf<'document-poor' | 'photograph-poor' | 'not-comparable'>,
  ifSpent: string,
  language: Language,
  room: Room,
): Part[] {
  if (!spent) return findingList(findings, language, room);
  return [findingNames(findings, language, room), ifSpent ? paragraph(ifSpent, room) : []];
}

/** The bar stays where it is while the scanner is waited for. */
function scanning({ fraction, waiting, attempt }: SceneOf<'scanning'>, words: Words, room: Room): Part[] {
  const { title: heading, text } = waiting
    ? { title: words.waiting.title, text: words.waiting.text[waiting] }
    : words.scanning;
  return [
    title(heading, room),
    paragraph(text, room),
    attempt === undefined ? [] : paragraph(words.tries.scan(attempt), room),
    [progress(fraction, room.width)],
  ];
}

function photographing(
  { instruction, outline, fraction, attempt }: SceneOf<'photographing'>,
  words: Words,
  room: Room,
): Part[] {
  const heading = title(words.instructions[instruction], room);
  const number = attempt === undefined ? '' : `    ${words.tries.photograph(attempt)}`;
  const legend = line(`. . ${words.ovals.aim}    # # ${words.ovals.face}${number}`);
  const others = heading.length + 3;
  return [
    heading,
    [
      ...guidance({ instruction, face: outline, arrows: words.arrows }, room.width, room.height - others),
      legend,
    ],
    [progress(fraction, room.width)],
  ];
}

function erased(
  { pictures, at, record, because, fault }: SceneOf<'erased'>,
  { language }: View,
  room: Room,
): Part[] {
  const words = wordsIn[language].erased;
  const done = pictures ? words.withPictures(at) : words.withoutPictures(at);
  return [
    headline(done, 'good', room),
    paragraph(words.because[because], room),
    ...(fault ? [cause(faultSaid(fault, language), room)] : []),
    paragraph([words.record(plain(record)), words.handOver].join('\n'), room),
  ];
}
