import type { Finding } from '../findings.js';
import type { VisitReport } from '../record/entry.js';
import type { Comparison } from '../protocol/vault.js';
import type { Context, Visit } from './context.js';

/** What a visit leaves behind in the record. */
export function reportOf(context: Context): VisitReport {
  const { settings, visit } = context;
  const { way, policy } = settings;
  const decision = decisionToShow(context);
  return {
    way,
    policy,
    ...visit.ending,
    ...(visit.erasureProven ? {} : { fault: 'erasure-unproven' }),
    ...(visit.comparison ? { ...visit.comparison, threshold: thresholdOf(context) } : {}),
    ...(decision ? { decision } : {}),
    ...(visit.probe?.liveness ? { liveness: visit.probe.liveness } : {}),
    comparisons: Math.min(visit.comparisons, 99),
    findings: findingsOf(visit),
    practice: visit.practice,
    pictures: visit.pictures,
  };
}

/** What was found on the pictures of both sides, as far as a record holds it. */
export function findingsOf({ document, probe }: Visit): Finding[] {
  return [...(document?.findings ?? []), ...(probe?.findings ?? [])].slice(0, 20);
}

/** The decision threshold of this visit. Before a vault was taken nothing is near enough. */
export function thresholdOf({ visit }: Context): number {
  return visit.vault?.threshold ?? 1;
}

/** Whether the number speaks for a hand-over; what was not compared does not. */
export function isAbove(context: Context, comparison: Comparison | undefined): boolean {
  return comparison !== undefined && comparison.similarity >= thresholdOf(context);
}

/** A decision against the number stands out in the record, and so does that a superior was asked. */
function decisionToShow(context: Context): VisitReport['decision'] {
  const { visit } = context;
  const above = isAbove(context, visit.comparison);
  if (visit.ending.outcome === 'verified' && !above) return 'hand-over';
  if (visit.ending.outcome === 'not-verified' && above) return 'do-not-hand-over';
  return visit.superiorAsked ? 'ask-superior' : undefined;
}
