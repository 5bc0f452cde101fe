import { resolve } from 'node:path';

import { installation } from '../../appliance/installation.js';
import { err, ok, type Result } from '../../appliance/result.js';
import type { Appearance } from './appearance.js';
import type { TrialOptions } from './trial.js';

/** The options of both commands of the workbench, besides their own: how pictures come about, and which model. */
export const subjectOptions = {
  'document-as': { type: 'string', default: 'picture' },
  'probe-as': { type: 'string', default: 'picture' },
  pack: { type: 'string' },
} as const;

type Values = { readonly 'document-as': string; readonly 'probe-as': string; readonly pack?: string };

export const subjectHelp = `\
  --document-as print-scan  書類の写真を、印刷して読み取ったようにしてから使います
                            documents as if printed 25 × 32 mm and scanned at 300 dpi
  --probe-as frame|frames   本人の写真を、カメラの一コマ、または五コマから選んで合わせたものにします
                            probes as one frame of a plain camera, or as the best of five frames, fused
  --pack FOLDER             組み込みの照合器の代わりに / a model pack instead of the built-in recogniser
`;

export function subjectOf(positionals: readonly string[], values: Values): Result<TrialOptions, string> {
  if (positionals.length !== 1) return err('フォルダを一つ指定してください / name one folder');
  const { 'document-as': documentAs, 'probe-as': probeAs, pack } = values;
  if (documentAs !== 'picture' && documentAs !== 'print-scan') {
    return err(`--document-as ${documentAs}: picture, print-scan`);
  }
  if (probeAs !== 'picture' && probeAs !== 'frame' && probeAs !== 'frames') {
    return err(`--probe-as ${probeAs}: picture, frame, frames`);
  }
  const appearance: Appearance = { documentAs, probeAs };
  const models = { ...installation, pack: pack && resolve(pack) };
  return ok({ models, folder: positionals[0], appearance });
}
