import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { err, ok, type Result } from '../result.js';
import { mount } from '../stick/mount.js';
import type { UpdateFault } from './protocol.js';
import { inspect, readSlots } from './rauc.js';
import { findSticks, type Stick } from '../stick/sticks.js';
import { isNewer, type Version } from './version.js';

/** A bundle that may be installed, or why one may not. */
export type Judged = Result<{ readonly file: string; readonly version: Version }, UpdateFault>;

/** On one stick, in its top folder: what is there to be looked at, and nothing else is read. */
const mostBundles = 8;

/**
 * Looks at each bundle of each stick, and does something with the newest that may be installed while its stick is
 * mounted, or with the reason against the first that may not. Undefined where no stick has any.
 */
export async function withBundle<T>(
  running: Version,
  signal: AbortSignal,
  use: (judged: Judged | undefined, stick: Stick | undefined) => Promise<T>,
): Promise<T> {
  let refused: Judged | undefined;
  for (const stick of await findSticks(signal)) {
    const mounted = await mount(stick, 'read');
    if (!mounted.ok) {
      refused ??= mounted;
      continue;
    }
    try {
      const judged = await judgeAll(mounted.value.point, running, signal);
      if (judged?.ok) return await use(judged, stick);
      refused ??= judged;
    } finally {
      await mounted.value.unmount();
    }
  }
  return use(refused, undefined);
}

async function judgeAll(folder: string, running: Version, signal: AbortSignal): Promise<Judged | undefined> {
  const names = await readdir(folder).catch(() => undefined);
  if (!names) return err('stick-unreadable');
  const bundles = names.filter((name) => name.endsWith('.raucb') && !name.startsWith('.')).sort();
  if (bundles.length === 0) return undefined;
  const slots = await readSlots();
  if (!slots) return err('not-set-up');
  let best: Judged | undefined;
  for (const name of bundles.slice(0, mostBundles)) {
    const judged = await judge(join(folder, name), slots.compatible, running, signal);
    if (!best || (judged.ok && (!best.ok || isNewer(judged.value.version, best.value.version))))
      best = judged;
  }
  return best;
}

async function judge(
  file: string,
  compatible: string,
  running: Version,
  signal: AbortSignal,
): Promise<Judged> {
  const told = await inspect(file, signal);
  if (!told.ok) return told;
  if (told.value.compatible !== compatible) return err('other-box');
  const { version } = told.value;
  return isNewer(version, running) ? ok({ file, version }) : err('not-newer');
}
