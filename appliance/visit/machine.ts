import { not } from 'xstate';

import type { BugListener } from '../procedure/task.js';
import { firstGuidance, initialContext } from './context.js';
import type { VisitEffects } from './effects.js';
import { machineSetup } from './machine-setup.js';
import { reportOf } from './report.js';
import {
  cancelled,
  decided,
  decision,
  explained,
  explanation,
  failed,
  ifPhotographLeft,
  ifScanLeft,
  keepComparison,
  keepDocument,
  keepGuidance,
  keepProbe,
  keepProgress,
  keepReceipt,
  keepRecordFault,
  keepVault,
  keepWaiting,
  lost,
  lostAfterwards,
  question,
  timedOut,
  toResult,
} from './transitions.js';

/**
 * One visit, from the clerk's first question to the notice of erasure. Every way out of `undecided` leads through
 * `ending`: the vault is erased first, then the record that began with the visit is closed. The output says whether the erasure was proven.
 */
export const visitMachine = (effects: VisitEffects & BugListener) =>
  machineSetup(effects).createMachine({
    context: ({ input }) => initialContext(input),
    output: ({ context: { erasureProven } }) => ({ erasureProven }),
    initial: 'undecided',
    states: {
      undecided: {
        initial: 'beginning',
        on: { cancel: cancelled, 'vault-lost': lost, 'device-lost': lost, failed: lost },
        states: {
          // Nobody is asked or shown anything before the record says that a visit began.
          beginning: {
            invoke: { src: 'begin', input: ({ context }) => context.practice },
            on: { begun: 'reason', back: cancelled },
            after: { record: failed('record-failed') },
          },
          reason: decision('reason', {
            'clear-by-sight': decided('visually-clear'),
            'compare-faces': 'notice',
            proxy: decided('proxy'),
            back: cancelled,
          }),
          notice: decision('notice', {
            agree: [{ guard: 'vault taken', target: 'place-document' }, { target: 'agreed' }],
            refuse: explained('refused'),
            back: 'reason',
          }),
          agreed: {
            invoke: { src: 'takeVault' },
            on: { 'vault-taken': { target: 'place-document', actions: keepVault } },
            after: { vault: failed('vault-hung') },
          },

          'place-document': question('place-document', {
            'scan-now': 'scanning',
            // The notice says that no picture was taken yet.
            back: { guard: 'no picture begun', target: 'notice' },
          }),
          scanning: {
            entry: {
              type: 'note',
              params: { pictures: true, document: undefined, progress: 0, waiting: undefined },
            },
            invoke: { src: 'scan', input: ({ context }) => context.settings.way },
            on: {
              progress: { actions: keepProgress },
              waiting: { actions: keepWaiting },
              'picture-taken': [
                { guard: 'picture unusable', target: 'document-poor', actions: keepDocument },
                { guard: 'probe usable', target: 'comparing', actions: keepDocument },
                { target: 'before-photograph', actions: keepDocument },
              ],
              back: 'place-document',
            },
            after: { scan: failed('scanner-stalled') },
          },
          'document-poor': {
            ...question('document-poor', {
              'scan-again': 'scanning',
              stop: explained('not-comparable'),
              back: 'place-document',
            }),
            always: { guard: not('scan left'), target: 'document-spent' },
          },
          'document-spent': decision('document-spent', { stop: explained('not-comparable') }),

          'before-photograph': question('before-photograph', {
            'photograph-now': 'photographing',
            back: ifScanLeft('place-document'),
          }),
          photographing: {
            entry: {
              type: 'note',
              params: { pictures: true, probe: undefined, progress: 0, guidance: firstGuidance },
            },
            invoke: { src: 'photograph' },
            on: {
              progress: { actions: keepProgress },
              guidance: { actions: keepGuidance },
              'picture-taken': [
                { guard: 'photograph unusable', target: 'photograph-poor', actions: keepProbe },
                { target: 'comparing', actions: keepProbe },
              ],
              back: 'before-photograph',
            },
            after: { photograph: timedOut },
          },
          'photograph-poor': {
            ...question('photograph-poor', {
              'photograph-again': 'photographing',
              stop: explained('not-comparable'),
              back: 'before-photograph',
            }),
            always: { guard: not('photograph left'), target: 'photograph-spent' },
          },
          'photograph-spent': decision('photograph-spent', { stop: explained('not-comparable') }),

          comparing: {
            invoke: { src: 'compare' },
            on: {
              compared: [
                { guard: 'over the threshold', target: 'above', actions: keepComparison },
                { target: 'below', actions: keepComparison },
              ],
            },
            after: { compare: failed('vault-hung') },
          },
          // The number is advice and the clerk decides; a hand-over against it takes one more step.
          above: decision('above', {
            'hand-over': decided('verified'),
            'photograph-again': ifPhotographLeft('photographing'),
            'ask-superior': 'consulting',
            'do-not-hand-over': explained('not-verified'),
          }),
          below: decision('below', {
            'photograph-again': ifPhotographLeft('photographing'),
            'scan-again': ifScanLeft('place-document'),
            'do-not-hand-over': explained('not-verified'),
            'ask-superior': 'consulting',
          }),
          consulting: {
            ...decision('consulting', {
              'do-not-hand-over': explained('not-verified'),
              'hand-over': decided('verified'),
              back: toResult,
            }),
            entry: ['focus', { type: 'note', params: { superiorAsked: true } }],
            after: { superior: timedOut },
          },
        },
      },

      // The decision stands, unless the clerk steps back.
      explaining: {
        initial: 'refused',
        on: { done: 'ending', cancel: 'ending', 'vault-lost': 'ending', 'device-lost': lostAfterwards },
        states: {
          refused: explanation('refused', { back: '#notice' }),
          'not-verified': explanation('not-verified', { back: toResult }),
          'not-comparable': explanation('not-comparable', {
            back: [{ guard: 'document usable', target: '#photograph-poor' }, { target: '#document-poor' }],
          }),
        },
      },

      ending: {
        id: 'ending',
        initial: 'erasing',
        states: {
          erasing: {
            invoke: { src: 'erase' },
            on: {
              'erasure-proven': {
                target: 'recording',
                actions: { type: 'note', params: { erasureProven: true } },
              },
              'erasure-unproven': 'recording',
            },
            after: { erase: 'recording' },
          },
          recording: {
            invoke: {
              src: 'writeRecord',
              input: ({ context }) => ({
                report: reportOf(context),
                modelHash: context.vault?.modelHash,
              }),
            },
            on: {
              recorded: [
                { guard: 'erasure proven', target: '#erased', actions: keepReceipt },
                { target: '#over' },
              ],
              'not-recorded': { target: 'unrecorded', actions: keepRecordFault },
            },
            // The writing continues: starting again might leave two records of one visit.
            after: { record: { actions: { type: 'note', params: { recordFault: 'record-failed' } } } },
          },
          unrecorded: { on: { retry: 'recording' }, after: { recordAgain: 'recording' } },
        },
      },
      erased: {
        id: 'erased',
        entry: 'focus',
        // Without a timeout: the clerk may have to write the record's number down for the visitor.
        on: { done: 'over', back: 'over', cancel: 'over' },
      },
      over: { id: 'over', type: 'final' },
    },
  });
