import assert from 'node:assert/strict';

import { type AnyStateNode, SimulatedClock } from 'xstate';

import { visitReport } from '../../appliance/record/entry.js';
import { ok } from '../../appliance/result.js';
import type { CounterState } from '../../appliance/counter/snapshot.js';
import type { DeviceKind } from '../../appliance/protocol/vault.js';
import { delays } from '../../appliance/visit/delays.js';
import type { Ending } from '../../appliance/visit/context.js';
import { counter, receipt, type Counter } from '../counter/counter.js';
import { explore, follow, type Path } from '../counter/explore.js';

/** Longer than any delay, so that whatever can time out does. */
const longEnough = Math.max(...Object.values(delays));

/** The states of one part of the visit, from its definition. */
function statesOf(part: 'undecided' | 'explaining' | 'ending'): CounterState[] {
  return Object.keys(counter().procedures.visit.root.states[part].states) as CounterState[];
}

/** How the visit ends when a task takes too long; where the clerk is waited for it is cancelled. */
const tookTooLong: Partial<Record<CounterState, Ending>> = {
  beginning: { outcome: 'fault', because: 'fault', fault: 'record-failed' },
  agreed: { outcome: 'fault', because: 'fault', fault: 'vault-hung' },
  scanning: { outcome: 'fault', because: 'fault', fault: 'scanner-stalled' },
  comparing: { outcome: 'fault', because: 'fault', fault: 'vault-hung' },
};

type Way = {
  readonly name: string;
  readonly happens: (visit: Counter) => Promise<void>;
  readonly ends: (at: CounterState) => Ending;
  /** What is recorded beside a decision that stands. */
  readonly beside?: Pick<Ending, 'fault'>;
};

const unplugged = (device: DeviceKind): Way => ({
  name: `a ${device} that is gone`,
  happens: (visit) => visit.send({ type: 'device-lost', fault: `${device}-missing` }),
  ends: () => ({ outcome: 'fault', because: 'fault', fault: `${device}-missing` }),
  beside: { fault: `${device}-missing` },
});

const ways: Way[] = [
  {
    name: 'cancel',
    happens: (visit) => visit.press('cancel'),
    ends: () => ({ outcome: 'cancelled', because: 'cancelled' }),
  },
  {
    name: 'silence',
    happens: (visit) => visit.wait(longEnough),
    ends: (at) => tookTooLong[at] ?? { outcome: 'cancelled', because: 'timed-out' },
  },
  {
    name: 'a vault that died',
    happens: (visit) => visit.send({ type: 'vault-lost', fault: 'vault-died' }),
    ends: () => ({ outcome: 'fault', because: 'fault', fault: 'vault-died' }),
  },
  unplugged('scanner'),
  unplugged('camera'),
];

/** What the clerk has decided before he explains it. */
const standing: Partial<Record<CounterState, Ending>> = {
  refused: { outcome: 'refused', because: 'decided' },
  'not-verified': { outcome: 'not-verified', because: 'decided' },
  'not-comparable': { outcome: 'not-comparable', because: 'decided' },
};

