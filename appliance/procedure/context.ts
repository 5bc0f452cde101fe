import type { Choice } from '../protocol/choice.js';

/** The part of the context that all procedures share. Choices, focus and timeouts are read from it. */
export type ProcedureContext = {
  /** Index of the choice that the clerk moved to; undefined until a key moved it. */
  readonly focus: number | undefined;
  /** The choice to focus on first, in states that offer it, decisions included. */
  readonly suggested?: Choice | undefined;
  /** The delays of the procedure by name, in milliseconds. */
  readonly delays: Readonly<Record<string, number>>;
};

/** The focus after an event: entering a state resets it. */
export function focusAfter(event: { readonly type: string; readonly index?: number }): {
  readonly focus: number | undefined;
} {
  return { focus: event.type === 'focus' ? event.index : undefined };
}

/** For `setup`: delays whose values the context holds. */
export function delaysFromContext<const Name extends string>(...names: readonly Name[]) {
  type Delay = (args: { readonly context: { readonly delays: Readonly<Record<Name, number>> } }) => number;
  const entries = names.map((name): [Name, Delay] => [name, ({ context }) => context.delays[name]]);
  return Object.fromEntries(entries) as Record<Name, Delay>;
}
