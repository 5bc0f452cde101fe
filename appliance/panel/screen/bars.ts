import { focused, type Scene, type View } from '../view.js';
import { plain } from '../../protocol/drawable.js';
import type { Key } from '../../protocol/key.js';
import { languageKey } from '../words/said.js';
import type { Words } from '../words/words.js';
import { widthOf, wrap } from './cells.js';
import { enterOn } from './set-clock.js';
import { fill, line, lineWidth, type Line } from './line.js';

const apart = '  ';

/** The place and the devices: one row, or more for long names. */
export function header(view: View, words: Words, width: number): Line[] {
  const name = [words.product, plain(view.municipality), plain(view.counter)].filter(Boolean).join(apart);
  const state = states(view, words);
  const room = width - 2;
  const between = room - widthOf(name) - lineWidth(state);
  const rows: Line[] =
    between >= apart.length
      ? [[...line(name + ' '.repeat(between), 'bar'), ...state]]
      : [...wrap(name, room).map((part) => line(part, 'bar')), state];
  return rows.map((row) => bar(row, width));
}

function states(view: View, words: Words): Line {
  const said = [words.camera[view.camera], words.scanner[view.scanner], words.way[view.way]].join(apart);
  const badges = [
    ...(view.underTest ? [words.vendor.underTest] : view.practice ? [words.practice] : []),
    ...(view.warnings.includes('debug-image') ? [words.debugImage] : []),
  ];
  return [
    ...line(said, 'bar'),
    ...badges.flatMap((badge) => [...line(apart, 'bar'), ...line(` ${badge} `, 'badge')]),
  ];
}

/** The keys that work now, spread as the width allows. */
export function footer(view: View, words: Words, width: number): Line[] {
  const room = width - 2;
  const named = keys(view, words);
  const gap = ['    ', '   ', apart].find((gap) => widthOf(named.join(gap)) <= room);
  const rows = gap === undefined ? intoRows(named, room) : [named.join(gap)];
  return rows.map((row) => bar(line(row, 'bar'), width));
}

function intoRows(named: readonly string[], room: number): string[] {
  return named.reduce<string[]>((rows, key) => {
    const joined = [...rows.slice(-1), key].join(apart);
    return widthOf(joined) <= room ? [...rows.slice(0, -1), joined] : [...rows, key];
  }, []);
}

function keys(view: View, words: Words): string[] {
  const { scene, keys, language } = view;
  const works = (...any: Key[]) => any.some((key) => keys.includes(key));
  const chosen = focused(view);
  const said = words.keys;
  const onClock = scene.name === 'set-clock' ? enterOn(scene, words) : undefined;
  const turns = scene.name === 'set-clock' && scene.open;
  return [
    ...(works('left', 'right') ? [`◄ ► ${turns ? words.clock.keys.turn : said.choose}`] : []),
    ...(works('enter') ? [said.enter(onClock ?? (chosen ? words.choices[chosen] : said.tryAgain))] : []),
    ...(works('back') ? [scene.name === 'erased' ? said.backFinishes : said.back] : []),
    ...(works('cancel') ? [decided.includes(scene.name) ? said.cancelFinishes : said.cancel] : []),
    ...(works('language') ? [languageKey(language)] : []),
  ];
}

/** Scenes after the outcome: cancel finishes there instead of aborting. */
const decided: readonly Scene['name'][] = ['explain', 'not-comparable', 'erased'];

function bar(row: Line, width: number): Line {
  return fill([...line(' ', 'bar'), ...row], width, 'bar');
}
