import type { Scene } from '../view.js';
import type { Language } from '../../protocol/language.js';
import { wordsIn } from '../words/said.js';
import { cause, headline, notice, paragraph, type Part, type Room, title } from './parts.js';
import { progress } from './progress.js';

type RecordsCopy = Extract<Scene, { name: 'copy-asked' | 'copying' | 'copied' | 'copy-failed' }>;

/** The scenes of a copy of the records to a USB stick. */
export function recordsCopy(scene: RecordsCopy, language: Language, room: Room): Part[] {
  const words = wordsIn[language].recordsCopy;
  switch (scene.name) {
    case 'copy-asked':
      return [
        title(words.ask.title, room),
        paragraph(words.ask.text, room),
        (scene.readers === 'anybody' ? notice : paragraph)(words.ask.readers[scene.readers], room),
      ];
    case 'copying':
      return [
        title(words.underWay.title, room),
        paragraph(words.underWay.text, room),
        [progress(scene.fraction, room.width)],
      ];
    case 'copied':
      return [
        headline(
          words.done.title(scene.whole ? scene.count : undefined),
          scene.whole ? 'good' : 'caution',
          room,
        ),
        paragraph([words.done.text, scene.copy].join('\n'), room),
        ...(scene.whole ? [] : [notice(words.done.broken, room)]),
      ];
    case 'copy-failed':
      return [headline(words.failed, 'caution', room), cause(words.faults[scene.why], room)];
  }
}
