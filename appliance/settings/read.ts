import { readBytes } from './bytes.js';
import { inForceWithout } from './in-force.js';
import { canKeepLastGood, keepLastGood, type LastGood, readLastGood } from './last-good.js';
import { isThere, locateSettings, onBootPartition } from './locate.js';
import { type Good, nothingOf, parseSettings, type SettingsRead } from './parse.js';

/** In bytes: several times what the annotated file has. */
const largestFile = 32 * 1024;

export type SettingsFound = SettingsRead & {
  /** The settings file's path; undefined where there is none. */
  readonly file: string | undefined;
  /** What the file says, where nothing is wrong with it. */
  readonly good?: Good;
};

/**
 * The settings that an appliance with this state folder starts with. Nothing is written.
 *
 * @param named the file that the command line names
 */
export async function findSettings(
  folder: string,
  named?: string,
  elsewhere = onBootPartition,
): Promise<SettingsFound> {
  const last = await readLastGood(folder);
  const file = (await locateSettings(named, elsewhere)) ?? vanished(last, elsewhere);
  return { ...(await readSettings(file, last?.source === file ? last : undefined)), file };
}

/** Keeps what was found, if it is good, to stand in for it later. */
export async function keepIfGood(folder: string, { file, good }: SettingsFound): Promise<boolean> {
  if (file === undefined || good === undefined) return true;
  return (await keepLastGood(folder, { source: file, toml: good.toml })).ok;
}

/** Whether what was found, if it is good, is kept or could be; nothing is written. */
export async function canKeepIfGood(folder: string, { file, good }: SettingsFound): Promise<boolean> {
  if (file === undefined || good === undefined) return true;
  const last = await readLastGood(folder);
  return (last?.source === file && last.toml === good.toml) || (await canKeepLastGood(folder));
}

/** The line of the first thing to mend; undefined where there is none, or it is the file itself. */
export function firstLine({ problems }: Pick<SettingsFound, 'problems'>): number | undefined {
  const first = problems.at(0);
  return first && 'line' in first ? first.line : undefined;
}

/**
 * Reads the settings file.
 *
 * @param file undefined for an appliance without a settings file, which has the defaults and no problem
 */
export async function readSettings(
  file: string | undefined,
  last?: Good,
): Promise<Omit<SettingsFound, 'file'>> {
  if (file === undefined) return { ...inForceWithout(undefined, []), problems: [] };
  const bytes = await readBytes(file, largestFile);
  if (bytes.ok) return parseSettings(bytes.value, last);
  const misnamed = bytes.error.what === 'missing' && (await isThere(`${file}.txt`));
  return nothingOf(misnamed ? { what: 'misnamed' } : bytes.error, last);
}

/** A boot partition that did not come up does not take its settings with it. */
function vanished(last: LastGood | undefined, elsewhere: readonly string[]): string | undefined {
  return elsewhere.find((file) => file === last?.source);
}
