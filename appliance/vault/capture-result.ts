import type { Finding, FindingCode, Side } from '../findings.js';
import type { CueResults } from '../protocol/vault.js';

/** The result of capturing one side's picture, as the core receives it. */
export type CaptureResult = {
  /** Whether the picture can be compared; otherwise the findings say why not. */
  readonly usable: boolean;
  readonly findings: readonly Finding[];
  /** From the last scan line or frame needed to the result. */
  readonly milliseconds: number;
  /** The challenge's results, for a photograph with one. */
  readonly cues?: CueResults;
};

export function notCaptured(side: Side, code: FindingCode, milliseconds: number): CaptureResult {
  return { usable: false, findings: [{ side, code, blocking: true }], milliseconds };
}

export function captured(findings: readonly Finding[], milliseconds: number): CaptureResult {
  return { usable: !findings.some(({ blocking }) => blocking), findings, milliseconds };
}

export function millisecondsSince(begun: number): number {
  return Math.round((performance.now() - begun) * 10) / 10;
}
