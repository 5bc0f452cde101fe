import { resolve } from 'node:path';

import type { Positionals } from '../../appliance/command/command.js';
import { recogniserOption } from '../../appliance/command/recogniser-option.js';
import type { Options } from '../../appliance/command/help.js';
import { installation } from '../../appliance/installation.js';
import { recogniserName } from '../../appliance/protocol/vault.js';
import { err, ok, type Result } from '../../appliance/result.js';
import { framesCompared } from '../../appliance/vault/photograph.js';
import { cardKinds } from '../simulate/card.js';
import type { Appearance } from './appearance.js';
import type { ExperimentOptions } from './experiment.js';

const documentsAs = ['picture', 'print-scan', ...cardKinds] as const;

/** Bounds on the number of pictures fused into a probe. */
const fewest = 2;
const most = 9;

/** The options that `evaluate` and `calibrate` share: how pictures are prepared, and which model. */
export const experimentOptions = {
  'document-as': {
    type: 'string',
    default: 'picture',
    value: 'KIND',
    help: [
      'print-scan: 書類の写真を、印刷して読み取ったようにしてから使います',
      '--document-as print-scan: documents as if printed 25 × 32 mm and scanned at 300 dpi',
      `${cardKinds.join(', ')}: そのうえに、地紋、小さい2枚目の顔写真、ホログラム、保護フィルム、そのすべてを加えます`,
      'the same with a security pattern, a second small portrait, a hologram, a laminate, or all of them',
    ],
  },
  'probe-as': {
    type: 'string',
    default: 'picture',
    value: 'HOW',
    help: [
      'frame, frames: 本人の写真を、カメラの一コマ、または五コマから選んで合わせたものにします',
      'probes as one frame of a plain camera, or as the best of five frames, fused',
      '--probe-as pictures: 本人の写真に、同じ人の次の写真を合わせます（書類の写真は使いません）。比べる組は変わりません',
      "probes fused with the person's pictures that follow, never with the document's own;",
      'the pairs stay the same, so that it compares with --probe-as picture',
    ],
  },
  fuse: {
    type: 'string',
    value: 'N',
    help: [
      `そのとき合わせる枚数（${fewest}–${most}、ふつうは来庁時と同じ${framesCompared}枚）`,
      `the maximum number fused, ${fewest} to ${most}; default ${framesCompared}, as in a visit`,
    ],
  },
  recogniser: recogniserOption,
  pack: {
    type: 'string',
    value: 'FOLDER',
    help: ['組み込みの照合器の代わりに / a model pack instead of the built-in recogniser'],
  },
} as const satisfies Options;

type Values = {
  readonly 'document-as': string;
  readonly 'probe-as': string;
  readonly fuse?: string;
  readonly recogniser?: string;
  readonly pack?: string;
};

function isDocumentAs(name: string): name is Appearance['documentAs'] {
  return documentsAs.some((known) => known === name);
}

export function parseExperiment(
  [folder, ...more]: Positionals,
  values: Values,
): Result<ExperimentOptions, string> {
  if (folder === undefined || more.length > 0) return err('フォルダを一つ指定してください / name one folder');
  const { 'document-as': documentAs, 'probe-as': probeAs, pack } = values;
  if (!isDocumentAs(documentAs)) return err(`--document-as ${documentAs}: ${documentsAs.join(', ')}`);
  if (probeAs !== 'picture' && probeAs !== 'pictures' && probeAs !== 'frame' && probeAs !== 'frames') {
    return err(`--probe-as ${probeAs}: picture, pictures, frame, frames`);
  }
  if (values.fuse !== undefined && probeAs !== 'pictures') return err('--fuse: --probe-as pictures');
  const fuse = probeAs === 'pictures' ? Number(values.fuse ?? framesCompared) : 1;
  if (probeAs === 'pictures' && !(Number.isInteger(fuse) && fuse >= fewest && fuse <= most)) {
    return err(`--fuse ${values.fuse}: ${fewest}–${most}`);
  }
  const appearance: Appearance = { documentAs, probeAs, fuse };
  const recogniser = recogniserName.optional().safeParse(values.recogniser);
  if (!recogniser.success)
    return err(`--recogniser ${values.recogniser}: ${recogniserName.options.join(', ')}`);
  const models = {
    ...installation,
    recogniser: recogniser.data,
    pack: pack && resolve(pack),
    trusted: 'anybody' as const,
  };
  return ok({ models, folder, appearance });
}
