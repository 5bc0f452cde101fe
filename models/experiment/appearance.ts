/**
 * How the experiment's pictures are prepared: used as they are, or with a simulation of the visit's devices.
 */
export type Appearance = {
  readonly documentAs: 'picture' | 'print-scan';
  /**
   * `frame`: one simulated camera frame. `frames`: the best of several, fused. `pictures`: several pictures
   * of the person, fused as in a visit.
   */
  readonly probeAs: 'picture' | 'pictures' | 'frame' | 'frames';
  /** The maximum number of pictures fused into one probe; 1 unless probes are `pictures`. */
  readonly fuse: number;
};

/** Notes on what is simulated or fused; empty if pictures are used as they are. */
export function appearanceWords({ documentAs, probeAs, fuse }: Appearance): { ja: string; en: string }[] {
  return [
    ...(documentAs === 'print-scan'
      ? [{ ja: '書類は印刷と読み取りの模擬', en: 'documents are simulated prints and scans' }]
      : []),
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
