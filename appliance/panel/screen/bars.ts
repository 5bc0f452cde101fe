import type { Key, Scene, View } from '../view.js';
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
  const { scene } = view;
  const works = (...any: Key[]) => any.some((key) => view.keys.includes(key));
  const chosen = view.choices.at(view.focus);
  const enter = chosen ? choices[chosen] : keyDoes.tryAgain;
  const back = scene.name === 'erased' ? keyDoes.finish : keyDoes.back;
  const cancel = decided.includes(scene.name) ? keyDoes.finish : keyDoes.cancel;
  return [
    ...(works('left', 'right') ? [`◄ ► ${keyDoes.choose}`] : []),
    ...(works('enter') ? [`${keys.enter}: ${enter}`] : []),
    ...(works('back') ? [`${keys.back}: ${back}`] : []),
    ...(works('cancel') ? [`${keys.cancel}: ${cancel}`] : []),
    ...(works('language') ? [`${keys.language}: ${keyDoes.language}`] : []),
  ];
}

/** Scenes in which the outcome stands, so that there is nothing left to stop. */
const decided: readonly Scene['name'][] = ['explain', 'not-comparable', 'erased'];

function bar(row: Line, width: number): Line {
  return fill([...line(' ', 'bar'), ...row], width, 'bar');
}
