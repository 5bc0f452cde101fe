import type { StateValue } from 'xstate';

import type { ProcedureSnapshot } from '../procedure/choices.js';
import type { CounterActor, CounterSnapshot } from './machine.js';
import type { Procedure, ProcedureName, SnapshotOf } from './procedures.js';

type Leaf<Value> = Value extends string ? Value : Leaf<Value[keyof Value]>;

/** The name of the innermost state, of the counter or the procedure under way. All are different. */
export type CounterState = Exclude<
  Leaf<CounterSnapshot['value'] | SnapshotOf<ProcedureName>['value']>,
  ProcedureName | 'over'
>;

/** The procedure under way, if any. */
export function procedureOf({ children }: CounterSnapshot): Procedure | undefined {
  const child = Object.entries(children).at(0);
  return child && ({ name: child[0], snapshot: child[1].getSnapshot() } as Procedure);
}

/** What the clerk is dealing with: the procedure under way, or the counter itself. */
export function activeOf(snapshot: CounterSnapshot): ProcedureSnapshot {
  return procedureOf(snapshot)?.snapshot ?? snapshot;
}

export function stateOf(snapshot: CounterSnapshot): CounterState {
  let { value }: { value: StateValue | undefined } = activeOf(snapshot);
  while (typeof value === 'object') [value] = Object.values(value);
  return value as CounterState;
}

/** Calls `changed` after each change of the counter or its procedure. */
export function observe(counter: CounterActor, changed: (snapshot: CounterSnapshot) => void): void {
  let last: readonly unknown[] = [];
  counter.subscribe((snapshot) => {
    const active = activeOf(snapshot);
    const isNew = active !== last[0] || snapshot.context !== last[1];
    last = [active, snapshot.context];
    // A procedure that is over has nothing to show, and the counter is about to leave it.
    if (isNew && active.status === 'active') changed(snapshot);
  });
}

/** The visit under way, if any. */
export function visitOf(snapshot: CounterSnapshot): SnapshotOf<'visit'> | undefined {
  const procedure = procedureOf(snapshot);
  return procedure?.name === 'visit' ? procedure.snapshot : undefined;
}
