/** How the pictures of a trial come about: as they are, or as the visit's devices might have made them of them. */
export type Appearance = {
  readonly documentAs: 'picture' | 'print-scan';
  /** One frame of a camera; the best of several frames, or several pictures of the person, fused as in a visit. */
  readonly probeAs: 'picture' | 'pictures' | 'frame' | 'frames';
  /** The most pictures that are fused to one probe; 1 unless probes are `pictures`. */
  readonly fuse: number;
};

/** What is simulated or fused, in words; none where the pictures stand as they are. */
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
