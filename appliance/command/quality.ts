import { resolve } from 'node:path';

import { side as sides, type FaultCode, type Side } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import type { Message } from '../protocol/vault.js';
import type { Vault } from '../vault-client/vault.js';
import { type Command, commonOptions, exitCode, parse, refuse } from './command.js';
import { findingLines, remedied, reportFault, unusable } from './findings.js';
import { inVault } from './in-vault.js';
import { qualityLines } from './quality-lines.js';

const help = `terashi quality 画像/IMAGE [--side document|probe] [--json]

  画像の顔の写り具合を、ISO/IEC 29794-5 の項目ごとに調べます。画像は保存しません。
  Measures the face image quality of a picture, component by component. The picture is held by a process of its
  own, and is gone when it is.

  --side SIDE    document: 書類の写真 / the portrait on a document · probe: 本人の写真（省略時）/ the person (default)
  --json         結果を JSON で / the result as JSON
  --help         この説明 / this help

  終了コード / exit codes: 0 使える usable · 3 比べられない not comparable · 2 使い方・画像の誤り
  bad usage or an unreadable file · 1 故障 fault
`;

type Measured = Extract<Message, { is: 'quality' }>;

export const command: Command = {
  async main(args) {
    const parsed = parse(help, {
      args,
      allowPositionals: true,
      options: {
        side: { type: 'string', default: 'probe' },
        ...commonOptions,
      },
    });
    if (!parsed.ok) return parsed.error;
    const { side: wanted, json } = parsed.value.values;
    if (parsed.value.positionals.length !== 1) {
      return refuse('画像を一つ指定してください / name one picture', help);
    }
    const [file] = parsed.value.positionals;
    const side = sides.safeParse(wanted);
    if (!side.success) return refuse(`--side ${wanted}: document か probe / document or probe`, help);
    const result = await inVault({}, (vault) => measure(vault, side.data, file));
    return result.ok ? report(result.value, json) : reportFault(result.error, json);
  },
};

async function measure(vault: Vault, side: Side, file: string): Promise<Result<Measured, FaultCode>> {
  const told = await vault.run({ do: 'measure-quality', side, file: resolve(file) });
  if (!told.ok) return told;
  return told.value.is === 'quality' ? ok(told.value) : err('vault-nonsense');
}

function report({ usable, findings, measures, milliseconds }: Measured, json: boolean): number {
  const outcome = usable ? 'usable' : 'not-comparable';
  process.stdout.write(
    json
      ? `${JSON.stringify({ outcome, measures, findings: findings.map(remedied), milliseconds })}\n`
      : `${[
          usable ? '比べられる画像です / usable' : '比べられない画像です / not comparable',
          ...qualityLines(measures),
          ...findings.flatMap(findingLines),
        ].join('\n')}\n`,
  );
  return usable ? exitCode.done : unusable(findings);
}
