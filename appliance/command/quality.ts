import { resolve } from 'node:path';

import { type FaultCode, type Finding, side as sides, type Side } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import type { Message } from '../protocol/vault.js';
import type { Vault } from '../vault-client/vault.js';
import { defineCommand } from './command.js';
import { exitCode } from './exit-code.js';
import { findingInJson, findingLines, reportFault, unusableCode } from './findings.js';
import { reportUnusableFiles, unusableFiles } from './picture-file.js';
import { print } from './print.js';
import { qualityLines } from './quality-lines.js';
import { withVault } from '../vault-client/with-vault.js';

type Measured = Omit<Extract<Message, { is: 'quality' }>, 'findings'> & {
  readonly findings: readonly Finding[];
};

export const command = defineCommand({
  synopsis: ['quality 画像/IMAGE [--side document|probe] [--json]'],
  description: `
    画像の顔の写り具合を、ISO/IEC 29794-5 の項目ごとに調べます。画像は保存しません。
    Measures the face image quality of a picture, component by component. The picture is held by a process of its
    own, and is gone when it is.
  `,
  options: {
    side: {
      type: 'string',
      default: 'probe',
      value: 'SIDE',
      help: [
        'document: 書類の写真 / the portrait on a document · probe: 本人の写真（省略時）/ the person (default)',
      ],
    },
  },
  notes: `
    終了コード / exit codes: 0 使える usable · 3 比べられない not comparable · 2 使い方・画像の誤り
    bad usage or an unreadable file · 1 故障 fault
  `,
  positionals: true,
  run(values, positionals) {
    const [file] = positionals;
    if (file === undefined || positionals.length > 1)
      return err('画像を一つ指定してください / name one picture');
    const side = sides.safeParse(values.side);
    if (!side.success) return err(`--side ${values.side}: document か probe / document or probe`);
    return quality(side.data, file, values.json);
  },
});

async function quality(side: Side, file: string, json: boolean): Promise<number> {
  const unusable = await unusableFiles({ [side]: file });
  if (unusable.length > 0) return reportUnusableFiles(unusable, json);
  const measured = await withVault({}, (vault) => measure(vault, side, file));
  return measured.ok ? report(measured.value, json) : reportFault(measured.error, json);
}

async function measure(vault: Vault, side: Side, file: string): Promise<Result<Measured, FaultCode>> {
  const reply = await vault.run({ do: 'measure-quality', side, file: resolve(file) });
  if (!reply.ok) return reply;
  if (reply.value.is !== 'quality') return err('vault-nonsense');
  return ok({ ...reply.value, findings: reply.value.findings.map((finding) => ({ side, ...finding })) });
}

function report({ usable, findings, measures, milliseconds }: Measured, json: boolean): number {
  const outcome = usable ? 'usable' : 'not-comparable';
  print(json, { outcome, measures, findings: findings.map(findingInJson), milliseconds }, () => {
    const title = usable ? '比べられる画像です / usable' : '比べられない画像です / not comparable';
    return `${[title, ...qualityLines(measures), ...findings.flatMap(findingLines)].join('\n')}\n`;
  });
  return usable ? exitCode.done : unusableCode(findings);
}
