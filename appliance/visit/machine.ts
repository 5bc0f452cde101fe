import { and, assign, not, type SnapshotFrom } from 'xstate';

import { noCopy, notBegun, nothingYet, noUpdate } from './context.js';
import { delays } from './delays.js';
import type { Effects } from './effects.js';
import {
  cancelled,
  decided,
  explained,
  explanation,
  failed,
  keepChecks,
  keepClockNotSet,
  keepClockSet,
  keepComparison,
  keepCopied,
  keepDocument,
  keepNotCopied,
  keepNotUpdated,
  keepProbe,
  keepReceipt,
  keepVault,
  lost,
  lostAfterwards,
  notCopied,
  notUpdated,
  onClock,
  question,
  showCopying,
  showGuidance,
  showProgress,
  showRecordFault,
  showUpdating,
  timedOut,
  toResult,
} from './transitions.js';
import { reportOf } from './report.js';
import { machineSetup } from './machine-setup.js';

/**
 * The procedure at the counter, from one visit to the next. It lives as long as the core does. Every way out of
 * `visit` leads through `ending`: the vault is erased first, then one record is written, and only then can
 * another visit begin.
 */
export const visitMachine = (effects: Effects) =>
  machineSetup(effects).createMachine({
    context: ({ input }) => ({
      settings: { ...input, liveness: input.liveness ?? 'off', delays: { ...delays, ...input.delays } },
      ability: { is: 'unknown' },
      practice: false,
      visit: nothingYet,
      focus: undefined,
      selfTest: notBegun,
      settable: false,
      setting: undefined,
      clockSet: undefined,
      update: noUpdate,
      stick: false,
      copy: noCopy,
    }),
    on: {
      available: {
        actions: assign(({ event }) => ({ ability: { is: 'able' }, practice: event.practice })),
      },
      unavailable: { actions: assign(({ event }) => ({ ability: { is: 'unable', fault: event.fault } })) },
      clock: { actions: 'tell clock' },
      offer: { actions: 'tell offer' },
      stick: { actions: 'tell stick' },
      returned: { actions: 'tell returned' },
    },
    initial: 'starting',
    states: {
      starting: {
        always: [
          { guard: 'able', target: 'idle' },
          { guard: 'unable', target: 'unavailable' },
        ],
      },
      unavailable: {
        entry: 'focus',
        always: { guard: 'able', target: 'idle' },
        on: {
          'self-test': 'testing',
          // A newer version may mend what is wrong.
          update: { guard: 'update found', target: 'update' },
          'copy-records': { guard: 'stick without update', target: 'copy' },
          focus: { actions: 'focus' },
        },
      },
      idle: {
        id: 'idle',
        entry: ['forget', 'focus'],
        always: { guard: 'unable', target: 'unavailable' },
        on: {
          begin: { target: 'visit', actions: 'begin' },
          'self-test': 'testing',
          'set-clock': { guard: 'clock settable', target: 'clock', actions: 'begin setting' },
          update: { guard: and(['update found', not('returned')]), target: 'update' },
          'copy-records': { guard: and(['stick without update', not('returned')]), target: 'copy' },
          // What is told of the last update is read before the next is begun.
          dismiss: {
            guard: 'returned',
            actions: ['forget update', { type: 'note update', params: { returned: undefined } }, 'focus'],
          },
          focus: { actions: 'focus' },
        },
      },

      // Between two visits: no visitor, no picture of one, and so no record.
      testing: {
        entry: { type: 'examine', params: notBegun },
        invoke: { src: 'selfTest' },
        on: {
          checked: { actions: keepChecks },
          tested: [
            { guard: 'stopped', target: 'idle' },
            { target: 'tested', actions: keepChecks },
          ],
          // The camera saw the room, and may have seen somebody.
          'erasure-unproven': 'unproven',
          back: { actions: 'stop self-test' },
          cancel: { actions: 'stop self-test' },
        },
      },
      tested: {
        ...question('tested', { done: 'idle', 'self-test': 'testing', back: 'idle', cancel: 'idle' }),
        after: { key: 'idle' },
      },

      // Between two visits as well. Nothing is recorded of it: each record says by whose word its time is trusted.
      clock: {
        initial: 'setting-clock',
        states: {
          'setting-clock': {
            id: 'setting-clock',
            entry: 'focus',
            on: {
              'set-time': 'applying-clock',
              turn: { target: '#setting-clock', reenter: true, actions: onClock.turned },
              take: { target: '#setting-clock', reenter: true, actions: onClock.taken },
              back: [
                { guard: 'part open', target: '#setting-clock', reenter: true, actions: onClock.left },
                { target: '#idle' },
              ],
              cancel: '#idle',
            },
            after: { key: '#idle' },
          },
          'applying-clock': {
            invoke: {
              src: 'setClock',
              input: ({ context: { setting, clockSet } }) => ({
                time: setting!.time,
                // Whoever was told that it lies before the last record, and sets it all the same, says so.
                corrected: clockSet?.is === 'not-set' && clockSet.why === 'before-record',
              }),
            },
            on: {
              'clock-set': { target: 'clock-set', actions: keepClockSet },
              'clock-not-set': { target: 'clock-not-set', actions: keepClockNotSet },
            },
            after: {
              setClock: {
                target: 'clock-not-set',
                actions: { type: 'keep clock set', params: { is: 'not-set', why: 'clock-failed' } },
              },
            },
          },
          'clock-set': {
            entry: 'focus',
            on: { done: '#idle', back: '#idle', cancel: '#idle' },
            after: { erased: '#idle' },
          },
          'clock-not-set': {
            ...question('clock-not-set', {
              'change-time': { guard: not('clock denied'), target: 'setting-clock', actions: 'change time' },
              'set-anyway': { guard: 'before the last record', target: 'applying-clock' },
              done: '#idle',
              back: { guard: not('clock denied'), target: 'setting-clock', actions: 'change time' },
              cancel: '#idle',
            }),
            after: { key: '#idle' },
          },
        },
      },

      // Between two visits as well: the box restarts only here, where nothing of a visitor is left.
      update: {
        initial: 'update-found',
        states: {
          'update-found': {
            ...question('update-found', {
              'install-update': { target: 'updating', actions: 'agree to update' },
              'not-now': '#idle',
              back: '#idle',
              cancel: '#idle',
            }),
            always: { guard: not('update found'), target: '#idle' },
            after: { key: '#idle' },
          },
          updating: {
            invoke: { src: 'update', input: ({ context }) => context.update.version! },
            on: {
              'update-progress': { actions: showUpdating },
              updated: 'restarting',
              'not-updated': { target: 'update-failed', actions: keepNotUpdated },
              'update-cancelled': '#idle',
              back: { guard: 'nothing written', actions: 'stop update' },
              cancel: { guard: 'nothing written', actions: 'stop update' },
            },
            after: { update: notUpdated('no-answer') },
          },
          restarting: {
            invoke: { src: 'restart' },
            on: { 'not-updated': { target: 'update-failed', actions: keepNotUpdated } },
            after: { restart: notUpdated('restart-failed') },
          },
          'update-failed': {
            ...question('update-failed', { done: '#idle', back: '#idle', cancel: '#idle' }),
            after: { key: '#idle' },
          },
        },
      },

      // Between two visits as well: no record is written while they are taken out.
      copy: {
        initial: 'copy-asked',
        states: {
          'copy-asked': {
            ...question('copy-asked', {
              'copy-now': { target: 'copying', actions: 'begin copy' },
              'not-now': '#idle',
              back: '#idle',
              cancel: '#idle',
            }),
            always: { guard: not('stick without update'), target: '#idle' },
            after: { key: '#idle' },
          },
          copying: {
            invoke: { src: 'copyRecords' },
            on: {
              'copy-progress': { actions: showCopying },
              copied: { target: 'copied', actions: keepCopied },
              'not-copied': { target: 'copy-failed', actions: keepNotCopied },
              'copy-cancelled': '#idle',
              back: { actions: 'stop copy' },
              cancel: { actions: 'stop copy' },
            },
            after: { copy: notCopied },
          },
          copied: {
            ...question('copied', { done: '#idle', back: '#idle', cancel: '#idle' }),
            after: { key: '#idle' },
          },
          'copy-failed': {
            ...question('copy-failed', { done: '#idle', back: '#idle', cancel: '#idle' }),
            after: { key: '#idle' },
          },
        },
      },

      visit: {
        initial: 'reason',
        on: { cancel: cancelled, 'vault-lost': lost, 'device-lost': lost, failed: lost },
        states: {
          reason: question('reason', {
            'clear-by-sight': decided('visually-clear'),
            'compare-faces': 'notice',
            proxy: decided('proxy'),
            back: cancelled,
          }),
          notice: question('notice', {
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
            // Once a picture was begun the visitor can no longer be told that none was taken.
            back: { guard: 'no picture begun', target: 'notice' },
          }),
          scanning: {
            entry: { type: 'note', params: { pictures: true, document: undefined, progress: 0 } },
            invoke: { src: 'scan', input: ({ context }) => context.settings.way },
            on: {
              progress: { actions: showProgress },
              'picture-taken': [
                { guard: 'picture unusable', target: 'document-poor', actions: keepDocument },
                { guard: 'probe usable', target: 'comparing', actions: keepDocument },
                { target: 'before-photograph', actions: keepDocument },
              ],
              back: 'place-document',
            },
            after: { scan: failed('scanner-stalled') },
          },
          'document-poor': question('document-poor', {
            'scan-again': 'scanning',
            stop: explained('not-comparable'),
            back: 'place-document',
          }),

          'before-photograph': question('before-photograph', {
            'photograph-now': 'photographing',
            back: 'place-document',
          }),
          photographing: {
            entry: {
              type: 'note',
              params: { pictures: true, probe: undefined, progress: 0, guidance: nothingYet.guidance },
            },
            invoke: { src: 'photograph' },
            on: {
              progress: { actions: showProgress },
              guidance: { actions: showGuidance },
              'picture-taken': [
                { guard: 'photograph unusable', target: 'photograph-poor', actions: keepProbe },
                { target: 'comparing', actions: keepProbe },
              ],
              back: 'before-photograph',
            },
            after: { photograph: timedOut },
          },
          'photograph-poor': question('photograph-poor', {
            'photograph-again': 'photographing',
            stop: explained('not-comparable'),
            back: 'before-photograph',
          }),

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
          // The number is guidance and the clerk decides; handing over against it takes one step more.
          above: question('above', {
            'hand-over': decided('verified'),
            'photograph-again': 'photographing',
            'ask-superior': 'consulting',
            'do-not-hand-over': explained('not-verified'),
          }),
          below: question('below', {
            'photograph-again': 'photographing',
            'scan-again': 'place-document',
            'do-not-hand-over': explained('not-verified'),
            'ask-superior': 'consulting',
          }),
          consulting: {
            ...question('consulting', {
              'do-not-hand-over': explained('not-verified'),
              'hand-over': decided('verified'),
              back: toResult,
            }),
            entry: ['focus', { type: 'note', params: { superiorAsked: true } }],
            after: { superior: timedOut },
          },
        },
      },

      // The outcome stands: whatever comes now leaves it so, except the clerk's own step back.
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
                modelHash: context.visit.vault?.modelHash,
              }),
            },
            on: {
              recorded: [
                { guard: 'erasure proven', target: '#erased', actions: keepReceipt },
                { target: '#unproven' },
              ],
              'not-recorded': { target: 'unrecorded', actions: showRecordFault },
            },
            // The writing goes on: given up and begun again, it might leave two records of one visit.
            after: { record: { actions: { type: 'note', params: { recordFault: 'record-failed' } } } },
          },
          unrecorded: { on: { retry: 'recording' }, after: { recordAgain: 'recording' } },
        },
      },
      erased: {
        id: 'erased',
        entry: 'focus',
        on: { done: 'idle', back: 'idle', cancel: 'idle' },
        after: { erased: 'idle' },
      },
      // Somewhere a process may still hold a face: no way leads out of here but the plug.
      unproven: { id: 'unproven' },
    },
  });

export type VisitMachine = ReturnType<typeof visitMachine>;
export type VisitSnapshot = SnapshotFrom<VisitMachine>;

type Leaf<Value> = Value extends string ? Value : Leaf<Value[keyof Value]>;

/** The name of the innermost state, of which no two are alike. */
export type VisitState = Leaf<VisitSnapshot['value']>;

export function stateOf({ value }: VisitSnapshot): VisitState {
  return typeof value === 'string' ? value : Object.values(value)[0];
}
