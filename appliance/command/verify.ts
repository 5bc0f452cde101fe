import { resolve } from 'node:path';

import type { Strangers } from '../calibration/calibration.js';
import type { FaultCode, Finding, Side } from '../findings.js';
import { chanceSaid } from '../panel/words/said.js';
import { err, ok, type Result } from '../result.js';
import { type Comparison, type CustomModel, recogniserName } from '../protocol/vault.js';
import { comparisonOf } from '../vault-client/comparison.js';
import type { Vault } from '../vault-client/vault.js';
import { defineCommand } from './command.js';
import { exitCode } from './exit-code.js';
import {
  findingInJson,
  type FindingInJson,
  findingLines,
  languages,
  reportFault,
  unusableCode,
} from './findings.js';
import { recogniserOption } from './recogniser-option.js';
import { reportUnusableFiles, unusableFiles } from './picture-file.js';
import { print } from './print.js';
import { withVault } from '../vault-client/with-vault.js';

/** The result as `--json` prints it; times in milliseconds. */
type Verification = {
  readonly outcome: 'above' | 'below' | 'not-comparable';
  readonly similarity: number | null;
  readonly threshold: number;
  readonly falseMatchRate: number | null;
  /** Which strangers that rate is of, and whether too few of the counter's own group were measured. */
  readonly among: Strangers | null;
  readonly fewOfGroup: boolean;
  readonly findings: readonly FindingInJson[];
  readonly model: { readonly id: string; readonly sha256: string };
  readonly timings: Timings;
};
type Timings = Record<'start' | Side | 'compare', number>;

export const command = defineCommand({
  synopsis: ['verify --document 画像/IMAGE --probe 画像/IMAGE [--threshold 0.45] [--json]'],
  description: `
    書類の写真と本人の写真を一対一で比べます。画像は照合のあいだだけ使い、保存しません。
    Compares the portrait on a document with a picture of the person, one against one.
    The pictures are held by a process of their own, and are gone when it is.
  `,
  options: {
    document: {
      type: 'string',
      value: 'FILE',
      help: ['書類の写真 / the document, or its portrait (JPEG, PNG, TIFF, WebP, AVIF, GIF)'],
    },
    probe: { type: 'string', value: 'FILE', help: ['本人の写真 / the picture of the person'] },
    threshold: {
      type: 'string',
      value: 'S',
      help: ["基準 0–1（省略時は照合器の推奨値）/ decision threshold; the model's own by default"],
    },
    recogniser: recogniserOption,
    pack: {
      type: 'string',
      value: 'FOLDER',
      help: ['組み込みの照合器の代わりに / a model pack instead of the built-in recogniser'],
    },
    calibration: {
      type: 'string',
      value: 'FILE',
      help: ['その照合器の較正ファイル / a calibration that was made with it'],
    },
  },
  notes: `
    終了コード / exit codes: 0 比較した compared · 3 比べられない not comparable · 2 使い方・画像の誤り
    bad usage or an unreadable file · 1 故障 fault
  `,
  run({ document, probe, threshold, recogniser, pack, calibration, json }) {
    if (document === undefined || probe === undefined) {
      return err('--document と --probe の両方が要ります / both --document and --probe are needed');
    }
    if (threshold !== undefined && !(Number(threshold) > 0 && Number(threshold) <= 1)) {
      return err(`--threshold ${threshold}: 0 より大きく 1 以下 / above 0, at most 1`);
    }
    const chosen = recogniserName.optional().safeParse(recogniser);
    if (!chosen.success) return err(`--recogniser ${recogniser}: ${recogniserName.options.join(', ')}`);
    const own = {
      recogniser: chosen.data,
      pack: pack && resolve(pack),
      calibration: calibration && resolve(calibration),
      // Pictures of a technician, and no counter.
      trust: 'anybody' as const,
    };
    const ownThreshold = threshold === undefined ? undefined : Number(threshold);
    return verify(own, { document, probe }, ownThreshold, json);
  },
});

async function verify(
  own: CustomModel,
  files: Record<Side, string>,
  ownThreshold: number | undefined,
  json: boolean,
): Promise<number> {
  const unusable = await unusableFiles(files);
  if (unusable.length > 0) return reportUnusableFiles(unusable, json);
  const verified = await withVault(own, (vault, startMs) => compare(vault, files, startMs, ownThreshold));
  return verified.ok ? report(verified.value, json) : reportFault(verified.error, json);
}

async function compare(
  vault: Vault,
  files: Record<Side, string>,
  startMs: number,
  ownThreshold: number | undefined,
): Promise<Result<Verification, FaultCode>> {
  const { model, modelHash, threshold: advised } = vault.recogniser;
  const timings: Timings = { start: Math.round(startMs), document: 0, probe: 0, compare: 0 };
  const findings: Finding[] = [];
  let comparable = true;
  for (const side of ['document', 'probe'] as const) {
    const taken = await vault.run({ do: 'read-picture', side, file: resolve(files[side]), timed: true });
    if (!taken.ok) return taken;
    if (taken.value.is !== 'taken') return err('vault-nonsense');
    timings[side] = taken.value.milliseconds ?? 0;
    findings.push(...taken.value.findings.map((finding) => ({ side, ...finding })));
    comparable &&= taken.value.usable;
  }
  let comparison: Comparison | undefined;
  if (comparable) {
    const compared = await vault.run({ do: 'compare', timed: true });
    if (!compared.ok) return compared;
    if (compared.value.is !== 'compared') return err('vault-nonsense');
    timings.compare = compared.value.milliseconds ?? 0;
    comparison = comparisonOf(vault.recogniser, compared.value.similarity);
  }
  const threshold = ownThreshold ?? advised;
  return ok({
    outcome: !comparison ? 'not-comparable' : comparison.similarity >= threshold ? 'above' : 'below',
    similarity: comparison?.similarity ?? null,
    threshold,
    falseMatchRate: comparison?.falseMatchRate ?? null,
    among: comparison ? (comparison.among ?? 'any') : null,
    fewOfGroup: comparison?.fewOfGroup ?? false,
    findings: findings.map(findingInJson),
    model: { id: model, sha256: modelHash },
    timings,
  });
}

function report(result: Verification, json: boolean): number {
  print(json, result, () => inWords(result));
  return result.outcome === 'not-comparable' ? unusableCode(result.findings) : exitCode.done;
}

function inWords({ outcome, threshold, findings, model, ...compared }: Verification): string {
  const title = {
    above: '基準に達しました / threshold reached',
    below: '基準に届きませんでした / under the threshold',
    'not-comparable': '比べられませんでした / could not be compared',
  }[outcome];
  const lines = [title];
  const { similarity, falseMatchRate, fewOfGroup } = compared;
  if (similarity !== null && falseMatchRate !== null) {
    lines.push(`  類似度 / similarity ${similarity.toFixed(2)}（基準 / threshold ${threshold.toFixed(2)}）`);
    const measured = { falseMatchRate, among: compared.among ?? undefined, fewOfGroup };
    if (outcome === 'above')
      lines.push(...languages.map((language) => indented(chanceSaid(measured, language))));
  }
  lines.push(...findings.flatMap(findingLines));
  lines.push(`  照合器 / recogniser ${model.id} ${model.sha256.slice(0, 12)}`);
  return `${lines.join('\n')}\n`;
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}
