import type { FaultCode } from '../findings.js';
import type { ProcedureContext } from '../procedure/context.js';
import type { Change } from '../record/change.js';
import type { Offer, Returned } from '../upkeep/update.js';
import type { VendorStick } from '../upkeep/vendor.js';
import type { VisitSettings } from '../visit/context.js';
import { type Delays, delays } from '../visit/delays.js';
import type { LivenessMode } from '../visit/liveness.js';
import type { Limits } from '../visit/tries.js';

/** What the counter's machine starts with. Defaults: liveness `off`, 3 photographs, 2 scans, delays from `visit/delays.ts`. */
export type Input = Omit<VisitSettings, 'liveness' | 'limits'> & {
  readonly liveness?: LivenessMode;
  readonly limits?: Limits;
  readonly delays?: Partial<Delays>;
};

/** Whether a visit can begin, by the last report of the core. */
export type Availability =
  | { readonly is: 'unknown' }
  | { readonly is: 'available' }
  | { readonly is: 'unavailable'; readonly fault: FaultCode };

export type Context = ProcedureContext & {
  readonly settings: VisitSettings;
  readonly delays: Delays;
  readonly availability: Availability;
  /** A bench device is in use. */
  readonly practice: boolean;
  /** The time is not trusted, and the clerk could set the clock. */
  readonly clockSettable: boolean;
  /** The update on a USB stick. */
  readonly offer: Offer;
  /** Set until the clerk has read it. */
  readonly returned: Returned | undefined;
  /** A USB stick is plugged in, and nobody has asked to look at it. */
  readonly unseenStick: boolean;
  /** A USB stick is plugged in, and was looked at. */
  readonly stick: boolean;
  /** What the clerk has to see before the next visit. */
  readonly changes: readonly Change[];
  /** A vendor's token on a USB stick. */
  readonly vendor: VendorStick;
};

const usualLimits: Limits = { photographs: 3, scans: 2 };

export function initialContext({
  way,
  policy,
  liveness = 'off',
  limits = usualLimits,
  delays: changed,
}: Input): Context {
  return {
    settings: { way, policy, liveness, limits },
    delays: { ...delays, ...changed },
    focus: undefined,
    availability: { is: 'unknown' },
    practice: false,
    clockSettable: false,
    offer: { is: 'none' },
    returned: undefined,
    unseenStick: false,
    stick: false,
    changes: [],
    vendor: { is: 'none' },
  };
}
