import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { err, ok, type Result } from '../../appliance/result.js';
import { type Problem, problems } from './problems.js';

/** A person's pictures in order, relative to the parent folder. */
export type Person = readonly string[];

const picture = /^[^.].*\.(jpe?g|png|webp|gif|tiff?|avif)$/i;

/**
 * Reads a folder in the layout of Labeled Faces in the Wild: one subfolder for each person. Skips files that
 * are not pictures by name, and people without pictures.
 */
export async function readPeople(folder: string): Promise<Result<Person[], Problem>> {
  const names = await list(folder);
  if (!names) return err(problems.folderUnreadable(folder));
  const people: Person[] = [];
  for (const name of names) {
    const pictures = ((await list(join(folder, name))) ?? []).filter((file) => picture.test(file));
    if (pictures.length > 0) people.push(pictures.map((file) => join(name, file)));
  }
  if (people.length === 0) return err(problems.noPictures(folder));
  return people.length === 1 ? err(problems.onePerson(folder)) : ok(people);
}

/** Sorted by byte order, which is the same on every machine; undefined if it is not a folder. */
async function list(folder: string): Promise<string[] | undefined> {
  return readdir(folder).then(
    (names) => names.filter((name) => !name.startsWith('.')).toSorted(),
    () => undefined,
  );
}
