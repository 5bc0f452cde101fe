import type { Finding } from '../findings.js';
import type { VisitReport } from '../record/entry.js';
import type { Comparison } from '../vault/protocol.js';
import type { Context, Visit } from './context.js';

/** What a visit leaves behind in the record. */
export function reportOf({ settings, visit }: Context): VisitReport {
  const { way, policy, threshold } = settings;
  const decision = decisionToShow(visit, threshold);
  return {
    way,
    policy,
    ...visit.ending,
    ...(visit.erasureProven ? {} : { fault: 'erasure-unproven' }),
    ...(visit.comparison ? { ...visit.comparison, threshold } : {}),
    ...(decision ? { decision } : {}),
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

/** Whether the number speaks for a hand-over. */
export function isAbove({ similarity }: Comparison, threshold: number): boolean {
  return similarity >= threshold;
}

/** A decision against the number stands out in the record, and so does that a superior was asked. */
function decisionToShow(visit: Visit, threshold: number): VisitReport['decision'] {
  const above = visit.comparison && isAbove(visit.comparison, threshold);
  if (visit.ending.outcome === 'verified' && !above) return 'hand-over';
  if (visit.ending.outcome === 'not-verified' && above) return 'do-not-hand-over';
  return visit.superiorAsked ? 'ask-superior' : undefined;
}
