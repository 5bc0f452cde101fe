import { readBytes } from './bytes.js';
import { inForceWithout } from './in-force.js';
import { canKeepLastGood, keepLastGood, type LastGood, readLastGood } from './last-good.js';
import { isThere, locateSettings, lostFromCard, onCard, onFatPartition } from './locate.js';
import { type Good, nothingOf, parseSettings, type SettingsRead } from './parse.js';

/** In bytes: several times the annotated file. */
const largestFile = 32 * 1024;

export type SettingsFound = SettingsRead & {
  /** Path of the settings file; undefined if there is none. */
  readonly file: string | undefined;
  /** The file, if it has no problems. */
  readonly good?: Good;
};

/**
 * Finds the settings with which an appliance starts, without writing anything.
 *
 * @param folder the state folder, with the last good settings
 * @param named the file from the command line
 */
export async function findSettings(
  folder: string,
  named?: string,
  elsewhere = onFatPartition,
  card = onCard,
): Promise<SettingsFound> {
  const last = await readLastGood(folder);
  const file =
    (await locateSettings(named, elsewhere)) ?? vanished(last, elsewhere) ?? (await lostFromCard(card));
  return { ...(await readSettings(file, last?.source === file ? last : undefined)), file };
}

/** Saves good settings as a fallback. False if that failed. */
export async function keepIfGood(folder: string, { file, good }: SettingsFound): Promise<boolean> {
  if (file === undefined || good === undefined) return true;
  return (await keepLastGood(folder, { source: file, toml: good.toml })).ok;
}

/** Whether good settings are saved or could be, without writing anything. */
export async function canKeepIfGood(folder: string, { file, good }: SettingsFound): Promise<boolean> {
  if (file === undefined || good === undefined) return true;
  const last = await readLastGood(folder);
  return (last?.source === file && last.toml === good.toml) || (await canKeepLastGood(folder));
}

/** Line of the first problem; undefined without problems or if the whole file is the problem. */
export function firstLine({ problems }: Pick<SettingsFound, 'problems'>): number | undefined {
  const first = problems.at(0);
  return first && 'line' in first ? first.line : undefined;
}

/**
 * Reads the settings file.
 *
 * @param file undefined for an appliance without a settings file: defaults and no problem
 */
export async function readSettings(
  file: string | undefined,
  last?: Good,
): Promise<Omit<SettingsFound, 'file'>> {
  if (file === undefined) return { ...inForceWithout(undefined, new Map()), problems: [] };
  const bytes = await readBytes(file, largestFile);
  if (bytes.ok) return parseSettings(bytes.value, last);
  const misnamed = bytes.error.what === 'missing' && (await isThere(`${file}.txt`));
  return nothingOf(misnamed ? { what: 'misnamed' } : bytes.error, last);
}

/** Keeps the last good settings in force if their partition failed to mount. */
function vanished(last: LastGood | undefined, elsewhere: readonly string[]): string | undefined {
  return elsewhere.find((file) => file === last?.source);
}
