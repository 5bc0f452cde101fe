import type { SnapshotFrom } from 'xstate';

import type { BugListener } from '../procedure/task.js';
import { copyRecordsMachine, type CopyRecordsEffects } from '../upkeep/copy-records.js';
import { selfTestMachine, type SelfTestEffects } from '../upkeep/self-test.js';
import { setClockMachine, type SetClockEffects } from '../upkeep/set-clock.js';
import { showChangesMachine, type ShowChangesEffects } from '../upkeep/show-changes.js';
import { updateMachine, type UpdateEffects } from '../upkeep/update.js';
import { vendorMachine, type VendorEffects } from '../upkeep/vendor.js';
import type { VisitEffects } from '../visit/effects.js';
import { visitMachine } from '../visit/machine.js';

export type UpkeepEffects = SelfTestEffects &
  SetClockEffects &
  UpdateEffects &
  CopyRecordsEffects &
  ShowChangesEffects &
  VendorEffects & {
    /** Looks at what is on the sticks that are plugged in. */
    lookAtStick(): void;
  };
export type Effects = VisitEffects & UpkeepEffects & BugListener;

/** What the counter runs, one at a time. */
export const procedures = (effects: Effects) => ({
  visit: visitMachine(effects),
  'self-test': selfTestMachine(effects),
  'set-clock': setClockMachine(effects),
  update: updateMachine(effects),
  'copy-records': copyRecordsMachine(effects),
  changes: showChangesMachine(effects),
  vendor: vendorMachine(effects),
});

type Procedures = ReturnType<typeof procedures>;
export type ProcedureName = keyof Procedures;

/** The procedures as children of the counter's machine, each under its own name. */
export type Children = { [Name in ProcedureName]: Name };

export type SnapshotOf<Name extends ProcedureName> = SnapshotFrom<Procedures[Name]>;

/** The procedure under way. */
export type Procedure<Name extends ProcedureName = ProcedureName> = {
  [Each in Name]: { readonly name: Each; readonly snapshot: SnapshotOf<Each> };
}[Name];
