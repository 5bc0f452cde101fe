import type { Context } from '../../counter/context.js';
import type { CounterSnapshot } from '../../counter/machine.js';
import type { Procedure, ProcedureName } from '../../counter/procedures.js';
import { procedureOf } from '../../counter/snapshot.js';
import type { Scene, UpdateNews } from '../../panel/view.js';
import { changesScene } from './changes.js';
import { copyRecordsScene } from './copy-records.js';
import { selfTestScene } from './self-test.js';
import { setClockScene } from './set-clock.js';
import type { ShownProcedure } from './shown.js';
import { updateScene } from './update.js';
import { vendorNews, vendorScene } from './vendor.js';
import { visitScene } from './visit.js';

const scenes: { readonly [Name in ProcedureName]: (procedure: ShownProcedure<Name>) => Scene } = {
  visit: visitScene,
  'self-test': selfTestScene,
  'set-clock': setClockScene,
  update: updateScene,
  'copy-records': copyRecordsScene,
  changes: changesScene,
  vendor: vendorScene,
};

/** What the panels show at the counter: the scene of the procedure under way, or the counter's own. */
export function counterScene(snapshot: CounterSnapshot): Scene {
  const procedure = procedureOf(snapshot);
  if (procedure) return procedureScene(procedure);
  const { availability, vendor } = snapshot.context;
  if (snapshot.matches('idle'))
    return { name: 'idle', ...updateNews(snapshot.context), ...vendorNews(vendor) };
  if (snapshot.matches('unproven')) return { name: 'unavailable', fault: 'erasure-unproven' };
  return availability.is === 'unavailable'
    ? { name: 'unavailable', fault: availability.fault, ...vendorNews(vendor) }
    : { name: 'starting' };
}

function procedureScene<Name extends ProcedureName>({ name, snapshot }: Procedure<Name>): Scene {
  return scenes[name](snapshot);
}

/** The result of the last update comes before what a stick offers now. */
function updateNews({ offer, returned }: Context): { readonly update?: UpdateNews } {
  if (returned) return { update: { is: 'returned', ...returned } };
  return offer.is === 'none' ? {} : { update: offer };
}
