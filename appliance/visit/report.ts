import { type Finding, findingCodes } from '../findings.js';
import type { Comparison } from '../protocol/vault.js';
import type { VisitReport } from '../record/entry.js';
import type { Context } from './context.js';
import { lastOf, lowestOf, type Tries } from './tries.js';

/** The visit as the record keeps it. */
export function reportOf(context: Context): VisitReport {
  const { settings, ending, tries, erasureProven, pictures, practice, probe } = context;
  const { way, policy } = settings;
  const decision = notableDecision(context);
  return {
    way,
    policy,
    ...ending,
    ...(erasureProven ? {} : { fault: 'erasure-unproven' }),
    ...scoresOf(tries, thresholdOf(context)),
    ...(decision ? { decision } : {}),
    ...(probe?.liveness ? { liveness: probe.liveness } : {}),
    photographs: tries.photographs,
    scans: tries.scans,
    comparisons: tries.comparisons.length,
    findings: inListOrder(findingsOf(context)),
    practice,
    pictures,
  };
}

/** The last score with its rate, and what earlier ones were, so that a later one hides none. */
function scoresOf(tries: Tries, threshold: number): Partial<VisitReport> {
  const firstSimilarity = tries.comparisons.at(0)?.similarity;
  if (firstSimilarity === undefined) return {};
  return { ...lastOf(tries), firstSimilarity, lowestSimilarity: lowestOf(tries), threshold };
}

/** The findings on the last pictures of both sides, and any earlier suspicion; up to the 20 that a record can hold. */
export function findingsOf({ document, probe, suspicion }: Context): Finding[] {
  const last = [...(document?.findings ?? []), ...(probe?.findings ?? [])];
  const earlier = suspicion && !last.some(({ code }) => code === suspicion.code) ? [suspicion] : [];
  return [...earlier, ...last].slice(0, 20);
}

/** A record says nothing by the order of its findings. */
function inListOrder(findings: readonly Finding[]): Finding[] {
  const place = ({ code }: Finding) => findingCodes.indexOf(code);
  return findings.toSorted((one, other) => one.side.localeCompare(other.side) || place(one) - place(other));
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
  const { ending, superiorAsked, tries } = context;
  const above = isAbove(context, lastOf(tries));
  if (ending.outcome === 'verified' && !above) return 'hand-over';
  if (ending.outcome === 'not-verified' && above) return 'do-not-hand-over';
  return superiorAsked ? 'ask-superior' : undefined;
}
