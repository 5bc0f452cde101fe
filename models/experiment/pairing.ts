import { access, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';

import type { Side } from '../../appliance/findings.js';
import { err, ok, type Result } from '../../appliance/result.js';
import { parsePairs, type Row } from './csv.js';
import { connectedComponents } from './connected-components.js';
import type { Person } from './people.js';
import { type Problem, problems } from './problems.js';

/** A picture file, relative to the folder, and the sides of a comparison where it is used. */
export type Picture = { readonly name: string; readonly person: number; readonly sides: readonly Side[] };

/** A listed pair: the indices of its document and its probe. */
export type Pair = { readonly document: number; readonly probe: number; readonly same: boolean };

/** The pictures and the pairs to compare. */
export type Pairing = {
  readonly pictures: readonly Picture[];
  readonly persons: number;
  /** Every picture with every other, or a list. */
  readonly pairs: 'all' | readonly Pair[];
};

/** Pairs every picture with every other: the earlier is the document, the later the probe. */
export function allPairs(people: readonly Person[]): Pairing {
  const pictures = people.flatMap((names, person) =>
    names.map((name) => ({ name, person, sides: ['document', 'probe'] as const })),
  );
  return { pictures, persons: people.length, pairs: 'all' };
}

/** Reads a list of pairs: column `a` is the document, `b` the probe, both relative to `folder`. */
export async function listedPairs(folder: string, file: string): Promise<Result<Pairing, Problem>> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return err(problems.csvUnreadable(file));
  const rows = parsePairs(text, file);
  if (!rows.ok) return rows;
  const named = rows.value.map((row) => ({ ...row, a: normalize(row.a), b: normalize(row.b) }));
  const missing = await missingOf(folder, named);
  if (missing.length > 0) return err(problems.picturesMissing(missing));
  const persons = personsOf(named);
  const contradiction = named.find(({ a, b, same }) => !same && persons.get(a) === persons.get(b));
  if (contradiction) return err(problems.csvContradiction(file, contradiction.line));
  return ok(pairingOf(named, persons));
}

function pairingOf(rows: readonly Row[], persons: ReadonlyMap<string, number>): Pairing {
  const documents = new Set(rows.map(({ a }) => a));
  const probes = new Set(rows.map(({ b }) => b));
  const names = [...persons.keys()];
  const index = new Map(names.map((name, i) => [name, i]));
  const pictures = names.map((name) => ({
    name,
    person: persons.get(name)!,
    sides: [
      ...(documents.has(name) ? (['document'] as const) : []),
      ...(probes.has(name) ? (['probe'] as const) : []),
    ],
  }));
  return {
    pictures,
    persons: new Set(persons.values()).size,
    pairs: rows.map(({ a, b, same }) => ({ document: index.get(a)!, probe: index.get(b)!, same })),
  };
}

/**
 * Assigns pictures to persons. A folder is a person if every line agrees with that; otherwise only pairs
 * marked `same` link pictures to one person.
 */
function personsOf(rows: readonly Row[]): Map<string, number> {
  const names = [...new Set(rows.flatMap(({ a, b }) => [a, b]))];
  const foldersArePersons = rows.every(
    ({ a, b, same }) => dirname(a) !== '.' && dirname(b) !== '.' && same === (dirname(a) === dirname(b)),
  );
  const links = foldersArePersons
    ? names.map((name) => [name, dirname(name)] as const)
    : rows.filter(({ same }) => same).map(({ a, b }) => [a, b] as const);
  return connectedComponents(names, links);
}

async function missingOf(folder: string, rows: readonly Row[]): Promise<{ name: string; line: number }[]> {
  const checked = new Set<string>();
  const missing: { name: string; line: number }[] = [];
  for (const { a, b, line } of rows) {
    for (const name of [a, b]) {
      if (checked.has(name)) continue;
      checked.add(name);
      const exists = await access(join(folder, name)).then(
        () => true,
        () => false,
      );
      if (!exists) missing.push({ name, line });
    }
  }
  return missing;
}
