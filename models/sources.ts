import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as z from 'zod';

import type { Net } from '../appliance/face/manifest.js';
import { installation } from '../appliance/installation.js';
import { err, ok, type Result } from '../appliance/result.js';

export type Source = Net['source'];
export type SourceFault = 'package-missing' | 'package-differs';

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Reads a net's source files from its npm package, if version and hashes match the manifest. */
export function readSource(source: Source): Result<Uint8Array[], SourceFault> {
  const found = findSource(source);
  if (!found.ok) return found;
  const { version, files } = found.value;
  const same = files.every((bytes, index) => sha256(bytes) === source.files[index]?.sha256);
  return version === source.version && same ? ok([...files]) : err('package-differs');
}

/** Reads the installed version of the source, whichever it is. */
export function findSource({
  package: name,
  files,
}: Source): Result<{ version: string; files: Buffer[] }, 'package-missing'> {
  const folder = join(installation.root, 'node_modules', name);
  try {
    const about: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const { version } = z.object({ version: z.string() }).parse(about);
    return ok({ version, files: files.map(({ path }) => readFileSync(join(folder, path))) });
  } catch {
    return err('package-missing');
  }
}
