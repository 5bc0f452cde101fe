import type { FaultCode } from '../findings.js';
import type { FromClerk } from '../procedure/event.js';
import type { StickNews } from '../upkeep/copy-records.js';
import type { ChangesNews } from '../upkeep/show-changes.js';
import type { OfferNews, Returned } from '../upkeep/update.js';
import type { VendorNews } from '../upkeep/vendor.js';
import type { Loss } from '../visit/event.js';

/** Everything that can happen at the counter. */
export type CounterEvent = FromClerk | FromCore;

export type FromCore = News | Loss;

/** Events that the counter handles in every state. */
export type News =
  /** A visit could begin; `practice` if a bench device is in use. */
  | { readonly type: 'available'; readonly practice: boolean }
  | { readonly type: 'unavailable'; readonly fault: FaultCode }
  /** Whether the time is not trusted, and the clerk could set the clock. */
  | { readonly type: 'clock'; readonly settable: boolean }
  | OfferNews
  | ({ readonly type: 'returned' } & Returned)
  /** Whether a USB stick is plugged in that nobody has asked to look at. */
  | { readonly type: 'unseen-stick'; readonly there: boolean }
  | StickNews
  | ChangesNews
  | VendorNews;
