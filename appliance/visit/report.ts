import type { Finding } from '../findings.js';
import type { Comparison } from '../protocol/vault.js';
import type { VisitReport } from '../record/entry.js';
import type { Context } from './context.js';

/** The visit as the record keeps it. */
export function reportOf(context: Context): VisitReport {
  const { settings, ending, comparison, comparisons, erasureProven, pictures, practice, probe } = context;
  const { way, policy } = settings;
  const decision = notableDecision(context);
  return {
    way,
    policy,
    ...ending,
    ...(erasureProven ? {} : { fault: 'erasure-unproven' }),
    ...(comparison ? { ...comparison, threshold: thresholdOf(context) } : {}),
    ...(decision ? { decision } : {}),
    ...(probe?.liveness ? { liveness: probe.liveness } : {}),
    comparisons: Math.min(comparisons, 99),
    findings: findingsOf(context),
    practice,
    pictures,
  };
}

/** The findings on the pictures of both sides, up to the 20 that a record can hold. */
export function findingsOf({ document, probe }: Context): Finding[] {
  return [...(document?.findings ?? []), ...(probe?.findings ?? [])].slice(0, 20);
}

/** The threshold for similarities, 0 to 1; 1 until a vault was taken. */
export function thresholdOf({ vault }: Context): number {
  return vault?.threshold ?? 1;
}

/** Whether the similarity speaks for a hand-over. */
export function isAbove(context: Context, comparison: Comparison | undefined): boolean {
  return comparison !== undefined && comparison.similarity >= thresholdOf(context);
}

/** The record names a decision against the number, or else that a superior was asked. */
function notableDecision(context: Context): VisitReport['decision'] {
  const { comparison, ending, superiorAsked } = context;
  const above = isAbove(context, comparison);
  if (ending.outcome === 'verified' && !above) return 'hand-over';
  if (ending.outcome === 'not-verified' && above) return 'do-not-hand-over';
  return superiorAsked ? 'ask-superior' : undefined;
}
