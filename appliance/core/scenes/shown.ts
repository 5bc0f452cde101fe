import type { ProcedureName, SnapshotOf } from '../../counter/procedures.js';

/** A procedure as the panels show it. They never see the final state, since the counter leaves it at once. */
export type ShownProcedure<Name extends ProcedureName> = {
  readonly value: Exclude<SnapshotOf<Name>['value'], 'over'>;
  readonly context: SnapshotOf<Name>['context'];
};
