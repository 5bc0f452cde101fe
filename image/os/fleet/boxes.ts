import { isAbsolute } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import type { Bilingual } from '../../../appliance/protocol/language.js';
import { err, ok, type Result } from '../../../appliance/result.js';
import { parseSettings } from '../../../appliance/settings/parse.js';
import { accepts, isAccepted, type SettingKey, valueOf } from '../../../appliance/settings/settings.js';
import { undrawableIn, undrawableWords } from '../../../appliance/settings/undrawable.js';
import { unseenInValue, unseenWords } from '../../../appliance/settings/unseen.js';
import { signatureBeside } from '../../../appliance/signature/signed-file.js';
import { boxName, sameName, unfitForFolder } from './box-name.js';
import { causeWords } from './cause.js';
import { laidWords } from './fleet-file.js';
import type { FleetProblem } from './problem.js';
import { settingsText } from './settings-text.js';
import type { Row } from './sheet.js';

/** A box to deliver. */
export type Box = {
  /** Municipality and counter, as its screen shows them; its folder has this name. */
  readonly name: string;
  /** The vendor's serial number. */
  readonly serial: string | undefined;
  /** The text of its `terashi.toml`. */
  readonly toml: string;
  /** Files and folders that its settings name, to lay beside them; relative to the fleet file's folder. */
  readonly files: readonly string[];
};

/** What the boxes' rows are read with. */
export type BoxesInput = {
  readonly rows: readonly Row[];
  /** The sheet's name, for problems. */
  readonly file: string;
  readonly common: ReadonlyMap<SettingKey, unknown>;
  /** Where `model.calibration` and `model.pack` lie. */
  readonly folder: string;
};

/** Reads every row, and tells all problems of all rows at once; `notes` are worth knowing and prevent nothing. */
export function readBoxes({
  rows,
  file,
  common,
  folder,
}: BoxesInput): Result<
  { readonly boxes: readonly Box[]; readonly notes: readonly FleetProblem[] },
  FleetProblem[]
> {
  const [boxes, notes, problems]: [Box[], FleetProblem[], FleetProblem[]] = [[], [], []];
  const names = new Map<string, number>();
  const serials = new Map<string, number>();
  for (const row of rows) {
    const { line } = row;
    const found: Bilingual[] = [];
    const values = new Map([...common, ...valuesOf(row, found)]);
    const [municipality, counter] = placeOf(values, found);
    const name = boxName(municipality, counter);
    const serial = row.cells.get('serial');
    if (municipality !== '' && counter !== '') {
      found.push(...taken('place.municipality, place.counter', name, names, line));
      const unfit = unfitForFolder(municipality, counter);
      if (unfit !== undefined) found.push(folderWords(name, unfit));
    }
    if (serial !== undefined) {
      found.push(...textWords('serial', 'place.counter', serial), ...taken('serial', serial, serials, line));
    }
    const files = filesOf(values);
    found.push(...files.flatMap((each) => laidWords(folder, each) ?? []));
    const toml = settingsText(name, values);
    const read = readBack(toml, values);
    found.push(...read.problems);
    notes.push(...read.notes.map((words) => ({ file, line, ...words })));
    boxes.push({ name, serial, toml, files });
    problems.push(...found.map((words) => ({ file, line, ...words })));
  }
  return problems.length > 0 ? err(problems) : ok({ boxes, notes });
}

/** The settings of a row, without those whose cell is wrong. */
function valuesOf({ cells }: Row, found: Bilingual[]): Map<SettingKey, unknown> {
  const values = new Map<SettingKey, unknown>();
  for (const [key, cell] of cells) {
    if (key === 'serial') continue;
    const meant = meanings(cell).find((value) => isAccepted(key, value));
    if (meant === undefined) found.push(...textWords(key, key, cell));
    else values.set(key, meant);
  }
  return values;
}

/** What a cell may mean: its text, a number, or what spreadsheets make of true and false. */
function meanings(cell: string): unknown[] {
  const number = /^-?\d+(\.\d+)?(e-?\d+)?$/i.test(cell) ? [Number(cell)] : [];
  const truth = /^true$/i.test(cell) ? [true] : /^false$/i.test(cell) ? [false] : [];
  return [cell, ...number, ...truth];
}

/** Why a text is not what a setting accepts; empty if it is. */
function textWords(heading: string, key: SettingKey, cell: string): Bilingual[] {
  if (isAccepted(key, cell)) return [];
  const unseen = unseenInValue(cell);
  const { ja, en } = unseen
    ? unseenWords(unseen)
    : { ja: `使える値は、${accepts(key).ja}です。`, en: `must be ${accepts(key).en}.` };
  return [{ ja: `${heading}: ${ja}`, en: `${heading}: ${en}` }];
}

function placeOf(values: ReadonlyMap<SettingKey, unknown>, found: Bilingual[]): [string, string] {
  const [municipality, counter] = (['place.municipality', 'place.counter'] as const).map((key) => {
    const value = values.get(key);
    if (typeof value === 'string' && value !== '') return value;
    // A wrong value is told already.
    if (!found.some(({ ja }) => ja.startsWith(`${key}:`))) found.push(missingWords(key));
    return '';
  });
  return [municipality, counter];
}

function missingWords(key: SettingKey): Bilingual {
  return {
    ja: `${key} がありません。この列に書いてください。装置の名前になります。`,
    en: `${key} is missing. Fill that cell: it is part of the box's name.`,
  };
}

/** Notes whose a name is, and tells of an earlier line that has it. */
function taken(heading: string, name: string, lines: Map<string, number>, line: number): Bilingual[] {
  const same = sameName(name);
  const before = lines.get(same);
  if (before === undefined) {
    lines.set(same, line);
    return [];
  }
  return [
    {
      ja: `${heading}: 「${name}」は${before}行目と同じです。1台ごとに違う名前にしてください。`,
      en: `${heading}: "${name}" is the same as in line ${before}. Give each box its own.`,
    },
  ];
}

function folderWords(name: string, unfit: string): Bilingual {
  const shown = unfit === ' ' ? '空白' : unfit;
  return {
    ja: `「${name}」の ${shown} は、フォルダの名前に使えません。place.municipality か place.counter を変えてください。`,
    en: `${JSON.stringify(unfit)} in "${name}" cannot be in a folder's name. Change place.municipality or place.counter.`,
  };
}

/** The files and folders that settings name beside themselves, signed as a box needs them. A pack has its signature in it. */
function filesOf(values: ReadonlyMap<SettingKey, unknown>): string[] {
  const beside = (key: SettingKey): string[] => {
    const file = values.get(key);
    return typeof file === 'string' && !isAbsolute(file) ? [file] : [];
  };
  const calibrations = beside('model.calibration');
  return [...calibrations, ...calibrations.map(signatureBeside), ...beside('model.pack')];
}

/** Reads a box's settings as the box will: each by itself is right by now, but some depend on each other. */
function readBack(
  toml: string,
  values: ReadonlyMap<SettingKey, unknown>,
): { readonly problems: readonly Bilingual[]; readonly notes: readonly Bilingual[] } {
  const { problems, settings } = parseSettings(Buffer.from(toml));
  if (problems.length > 0) return { problems: problems.map(causeWords), notes: [] };
  for (const [key, value] of values) {
    if (!isDeepStrictEqual(valueOf(settings, key), value)) throw new Error(`${key} was lost on its way`);
  }
  return { problems: [], notes: undrawableIn(settings).map(undrawableWords) };
}
