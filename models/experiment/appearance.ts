import type { CardKind } from '../simulate/card.js';

/**
 * How the experiment's pictures are prepared: used as they are, or with a simulation of the visit's devices.
 */
export type Appearance = {
  /** `print-scan`: printed on paper and scanned; a kind of card: the same with that card's features. */
  readonly documentAs: 'picture' | 'print-scan' | CardKind;
  /**
   * `frame`: one simulated camera frame. `frames`: the best of several, fused. `pictures`: several pictures
   * of the person, fused as in a visit.
   */
  readonly probeAs: 'picture' | 'pictures' | 'frame' | 'frames';
  /** The maximum number of pictures fused into one probe; 1 unless probes are `pictures`. */
  readonly fuse: number;
};

/** What the simulated documents carry besides the print. */
const cardWords: Readonly<Record<CardKind, { readonly ja: string; readonly en: string }>> = {
  guilloche: { ja: '細かい地紋', en: 'a fine security pattern' },
  ghost: { ja: '小さい2枚目の顔写真', en: 'a second small portrait' },
  hologram: { ja: 'ホログラム', en: 'a hologram' },
  laminate: { ja: '光る保護フィルム', en: 'a shining laminate' },
  card: {
    ja: '細かい地紋・小さい2枚目の顔写真・ホログラム・光る保護フィルム',
    en: 'a fine security pattern, a second small portrait, a hologram and a shining laminate',
  },
};

/** Notes on what is simulated or fused; empty if pictures are used as they are. */
export function appearanceWords({ documentAs, probeAs, fuse }: Appearance): { ja: string; en: string }[] {
  return [
    ...documentWords(documentAs),
    ...(probeAs === 'pictures'
      ? [
          {
            ja: `本人は同じ人の写真${fuse}枚までから合成`,
            en: `probes are fused from up to ${fuse} pictures of one person`,
          },
        ]
      : []),
    ...(probeAs === 'frame'
      ? [{ ja: '本人はカメラの一コマの模擬', en: 'probes are simulated single frames of a camera' }]
      : []),
    ...(probeAs === 'frames'
      ? [
          {
            ja: '本人はカメラの五コマの模擬から合成',
            en: 'probes are fused from simulated frames of a camera',
          },
        ]
      : []),
  ];
}

function documentWords(documentAs: Appearance['documentAs']): { ja: string; en: string }[] {
  if (documentAs === 'picture') return [];
  const scanned = { ja: '書類は印刷と読み取りの模擬', en: 'documents are simulated prints and scans' };
  if (documentAs === 'print-scan') return [scanned];
  const { ja, en } = cardWords[documentAs];
  return [{ ja: `${scanned.ja}（${ja}つき）`, en: `${scanned.en} with ${en}` }];
}
