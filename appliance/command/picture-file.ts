import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';

import type { Side } from '../findings.js';
import type { Said } from '../panel/words/words.js';
import type { Bilingual } from '../protocol/language.js';
import { exitCode } from './exit-code.js';
import { print } from './print.js';

/** Why the file system has no picture to give. What is in the file is judged in the vault, which alone reads it. */
export type FileProblem = 'file-missing' | 'file-is-folder' | 'file-irregular' | 'file-denied' | 'file-empty';

const words: Readonly<Record<FileProblem, { readonly ja: Said; readonly en: Said }>> = {
  'file-missing': {
    ja: {
      what: 'そのファイルはありません。',
      remedy: '名前と場所を確かめてください。',
    },
    en: { what: 'There is no such file.', remedy: 'Check its name and its folder.' },
  },
  'file-is-folder': {
    ja: { what: 'ファイルでなくフォルダです。', remedy: '中の画像を一つ指定してください。' },
    en: { what: 'This is a folder, not a file.', remedy: 'Name one picture in it.' },
  },
  'file-irregular': {
    ja: {
      what: 'デバイスやパイプで、ファイルではありません。',
      remedy: '画像をファイルに保存し、それを指定してください。',
    },
    en: {
      what: 'This is a device or a pipe, not a file.',
      remedy: 'Save the picture to a file, and name that.',
    },
  },
  'file-denied': {
    ja: {
      what: 'ファイルを読む権限がありません。',
      remedy: 'ls -l で持ち主と権限を確かめ、読めるようにしてください。',
    },
    en: {
      what: 'You may not read this file.',
      remedy: 'See its owner and permissions with ls -l, and allow reading.',
    },
  },
  'file-empty': {
    ja: { what: 'ファイルの中身がありません（0バイト）。', remedy: '画像をもう一度コピーしてください。' },
    en: { what: 'The file is empty (0 bytes).', remedy: 'Copy the picture again.' },
  },
};

/** A file that holds no picture of this side. */
export type UnusableFile = { readonly side: Side; readonly file: string; readonly code: FileProblem };

/** Looks at each side's file without opening it. */
export async function unusableFiles(files: Readonly<Partial<Record<Side, string>>>): Promise<UnusableFile[]> {
  const looked = Object.entries(files).map(async ([side, file]) => {
    const code = await problemOf(file);
    return code ? [{ side: side as Side, file, code }] : [];
  });
  return (await Promise.all(looked)).flat();
}

const denied = new Set(['EACCES', 'EPERM']);
const missing = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG']);

async function problemOf(file: string): Promise<FileProblem | undefined> {
  try {
    const found = await stat(file);
    if (found.isDirectory()) return 'file-is-folder';
    if (!found.isFile()) return 'file-irregular';
    await access(file, constants.R_OK);
    return found.size === 0 ? 'file-empty' : undefined;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (denied.has(code)) return 'file-denied';
    // Whatever else hinders, such as a broken disk, will hinder the vault too.
    return missing.has(code) ? 'file-missing' : undefined;
  }
}

/** Prints what is wrong with the files, as findings, and returns the exit code. */
export function reportUnusableFiles(files: readonly UnusableFile[], json: boolean): number {
  const findings = files.map(({ side, code }) => ({ side, code, blocking: true, remedy: remedyOf(code) }));
  print(json, { outcome: 'not-comparable', findings }, () => files.map(linesOf).join(''), process.stderr);
  return exitCode.badUsage;
}

function remedyOf(code: FileProblem): Bilingual {
  const { ja, en } = words[code];
  return { ja: ja.remedy, en: en.remedy };
}

function linesOf({ file, code }: UnusableFile): string {
  const said = Object.values(words[code]).map(({ what, remedy }) => `  ${what} ${remedy}\n`);
  return `${file}: ${code}\n${said.join('')}`;
}
