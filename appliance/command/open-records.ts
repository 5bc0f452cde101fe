import { basename, join, resolve } from 'node:path';

import { readIdentities } from '../export/identity.js';
import { type Opened, type OpenFault, openCopy } from '../export/open.js';
import { openFaultWords } from '../export/open-words.js';
import type { IdentityFault } from '../export/identity.js';
import { linesAt } from '../panel/words/bilingual.js';
import { verifyRecords } from '../record/verify.js';
import { notVerifiedWords } from '../record/words.js';
import { badKey, boxKey } from './box-key.js';
import { exitCode } from './exit-code.js';
import { askPassphrase } from './passphrase.js';
import { print } from './print.js';

export type OpenOptions = {
  readonly identity: string;
  readonly key: string | undefined;
  readonly output: string | undefined;
  readonly json: boolean;
};

/** Opens an encrypted copy of the records, and lays what is in it into a new folder. Prints what was verified. */
export async function openRecords(file: string, options: OpenOptions): Promise<number> {
  const { identity, json } = options;
  const key = await boxKey(options.key);
  if (!key.ok) return badKey(options.key, { opened: false }, json);
  const identities = await readIdentities(identity, () => askPassphrase('パスフレーズ / passphrase: '));
  if (!identities.ok) return notOpened(identities.error, identity, json);
  const folder = resolve(options.output ?? basename(file).replace(/\.age$/, ''));
  const opened = await openCopy(file, identities.value, key.value, folder);
  return opened.ok ? tell(opened.value, folder, key.value, json) : notOpened(opened.error, file, json);
}

async function tell(
  { files, signer }: Opened,
  folder: string,
  key: string | undefined,
  json: boolean,
): Promise<number> {
  const verified = await verifyRecords(join(folder, 'records.jsonl'));
  const broken = verified.ok ? undefined : { ...verified.error, ...notVerifiedWords[verified.error.why] };
  const compared = key !== undefined;
  const told = { opened: true, folder, files, signer: signer ?? null, compared, whole: verified.ok };
  print(json, { ...told, ...(broken && { broken }) }, () => {
    const lines = [
      `開きました / opened: ${folder}`,
      `  ${files.join(' ')}`,
      ...signerLines(signer, compared),
    ];
    if (verified.ok)
      lines.push(`  異常なし：${verified.value.count} 件 / whole: ${verified.value.count} records`);
    return `${lines.join('\n')}\n`;
  });
  if (broken && !json) {
    const where = 'line' in broken ? `${broken.line} 行目 / line ${broken.line}` : folder;
    process.stderr.write(linesAt(where, broken));
  }
  return broken || signer === undefined ? exitCode.incomplete : exitCode.done;
}

function signerLines(signer: string | undefined, compared: boolean): string[] {
  if (signer === undefined)
    return [
      '  署名がありません。どの装置のものか、変えられていないかは分かりません',
      '  Not signed: nothing shows which box it is from, nor that nobody replaced it',
    ];
  if (compared) return [`  署名を確かめました / signature verified: ${signer}`];
  return [
    `  署名した鍵 / signed by: ${signer}`,
    '  その装置の鍵かどうかは、装置の鍵を --key で示すと確かめます',
    "  Name the box's key with --key to check that it is from that box",
  ];
}

function notOpened(why: OpenFault | IdentityFault, file: string, json: boolean): number {
  const words = openFaultWords[why];
  print(json, { opened: false, why, file, ...words }, () => linesAt(file, words), process.stderr);
  return exitCode.failed;
}
