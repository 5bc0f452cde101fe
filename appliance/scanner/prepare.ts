import { err, ok, type Result } from '../result.js';
import {
  chooseDepth,
  chooseEdge,
  chooseMode,
  chooseResolution,
  chooseSource,
  highestResolution,
  isForFilm,
  lowestResolution,
} from './choose.js';
import type { SaneDevice } from './sane/device.js';
import type { OptionValue } from './sane/option.js';
import type { SaneFault } from './sane/status.js';

/** What the driver's options lack for a scan: a place for a card, or 300 to 600 dpi. */
export type OptionFault = 'no-glass' | 'too-coarse';

/** Options that a driver refuses are left alone: the received page shows whether it is usable. */
const toleratedFaults: ReadonlySet<SaneFault> = new Set([
  'no-such-option',
  'not-allowed',
  'inval',
  'unsupported',
]);

/**
 * Sets the options that the scanner has: glass, colour, resolution, 8 bits, whole area. Each may change the next ones.
 *
 * @returns the resolution that the driver chose; undefined if it has no option for it
 */
export async function prepareGlass(
  device: SaneDevice,
  requested: number,
): Promise<Result<number | undefined, SaneFault | OptionFault>> {
  const source = device.option('source');
  if (source?.active && isForFilm(source)) return err('no-glass');
  const before = await setAll(device, [
    ['source', () => chooseSource(device.option('source'))],
    ['mode', () => chooseMode(device.option('mode'))],
  ]);
  if (!before.ok) return before;
  const resolution = await setResolution(device, requested);
  if (!resolution.ok) return resolution;
  const after = await setAll(device, [
    ['depth', () => chooseDepth(device.option('depth'))],
    ['tl-x', () => chooseEdge(device.option('tl-x'), 'near')],
    ['tl-y', () => chooseEdge(device.option('tl-y'), 'near')],
    ['br-x', () => chooseEdge(device.option('br-x'), 'far')],
    ['br-y', () => chooseEdge(device.option('br-y'), 'far')],
  ]);
  return after.ok ? resolution : after;
}

/** The width of the area that is scanned, in millimetres, if the driver says it in these. */
export async function widthOf(device: SaneDevice): Promise<number | undefined> {
  const edges: number[] = [];
  for (const name of ['tl-x', 'br-x']) {
    if (device.option(name)?.unit !== 'mm') return undefined;
    const edge = await device.get(name);
    if (!edge.ok || typeof edge.value !== 'number') return undefined;
    edges.push(edge.value);
  }
  return edges[1] - edges[0];
}

type Setting = readonly [name: string, choose: () => OptionValue | undefined];

async function setAll(
  device: SaneDevice,
  settings: readonly Setting[],
): Promise<Result<undefined, SaneFault>> {
  for (const [name, choose] of settings) {
    const value = choose();
    const done = value === undefined ? ok() : await device.set(name, value);
    if (!done.ok && !toleratedFaults.has(done.error)) return done;
  }
  return ok();
}

/** One option for both directions, or one for each (SANE's saneopts.h). */
const resolutionNames = ['resolution', 'x-resolution', 'y-resolution'];

async function setResolution(
  device: SaneDevice,
  requested: number,
): Promise<Result<number | undefined, SaneFault | OptionFault>> {
  const options = resolutionNames.flatMap((name) => device.option(name) ?? []).filter(({ active }) => active);
  if (options.length === 0) return ok(undefined);
  const dpi = chooseResolution(options, requested);
  const taken: number[] = [];
  for (const { name } of options) {
    const one = await setAndRead(device, name, dpi);
    if (!one.ok) return one;
    if (one.value !== undefined) taken.push(Math.round(one.value));
  }
  if (taken.length === 0) return ok(undefined);
  if (taken.some((each) => each !== taken[0])) return err('unsupported');
  return taken[0] >= lowestResolution && taken[0] <= highestResolution ? ok(taken[0]) : err('too-coarse');
}

/** The number that the option has after it was set, if it can be known. */
async function setAndRead(
  device: SaneDevice,
  name: string,
  value: number | undefined,
): Promise<Result<number | undefined, SaneFault>> {
  const set = value === undefined ? err('not-allowed' as const) : await device.set(name, value);
  if (!set.ok && !toleratedFaults.has(set.error)) return set;
  const got = await device.get(name);
  if (!got.ok && !toleratedFaults.has(got.error)) return got;
  const known = got.ok ? got : set;
  return ok(known.ok && typeof known.value === 'number' ? known.value : undefined);
}
