import type { Finding, FindingCode, Side } from '../findings.js';
import { type CueResults, maxFindings } from '../protocol/vault.js';

/** The result of capturing one side's picture. */
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

/** The findings as the core receives them: those that stop a comparison first, and no more than a screen shows. */
export function toDoor(findings: readonly Finding[]): Omit<Finding, 'side'>[] {
  return findings
    .toSorted((one, other) => Number(other.blocking) - Number(one.blocking))
    .slice(0, maxFindings)
    .map(({ code, blocking }) => ({ code, blocking }));
}

export function captured(findings: readonly Finding[], milliseconds: number): CaptureResult {
  return { usable: !findings.some(({ blocking }) => blocking), findings, milliseconds };
}

export function millisecondsSince(begun: number): number {
  return Math.round(performance.now() - begun);
}
