import type { CounterSnapshot } from '../counter/machine.js';
import { type CounterState, stateOf, visitOf } from '../counter/snapshot.js';

/**
 * Who has the devices: a visit that can still be cancelled; a self-test or an erasure, after which they are checked
 * anyway; or nobody.
 */
export type DeviceUser = 'visit' | 'self-test-or-erasure' | 'nobody';

/** A self-test, by the clerk or a vendor; a bench test; and the erasure of a visit. */
const busy: readonly CounterState[] = [
  'testing',
  'examining',
  'bench-working',
  'bench-asking',
  'bench-pressing',
  'erasing',
];

export function deviceUser(snapshot: CounterSnapshot): DeviceUser {
  const visit = visitOf(snapshot);
  if (visit?.matches('undecided') || visit?.matches('explaining')) return 'visit';
  return busy.includes(stateOf(snapshot)) ? 'self-test-or-erasure' : 'nobody';
}

/** Nothing of a visit is left to be erased or recorded, and no self-test holds a device. */
export function isAtRest(snapshot: CounterSnapshot): boolean {
  return deviceUser(snapshot) === 'nobody' && !visitOf(snapshot)?.matches('ending');
}
