import type { Scene } from '../view.js';
import type { Language } from '../../protocol/language.js';
import { wordsIn } from '../words/said.js';
import { cause, headline, notice, paragraph, type Part, type Room, title } from './parts.js';
import { progress } from './progress.js';

type Update = Extract<Scene, { name: 'update-found' | 'updating' | 'restarting' | 'update-failed' }>;

/** The scenes of an update. */
export function update(scene: Update, language: Language, room: Room): Part[] {
  const words = wordsIn[language].update;
  switch (scene.name) {
    case 'update-found':
      return [title(words.ask.title(scene.version), room), paragraph(words.ask.text, room)];
    case 'updating': {
      const now = scene.writing ? words.writing : words.checking;
      return [title(now.title, room), paragraph(now.text, room), [progress(scene.fraction, room.width)]];
    }
    case 'restarting':
      return [title(words.restarting.title, room), paragraph(words.restarting.text, room)];
    case 'update-failed':
      return [headline(words.failed, 'caution', room), cause(words.faults[scene.why], room)];
  }
}

/** News of updates while the appliance waits for a visitor. */
export function updateNews(
  { update: news }: Extract<Scene, { name: 'idle' }>,
  language: Language,
  room: Room,
): Part[] {
  const words = wordsIn[language].update;
  switch (news?.is) {
    case undefined:
      return [];
    case 'found':
      return [notice(words.found(news.version), room)];
    case 'refused': {
      const { what, remedy } = words.faults[news.why];
      return [notice([`${words.refused}${what}`, remedy].join('\n'), room)];
    }
    case 'returned': {
      const { what, remedy } = words.returnedBecause[news.why];
      return [notice([words.returned(news.version), what, remedy].join('\n'), room)];
    }
  }
}
