import { plain } from '../../protocol/drawable.js';
import type { Language } from '../../protocol/language.js';
import type { Scene, View } from '../view.js';
import { chanceSaid, findingSaid, wordsIn } from '../words/said.js';
import { line } from './line.js';
import { decimals, numberLine } from './number-line.js';
import { findingNotes, headline, notice, paragraph, type Part, type Room } from './parts.js';

type Result = Extract<Scene, { name: 'result' }>;

/**
 * The similarity against its threshold, what was compared, and the next step; from the threshold on, the chance that a
 * stranger reaches it. Below, that chance would contradict the verdict. The number is never shown as a percentage or as
 * a proof.
 */
export function result(scene: Result, view: View, room: Room): Part[] {
  const { above, comparison, tries, threshold, model, liveness, findings } = scene;
  const words = wordsIn[view.language].result;
  const suspicion = findings.find(({ code }) => code === 'picture-suspected');
  const verdict = above ? words.above : words.below;
  const score = decimals(comparison.similarity, threshold);
  return [
    headline(verdict.title, above ? 'good' : 'caution', room),
    [
      line(words.score(...score), 'strong'),
      ...numberLine(
        { value: comparison.similarity, label: words.similarity },
        { value: threshold, label: words.threshold },
        room.width,
      ),
    ],
    [
      ...(above ? paragraph(chanceSaid(comparison, view.language, tries?.comparisons), room) : []),
      ...paragraph(words.compared[view.way](plain(model)), room),
    ],
    tried(scene, view.language, room),
    above ? [] : paragraph(words.provesNothing, room),
    liveness ? paragraph(words.liveness[liveness], room) : [],
    suspicion ? notice(findingSaid(suspicion, view.language).what, room) : [],
    findingNotes(
      findings.filter((finding) => finding !== suspicion),
      view.language,
      room,
    ),
    paragraph(next(scene, view), room, 'strong'),
  ];
}

/** Which pictures these are, and the lowest score, so that a better one does not hide it. */
function tried({ tries, threshold }: Result, language: Language, room: Room): Part {
  if (tries === undefined) return [];
  const words = wordsIn[language].tries;
  const { photographs, scans, comparisons, lowest } = tries;
  const [lowestSaid] = decimals(lowest, threshold);
  const compared = comparisons > 1 ? words.compared(comparisons, lowestSaid) : '';
  return paragraph(words.made(photographs, scans) + compared, room);
}

/** The next step, by what is left to choose. Who asked a superior already is not offered it again. */
function next({ above }: Result, { choices, language }: View): string {
  const { result, tries } = wordsIn[language];
  const photograph = choices.includes('photograph-again');
  const scan = choices.includes('scan-again');
  if (!choices.includes('ask-superior')) return result.consult;
  if (above) return photograph ? result.above.next : tries.above;
  if (photograph && scan) return result.below.next;
  return tries.below[photograph ? 'photograph' : scan ? 'scan' : 'neither'];
}
