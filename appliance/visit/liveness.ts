import type { Finding } from '../findings.js';
import type { Liveness } from '../record/entry.js';
import type { CueResults } from '../protocol/vault.js';
import type { Demand } from './context.js';
import type { Taken } from './effects.js';

/** All cues must agree for a pass: one that failed outweighs, and one that was not made leaves it open. */
export function livenessOf(cues: CueResults): Liveness {
  const said = Object.values(cues);
  if (said.includes('failed')) return 'failed';
  return said.every((result) => result === 'passed') ? 'passed' : 'not-checked';
}

/**
 * The photograph as the municipality's demand sees it. Where a challenge was asked for, silence about it is
 * `not-checked`; where it is required, whatever is not `passed` stands against the comparison.
 */
export function underDemand(taken: Taken, demand: Demand): Taken {
  const { usable, findings } = taken;
  if (demand === 'off') return { usable, findings };
  const liveness = taken.liveness ?? 'not-checked';
  if (demand === 'advisory' || liveness === 'passed') return { usable, findings, liveness };
  const code = liveness === 'failed' ? 'liveness-failed' : 'liveness-not-checked';
  const finding: Finding = { side: 'probe', code, blocking: true };
  return { usable: false, findings: [finding, ...findings], liveness };
}
