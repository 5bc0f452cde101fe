import type { VisitSnapshot } from '../visit/machine.js';

/**
 * Who has the devices: a visit that can still be cancelled; a self-test or an erasure, after which they are checked
 * anyway; or nobody.
 */
export type DeviceUser = 'visit' | 'self-test-or-erasure' | 'nobody';

export function deviceUser(snapshot: VisitSnapshot): DeviceUser {
  if (snapshot.matches('visit') || snapshot.matches('explaining')) return 'visit';
  if (snapshot.matches('testing') || snapshot.matches({ ending: 'erasing' })) return 'self-test-or-erasure';
  return 'nobody';
}

/** Nothing of a visit is left to be erased or recorded, and no self-test holds a device. */
export function isAtRest(snapshot: VisitSnapshot): boolean {
  return !(['visit', 'explaining', 'ending', 'testing'] as const).some((state) => snapshot.matches(state));
}
