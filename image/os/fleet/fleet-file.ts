import { existsSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, normalize, resolve } from 'node:path';

import * as z from 'zod';

import { err, ok, type Result } from '../../../appliance/result.js';
import { keyLines } from '../../../appliance/settings/key-lines.js';
import { parseToml } from '../../../appliance/settings/toml.js';
import type { FleetProblem } from './problem.js';
import { readText } from './text-file.js';

const path = z.string().min(1);

const schema = z.strictObject({
  /** A CSV with one line a box. */
  boxes: path,
  /** A settings file, with what all boxes have in common. */
  settings: path.optional(),
  /** Files to lay beside the settings of every box, with their folders. */
  files: z.array(path).default([]),
  /** What signs updates, as on the command line. */
  key: path.optional(),
  certificate: path.optional(),
  keyring: path.optional(),
});

type Name = keyof z.infer<typeof schema>;

/** A vendor's file. Its paths are absolute; those of `files` are relative to `folder`. */
export type FleetFile = z.infer<typeof schema> & { readonly folder: string };

/** The file in which `name`'s value stands, and what it may be. */
const accepts: Readonly<Record<Name, { readonly ja: string; readonly en: string }>> = {
  boxes: { ja: '装置の表（CSV）の場所を1つ書きます', en: 'must be the path of the CSV of boxes' },
  settings: { ja: '共通の設定（TOML）の場所を1つ書きます', en: 'must be the path of the common settings' },
  files: { ja: 'ファイルの場所を [ ] の中に並べます', en: 'must be a list of paths in [ ]' },
  key: { ja: '更新の鍵の場所を1つ書きます', en: 'must be the path of the key for updates' },
  certificate: { ja: '更新の証明書の場所を1つ書きます', en: 'must be the path of the certificate' },
  keyring: { ja: '証明書の束の場所を1つ書きます', en: 'must be the path of the keyring' },
};

/** Reads a vendor's file, without the files that it names. */
export async function readFleetFile(file: string): Promise<Result<FleetFile, readonly FleetProblem[]>> {
  const text = await readText(file);
  if (!text.ok) return err([text.error]);
  const name = basename(file);
  const document = parseToml(text.value);
  if (!document.ok) {
    return err([
      {
        file: name,
        line: document.error.line,
        ja: '書き方がTOMLに合っていません。" や = が全角になっていないか、同じ名前が2つないか確かめてください。',
        en: 'not TOML. Look for a missing quotation mark, or a name that is there twice.',
      },
    ]);
  }
  const parsed = schema.safeParse(document.value);
  const lineOf = keyLines(text.value);
  if (!parsed.success) {
    return err(
      parsed.error.issues.flatMap((issue) =>
        namesOf(issue).map((key) => ({ file: name, line: lineOf([key]), ...issueWords(key) })),
      ),
    );
  }
  const folder = dirname(resolve(file));
  const problems = parsed.data.files.flatMap((each) => {
    const words = laidWords(folder, each);
    return words ? [{ file: name, line: lineOf(['files']), ...words }] : [];
  });
  return problems.length > 0 ? err(problems) : ok(absolute(parsed.data, folder));
}

/** Why a file cannot be laid beside the settings; undefined if it can. */
export function laidWords(folder: string, file: string): { ja: string; en: string } | undefined {
  if (isAbsolute(file) || normalize(file).split('/').includes('..') || normalize(file) === '.') {
    return {
      ja: `${file}: このファイルのフォルダの中にあるものを書いてください。`,
      en: `${file} must lie in this file's folder.`,
    };
  }
  if (normalize(file).toLowerCase() === 'terashi.toml') {
    return {
      ja: `${file}: terashi.toml は装置ごとに作るので、ここには書けません。`,
      en: `${file} is made for each box, and cannot be listed here.`,
    };
  }
  const there = join(folder, file);
  return existsSync(there) && (statSync(there).isFile() || statSync(there).isDirectory())
    ? undefined
    : { ja: `${file}: ありません。場所を確かめてください。`, en: `${file} does not exist. Check its path.` };
}

function namesOf(issue: z.core.$ZodIssue): string[] {
  return issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0])];
}

function issueWords(key: string): { ja: string; en: string } {
  const known = Object.hasOwn(accepts, key) ? accepts[key as Name] : undefined;
  if (known) return { ja: `${key} には、${known.ja}。`, en: `${key} ${known.en}.` };
  const names = Object.keys(accepts).join(', ');
  return {
    ja: `${JSON.stringify(key)} という名前は使えません。使えるのは ${names} です。`,
    en: `there is no ${JSON.stringify(key)}. The names are ${names}.`,
  };
}

function absolute(fleet: z.infer<typeof schema>, folder: string): FleetFile {
  const at = (file: string | undefined) => (file === undefined ? undefined : resolve(folder, file));
  const { boxes, settings, key, certificate, keyring, files } = fleet;
  return {
    folder,
    files,
    boxes: resolve(folder, boxes),
    settings: at(settings),
    key: at(key),
    certificate: at(certificate),
    keyring: at(keyring),
  };
}
