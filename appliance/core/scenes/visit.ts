import type { FaultCode } from '../../findings.js';
import type { Scene } from '../../panel/view.js';
import type { Context } from '../../visit/context.js';
import { findingsOf, isAbove, thresholdOf } from '../../visit/report.js';
import { lastOf, lowestOf } from '../../visit/tries.js';
import { isUsable } from '../../visit/usable.js';
import type { ShownProcedure } from './shown.js';

export function visitScene({ value, context }: ShownProcedure<'visit'>): Scene {
  const state = typeof value === 'string' ? value : Object.values(value)[0];
  switch (state) {
    // Its question is there already; its choices follow once the record has begun.
    case 'beginning':
    case 'reason':
      return { name: 'reason', policy: context.settings.policy };
    case 'notice':
    case 'place-document':
    case 'before-photograph':
    case 'comparing':
    case 'erasing':
      return { name: state };
    // The card can be placed while a cold vault loads its models.
    case 'agreed':
      return { name: 'place-document' };
    case 'scanning':
      return {
        name: state,
        fraction: context.progress,
        ...waiting(context),
        ...attempt(context.tries.scans),
      };
    case 'document-poor':
      return { name: state, findings: [...context.document!.findings] };
    case 'document-spent':
      return { name: 'document-poor', findings: [...context.document!.findings], spent: true };
    case 'photographing':
      return {
        name: state,
        fraction: context.progress,
        ...context.guidance,
        ...attempt(context.tries.photographs),
      };
    case 'photograph-poor':
      return { name: state, findings: [...context.probe!.findings] };
    case 'photograph-spent':
      return { name: 'photograph-poor', findings: [...context.probe!.findings], spent: true };
    case 'above':
    case 'below':
    case 'consulting':
      return result(context);
    case 'refused':
    case 'not-verified':
      return { name: 'explain', about: state };
    case 'not-comparable':
      return { name: state, findings: findingsOf(context), ...spent(context) };
    case 'recording':
    case 'unrecorded':
      return recording(context);
    case 'erased':
      return erased(context);
  }
}

const waiting = ({ waiting }: Context) => (waiting ? { waiting } : {});

/** The number of the picture that is being taken, from the second on. */
const attempt = (taken: number) => (taken > 0 ? { attempt: taken + 1 } : {});

/** Whether the side that could not be used was taken as often as it may be. */
function spent({ document, settings: { limits }, tries }: Context): { spent?: true } {
  const left = isUsable(document) ? limits.photographs - tries.photographs : limits.scans - tries.scans;
  return left > 0 ? {} : { spent: true };
}

function triesOf({ tries }: Context): Pick<Extract<Scene, { name: 'result' }>, 'tries'> {
  const { photographs, scans, comparisons } = tries;
  if (photographs === 1 && scans === 1 && comparisons.length === 1) return {};
  return { tries: { photographs, scans, comparisons: comparisons.length, lowest: lowestOf(tries) } };
}

function result(context: Context): Scene {
  const { probe, tries, vault } = context;
  const comparison = lastOf(tries)!;
  return {
    name: 'result',
    above: isAbove(context, comparison),
    comparison,
    ...triesOf(context),
    threshold: thresholdOf(context),
    model: vault!.model,
    ...(probe?.liveness ? { liveness: probe.liveness } : {}),
    findings: findingsOf(context),
  };
}

function recording({ erasureProven, recordFault }: Context): Scene {
  const fault: FaultCode | undefined = erasureProven ? recordFault : 'erasure-unproven';
  return fault ? { name: 'unavailable', fault } : { name: 'erasing' };
}

function erased({ ending, pictures, receipt }: Context): Scene {
  const { number, at } = receipt!;
  const { because, fault } = ending;
  return { name: 'erased', pictures, at, record: number, because, fault };
}
