import { basename } from 'node:path';

import { err, ok, type Result } from '../../../appliance/result.js';
import { readSettings } from '../../../appliance/settings/read.js';
import { type SettingKey, settingKeys, valueOf } from '../../../appliance/settings/settings.js';
import { type Box, readBoxes } from './boxes.js';
import { causeWords } from './cause.js';
import { type FleetFile, readFleetFile } from './fleet-file.js';
import type { FleetProblem } from './problem.js';
import { readSheet } from './sheet.js';
import { readText } from './text-file.js';

/** The boxes of a vendor's file, ready to be laid out. */
export type Fleet = Pick<FleetFile, 'folder' | 'files' | 'key' | 'certificate' | 'keyring'> & {
  readonly boxes: readonly Box[];
  /** What is worth knowing before cards are written, and prevents nothing. */
  readonly notes: readonly FleetProblem[];
};

/** Reads a vendor's file and all that it names. The error lists all problems of all files. */
export async function readFleet(file: string): Promise<Result<Fleet, readonly FleetProblem[]>> {
  const fleet = await readFleetFile(file);
  if (!fleet.ok) return fleet;
  const { folder, files, key, certificate, keyring } = fleet.value;
  const common = await readCommon(fleet.value.settings);
  const name = basename(fleet.value.boxes);
  const text = await readText(fleet.value.boxes);
  const sheet = text.ok ? readSheet(text.value, name) : err([text.error]);
  if (!sheet.ok) return err([...common.problems, ...sheet.error]);
  const boxes = readBoxes({ rows: sheet.value.rows, file: name, common: common.values, folder });
  const ofRows = [...sheet.value.problems, ...(boxes.ok ? [] : boxes.error)];
  const problems = [...common.problems, ...ofRows.sort((one, other) => (one.line ?? 0) - (other.line ?? 0))];
  if (!boxes.ok || problems.length > 0) return err(problems);
  return ok({ folder, files, key, certificate, keyring, ...boxes.value });
}

/** The settings that all boxes have in common, read as a box reads them. */
async function readCommon(file: string | undefined): Promise<{
  readonly values: ReadonlyMap<SettingKey, unknown>;
  readonly problems: readonly FleetProblem[];
}> {
  const { settings, origins, problems } = await readSettings(file);
  const written = settingKeys.filter((key) => origins[key] === 'file');
  return {
    values: new Map(written.map((key) => [key, valueOf(settings, key)])),
    problems: problems.map((problem) => ({
      file: basename(file!),
      ...('line' in problem ? { line: problem.line } : {}),
      ...causeWords(problem),
    })),
  };
}
