import { plain } from '../../protocol/drawable.js';
import type { Scene, View } from '../view.js';
import { chanceSaid, wordsIn } from '../words/said.js';
import { line } from './line.js';
import { decimals, numberLine } from './number-line.js';
import { findingNotes, headline, paragraph, type Part, type Room } from './parts.js';

/**
 * The similarity against its threshold, what was compared, and the next step; from the threshold on, the chance that a
 * stranger reaches it. Below, that chance would contradict the verdict. The number is never shown as a percentage or as
 * a proof.
 */
export function result(scene: Extract<Scene, { name: 'result' }>, view: View, room: Room): Part[] {
  const { above, comparison, threshold, model, liveness, findings } = scene;
  const words = wordsIn[view.language].result;
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
      ...(above ? paragraph(chanceSaid(comparison.falseMatchRate, view.language), room) : []),
      ...paragraph(words.compared[view.way](plain(model)), room),
    ],
    above ? [] : paragraph(words.provesNothing, room),
    liveness ? paragraph(words.liveness[liveness], room) : [],
    findingNotes(findings, view.language, room),
    paragraph(view.choices.includes('photograph-again') ? verdict.next : words.consult, room, 'strong'),
  ];
}
