import { type Minute, parts, weekdayOf } from '../../clock/minute.js';
import type { Scene } from '../view.js';
import type { Language } from '../../protocol/language.js';
import { wordsIn } from '../words/said.js';
import type { Words } from '../words/words.js';
import { cause, headline, paragraph, type Part, type Room, title } from './parts.js';

export type ClockScene = Extract<
  Scene,
  { name: 'set-clock' | 'applying-clock' | 'clock-set' | 'clock-not-set' }
>;
type Setting = Extract<Scene, { name: 'set-clock' }>;

export function setClock(scene: ClockScene, language: Language, room: Room): Part[] {
  const words = wordsIn[language].clock;
  const whole = paragraph(wholeTime(scene.time, words), room, 'strong');
  switch (scene.name) {
    case 'set-clock':
      return [title(words.title, room), paragraph(words.how[scene.open ? 'open' : 'closed'], room), whole];
    case 'applying-clock':
      return [title(words.applying.title, room), paragraph(words.applying.text, room), whole];
    case 'clock-set':
      return [
        headline(words.set.title, 'good', room),
        whole,
        paragraph(scene.battery === 'set' ? words.set.lasting : words.set.untilPowerOff, room),
      ];
    case 'clock-not-set':
      return [headline(words.notSetTitle, 'caution', room), whole, cause(words.notSet[scene.why], room)];
  }
}

/** The parts of the time, shown as buttons before the choices; the open one is marked. */
export function partLabels({ time, stop, open }: Setting, { clock }: Words): string[] {
  return parts.map((part, index) => {
    const label = clock.parts[part](time[part]);
    return open && index === stop ? `< ${label} >` : label;
  });
}

/** What Enter does; undefined if it takes a choice. */
export function enterOn({ stop, open }: Setting, { clock }: Words): string | undefined {
  if (stop === parts.length) return undefined;
  return open ? clock.keys.close : clock.keys.open;
}

function wholeTime(time: Minute, { whole }: Words['clock']): string {
  const { year, month, day, hour, minute } = time;
  return whole(year, month, day, weekdayOf(time), hour, minute);
}
