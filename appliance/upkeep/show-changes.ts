import { assign, setup } from 'xstate';

import { delaysFromContext, focusAfter, type ProcedureContext } from '../procedure/context.js';
import type { FromClerk } from '../procedure/event.js';
import { decision } from '../procedure/question.js';
import type { Change } from '../record/change.js';
import type { UpkeepInput } from './input.js';

export type ShowChangesEffects = {
  /** The clerk has seen these changes, which are in force from now on. */
  agreeToChanges(seen: readonly Change[]): void;
};

/** What the clerk has to see before the next visit; nothing if all is as it was. */
export type ChangesNews = { readonly type: 'changes'; readonly changes: readonly Change[] };

type Context = ProcedureContext & {
  readonly changes: readonly Change[];
  readonly agreed: boolean;
  readonly delays: UpkeepInput;
};

const types = {} as {
  context: Context;
  events: FromClerk | ChangesNews;
  input: UpkeepInput & { readonly changes: readonly Change[] };
  output: { readonly agreed: boolean };
};

/** Shows what changed since the last visit. No visit begins before the clerk has agreed. */
export const showChangesMachine = (effects: ShowChangesEffects) =>
  setup({
    types,
    delays: delaysFromContext('key'),
    guards: {
      'none left': ({ event }) => event.type === 'changes' && event.changes.length === 0,
    },
    actions: {
      focus: assign(({ event }) => focusAfter(event)),
      'keep changes': assign(({ event }) => (event.type === 'changes' ? { changes: event.changes } : {})),
      agree: ({ context }) => effects.agreeToChanges(context.changes),
    },
  }).createMachine({
    context: ({ input: { key, changes } }) => ({ focus: undefined, delays: { key }, changes, agreed: false }),
    output: ({ context: { agreed } }) => ({ agreed }),
    initial: 'changes-shown',
    states: {
      'changes-shown': decision(
        'changes-shown',
        {
          'seen-changes': { target: 'over', actions: ['agree', assign({ agreed: true })] },
          'not-now': 'over',
          back: 'over',
          cancel: 'over',
          // Others than the clerk looks at: no choice stays in focus.
          changes: [
            { guard: 'none left', target: 'over' },
            { target: 'changes-shown', reenter: true, actions: 'keep changes' },
          ],
        },
        'over',
      ),
      over: { type: 'final' },
    },
  });
