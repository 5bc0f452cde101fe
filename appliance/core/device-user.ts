import type { CounterSnapshot } from '../counter/machine.js';
import { stateOf, visitOf } from '../counter/snapshot.js';

/**
 * Who has the devices: a visit that can still be cancelled; a self-test or an erasure, after which they are checked
 * anyway; or nobody.
 */
export type DeviceUser = 'visit' | 'self-test-or-erasure' | 'nobody';

export function deviceUser(snapshot: CounterSnapshot): DeviceUser {
  const visit = visitOf(snapshot);
  if (visit?.matches('undecided') || visit?.matches('explaining')) return 'visit';
  return ['testing', 'erasing'].includes(stateOf(snapshot)) ? 'self-test-or-erasure' : 'nobody';
}

/** Nothing of a visit is left to be erased or recorded, and no self-test holds a device. */
export function isAtRest(snapshot: CounterSnapshot): boolean {
  return deviceUser(snapshot) === 'nobody' && !visitOf(snapshot)?.matches('ending');
}
