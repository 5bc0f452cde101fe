import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openRecords, type Records } from '../../appliance/record/records.js';
import { trusted } from '../clock/made.js';
import { report, entryContext } from './sample.js';

/** A new folder for each test of the calling `describe`, which is removed afterwards. */
export function scratchFolder(): () => string {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'terashi-record-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  return () => folder;
}

export async function opened(file: string, now?: () => Date): Promise<Records> {
  const records = await openRecords(file, await trusted(now));
  assert.ok(records.ok, JSON.stringify(records));
  return records.value;
}

/** Makes a record file of `count` entries that differ in their similarity score. */
export async function writeEntries(file: string, count: number, now?: () => Date): Promise<void> {
  const records = await opened(file, now);
  for (let i = 0; i < count; i++) {
    const appended = await records.append({ ...report, similarity: i / 100 }, entryContext);
    assert.ok(appended.ok);
  }
  await records.close();
}