describe('the edges of the visit', () => {
  let paths: ReadonlyMap<CounterState, Path>;
  const at = (state: CounterState): Promise<Counter> => {
    const path = paths.get(state);
    assert(path, `nothing leads to ${state}`);
    return follow(path);
  };
  /** What is recorded, erased before, of the visit that has ended just now. */
  const recorded = async (visit: Counter): Promise<Ending> => {
    assert.equal(visit.state(), 'erasing');
    assert.deepEqual(visit.reports(), []);
    await visit.answer('erase', ok());
    await visit.answer('writeRecord', receipt);
    assert.equal(visit.state(), 'erased');
    const reports = visit.reports();
    assert.equal(reports.length, 1);
    const { outcome, because, fault } = visitReport.parse(reports[0]);
    return { outcome, because, ...(fault === undefined ? {} : { fault }) };
  };

  before(async () => {
    paths = await explore();
  });

  it('reaches every state that is defined, and each has a name of its own', () => {
    const { machine, procedures } = counter();
    const leaves = [machine, ...Object.values(procedures)]
      .flatMap(({ root }) => Object.entries(root.states as Record<string, AnyStateNode>))
      .filter(([name, { type }]) => type !== 'final' && !(name in procedures))
      .flatMap(([name, { states }]) => (Object.keys(states).length === 0 ? [name] : Object.keys(states)));
    assert.equal(new Set(leaves).size, leaves.length);
    assert.deepEqual([...paths.keys()].sort(), leaves.sort());
    // A further part would need its own line below.
    assert.deepEqual(Object.keys(machine.root.states).sort(), [
      'changes',
      'copy-records',
      'idle',
      'self-test',
      'set-clock',
      'starting',
      'unavailable',
      'unproven',
      'update',
      'vendor',
      'visit',
    ]);
    assert.deepEqual(Object.keys(procedures.visit.root.states).sort(), [
      'ending',
      'erased',
      'explaining',
      'over',
      'undecided',
    ]);
  });

  for (const { name, happens, ends, beside } of ways) {
    for (const state of statesOf('undecided')) {
      it(`${name} ends ${state}`, async () => {
        const visit = await at(state);
        await happens(visit);
        assert.deepEqual(await recorded(visit), ends(state));
      });
    }
    for (const state of statesOf('explaining')) {
      it(`${name} leaves what was decided before ${state}`, async () => {
        const visit = await at(state);
        await happens(visit);
        assert.deepEqual(await recorded(visit), { ...standing[state], ...beside });
      });
    }
    for (const state of statesOf('ending')) {
      it(`${name} never breaks off ${state}`, async () => {
        const visit = await at(state);
        await happens(visit);
        assert(statesOf('ending').includes(visit.state()), visit.state());
      });
    }
  }

  it('aborts whatever was under way, but for the beginning of the record', async () => {
    for (const state of statesOf('undecided')) {
      if (state === 'beginning') continue;
      const visit = await at(state);
      const underWay = visit.open();
      await visit.press('cancel');
      assert(underWay.every(({ signal }) => signal.aborted));
      assert.deepEqual(
        visit.open().map(({ task }) => task),
        ['erase'],
      );
    }
  });

  it('goes one step back, and never from a picture to the notice', async () => {
    const back: Partial<Record<CounterState, CounterState>> = {
      beginning: 'erasing',
      reason: 'erasing',
      notice: 'reason',
      'place-document': 'notice',
      scanning: 'place-document',
      'document-poor': 'place-document',
      'before-photograph': 'place-document',
      photographing: 'before-photograph',
      'photograph-poor': 'before-photograph',
      consulting: 'above',
      refused: 'notice',
      'not-verified': 'above',
      'not-comparable': 'document-poor',
    };
    for (const state of [...statesOf('undecided'), ...statesOf('explaining')]) {
      const visit = await at(state);
      await visit.press('back');
      assert.equal(visit.state(), back[state] ?? state, `back from ${state}`);
    }
    const scanned = await at('before-photograph');
    await scanned.press('back', 'back');
    assert.equal(scanned.state(), 'place-document');
  });

  it('gives whoever presses keys two minutes more', async () => {
    const visit = await at('reason');
    await visit.wait(119_000);
    await visit.press('right');
    await visit.wait(119_000);
    assert.equal(visit.state(), 'reason');
    assert.equal(visit.view().focus, 0);
    await visit.wait(1_000);
    assert.equal(visit.state(), 'erasing');
  });

  it('keeps no timer and no task once it is idle', async () => {
    const visit = await at('erased');
    await visit.press('enter');
    assert.equal(visit.state(), 'idle');
    // The beginning of a record is never aborted, and its end waits for it.
    assert.deepEqual(
      visit.open().filter(({ task }) => task !== 'begin'),
      [],
    );
    assert.equal(timersOf(visit.clock), 0);
  });
});

/** The clock tells nobody how many timers it holds. */
function timersOf(clock: SimulatedClock): number {
  return (clock as unknown as { timeouts: Map<number, unknown> }).timeouts.size;
}
