import { plain } from '../../protocol/drawable.js';
import type { Language } from '../../protocol/language.js';
import type { Change } from '../../record/change.js';
import type { Scene } from '../view.js';
import { wordsIn } from '../words/said.js';
import type { Words } from '../words/words.js';
import { paragraph, type Part, type Room, title } from './parts.js';

/** What changed since the last visit, the weaker first, marked by a sign and a word. */
export function changes(
  { changes: all, more }: Extract<Scene, { name: 'changes' }>,
  language: Language,
  room: Room,
): Part[] {
  const words = wordsIn[language].changes;
  // A small screen has rows for a few, and counts the others.
  const shown = all.slice(0, Math.max(1, Math.min(all.length, room.height - 8)));
  const left = more + all.length - shown.length;
  return [
    title(words.title, room),
    [
      ...shown.flatMap((change) => paragraph(said(change, words), room, change.weaker ? 'strong' : 'plain')),
      ...(left > 0 ? paragraph(words.more(left), room) : []),
    ],
    paragraph(words.text, room),
  ];
}

function said(change: Change, words: Words['changes']): string {
  const { what, before, after, weaker } = change;
  if (what === 'forgotten') return words.forgotten;
  const name = named(words.what, what) ?? words.setting(what);
  const value = (text: string | undefined) =>
    text === undefined ? words.nothing : (named(words.value, text) ?? plain(text));
  const mark = weaker ? `[!] ${words.weaker} ` : '-';
  return `${mark} ${name}: ${words.fromTo(value(before), value(after))}`;
}

/** What is shown comes from the settings, where `toString` is a text like any other. */
const named = (names: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(names, name) ? names[name] : undefined;
