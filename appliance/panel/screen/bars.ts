import type { Key, View } from '../view.js';
import type { Words } from '../words/words.js';
import { plain, widthOf, wrap } from './cells.js';
import { fill, line, lineWidth, type Line } from './line.js';

const apart = '  ';

/** Where this is and what is connected: one row, or more where long names need them. */
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
  return view.practice
    ? [...line(said + apart, 'bar'), ...line(` ${words.practice} `, 'badge')]
    : line(said, 'bar');
}

/** What each key does now, as far apart as there is room; keys that do nothing are not named. */
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

function keys(view: View, { keys, keyDoes, choices }: Words): string[] {
  const works = (...any: Key[]) => any.some((key) => view.keys.includes(key));
  const chosen = view.choices.at(view.focus);
  return [
    ...(works('left', 'right') ? [`◄ ► ${keyDoes.choose}`] : []),
    ...(works('enter') && chosen ? [`${keys.enter}: ${choices[chosen]}`] : []),
    ...(works('back') ? [`${keys.back}: ${keyDoes.back}`] : []),
    ...(works('cancel') ? [`${keys.cancel}: ${keyDoes.cancel}`] : []),
    ...(works('language') ? [`${keys.language}: ${keyDoes.language}`] : []),
  ];
}

function bar(row: Line, width: number): Line {
  return fill([...line(' ', 'bar'), ...row], width, 'bar');
}
