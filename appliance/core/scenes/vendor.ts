import type { Scene, VendorStickNews } from '../../panel/view.js';
import { askedIn, pressedIn, type VendorReported, type VendorStick } from '../../upkeep/vendor.js';
import type { BoxNumbers } from '../../protocol/vendor.js';
import type { ShownProcedure } from './shown.js';

export function vendorScene({ value, context }: ShownProcedure<'vendor'>): Scene {
  const { token, entered, bench, checks, why } = context;
  const state = typeof value === 'string' ? value : 'bench-test';
  switch (state) {
    case 'vendor-entering':
    case 'vendor-saving':
      return { name: state };
    case 'vendor-menu':
      return {
        name: state,
        ...numbersIn(entered?.numbers),
        until: token.until,
        dated: entered?.dated ?? false,
      };
    case 'bench-test': {
      const { type: _, request: __, ...now } = bench;
      const scene = { ...now, ask: askedIn(bench), press: pressedIn(bench) };
      return { name: state, ...scene, steps: [...now.steps] };
    }
    case 'examining':
      return { name: 'self-test', checks: [...checks.checks], now: checks.now, waiting: checks.waiting };
    case 'vendor-reported':
      return {
        name: state,
        ...reported(context.reported),
        copies: [...(context.saved ?? [])],
        ...(context.unsaved ? { why: context.unsaved } : {}),
      };
    case 'vendor-refused':
      return { name: state, why: why!, ...numbersIn(entered?.numbers) };
  }
}

/** What a stick with a token offers between visits, or why it offers nothing. */
export function vendorNews(stick: VendorStick): { readonly vendor?: VendorStickNews } {
  switch (stick.is) {
    case 'none':
      return {};
    case 'found':
      return { vendor: { is: 'found' } };
    case 'refused':
      return { vendor: { is: 'refused', why: stick.why, ...numbersIn(stick.numbers) } };
  }
}

function numbersIn({ box, image }: BoxNumbers = {}) {
  return { ...(box === undefined ? {} : { box }), ...(image === undefined ? {} : { image }) };
}

function reported(made: VendorReported | undefined) {
  if (made?.of === 'bench-test') return { bench: { outcome: made.outcome, steps: [...made.steps] } };
  return { checks: [...(made?.checks ?? [])] };
}
