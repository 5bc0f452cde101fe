import type { Finding } from '../findings.js';
import type { CueResults } from '../protocol/vault.js';
import type { Liveness } from '../record/entry.js';
import type { Picture } from './news.js';

/**
 * Presentation attack detection: none; with its result shown to the clerk and recorded; or required before a
 * comparison.
 */
export type LivenessMode = 'off' | 'advisory' | 'required';

/** Passed if all cues passed, failed if any failed; otherwise a cue is missing. */
export function livenessOf(cues: CueResults): Liveness {
  const results = Object.values(cues);
  if (results.includes('failed')) return 'failed';
  return results.every((result) => result === 'passed') ? 'passed' : 'not-checked';
}

/**
 * Applies the municipality's setting to a photograph. With a challenge a missing result is `not-checked`; where it is
 * required, any result but `passed` blocks the comparison.
 */
export function applyLiveness(photograph: Picture, mode: LivenessMode): Picture {
  const { usable, findings } = photograph;
  if (mode === 'off') return { usable, findings };
  const liveness = photograph.liveness ?? 'not-checked';
  if (mode === 'advisory' || liveness === 'passed') return { usable, findings, liveness };
  const code = liveness === 'failed' ? 'liveness-failed' : 'liveness-not-checked';
  const finding: Finding = { side: 'probe', code, blocking: true };
  return { usable: false, findings: [finding, ...findings], liveness };
}
