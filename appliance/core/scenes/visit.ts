import type { FaultCode } from '../../findings.js';
import type { Scene } from '../../panel/view.js';
import type { Context } from '../../visit/context.js';
import { findingsOf, isAbove, thresholdOf } from '../../visit/report.js';
import type { ShownProcedure } from './shown.js';

export function visitScene({ value, context }: ShownProcedure<'visit'>): Scene {
  const state = typeof value === 'string' ? value : Object.values(value)[0];
  switch (state) {
    case 'reason':
      return { name: state, policy: context.settings.policy };
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
      return { name: state, fraction: context.progress, ...waiting(context) };
    case 'document-poor':
      return { name: state, findings: [...context.document!.findings] };
    case 'photographing':
      return { name: state, fraction: context.progress, ...context.guidance };
    case 'photograph-poor':
      return { name: state, findings: [...context.probe!.findings] };
    case 'above':
    case 'below':
    case 'consulting':
      return result(context);
    case 'refused':
    case 'not-verified':
      return { name: 'explain', about: state };
    case 'not-comparable':
      return { name: state, findings: findingsOf(context) };
    case 'recording':
    case 'unrecorded':
      return recording(context);
    case 'erased':
      return erased(context);
  }
}

const waiting = ({ waiting }: Context) => (waiting ? { waiting } : {});

function result(context: Context): Scene {
  const { comparison, probe, vault } = context;
  return {
    name: 'result',
    above: isAbove(context, comparison),
    comparison: comparison!,
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
