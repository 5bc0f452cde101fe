import type { Finding, FindingCode, Side } from '../findings.js';
import type { CueResults } from '../protocol/vault.js';

/** What came of taking one side's picture, as the core is told. */
export type Taken = {
  /** Whether the picture can be compared; if not, its findings say why. */
  readonly usable: boolean;
  readonly findings: readonly Finding[];
  /** From the last scan line or frame that was needed to the end. */
  readonly milliseconds: number;
  /** Of a photograph with a challenge: what came of it. */
  readonly cues?: CueResults;
};

export function notTaken(side: Side, code: FindingCode, milliseconds: number): Taken {
  return { usable: false, findings: [{ side, code, blocking: true }], milliseconds };
}

export function taken(findings: readonly Finding[], milliseconds: number): Taken {
  return { usable: !findings.some(({ blocking }) => blocking), findings, milliseconds };
}

export function millisecondsSince(begun: number): number {
  return Math.round((performance.now() - begun) * 10) / 10;
}
