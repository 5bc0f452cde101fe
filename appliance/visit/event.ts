import type { FaultCode } from '../findings.js';
import type { FromClerk } from '../procedure/event.js';
import type { Comparison } from '../protocol/vault.js';
import type { Guidance, Picture, Progress, Receipt, Recogniser, RecordFault, Waiting } from './news.js';

/** Everything that can happen to a visit. */
export type VisitEvent = FromClerk | Loss | FromEffect;

/** The visit's vault died, hung or sent nonsense; or one of its devices is gone. */
export type Loss = { readonly type: 'vault-lost' | 'device-lost'; readonly fault: FaultCode };

export type FromEffect =
  | Progress
  | Guidance
  | Waiting
  | { readonly type: 'begun' }
  | ({ readonly type: 'vault-taken' } & Recogniser)
  | ({ readonly type: 'picture-taken' } & Picture)
  | { readonly type: 'compared'; readonly comparison: Comparison }
  | { readonly type: 'failed'; readonly fault: FaultCode }
  | { readonly type: 'erasure-proven' | 'erasure-unproven' }
  | ({ readonly type: 'recorded' } & Receipt)
  | { readonly type: 'not-recorded'; readonly fault: RecordFault };
