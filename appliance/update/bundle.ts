import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { err, ok, type Result } from '../result.js';
import { mount } from '../stick/mount.js';
import type { UpdateFault } from './protocol.js';
import { inspect, readSlots } from './rauc.js';
import { lookAtSticks, type Stick } from '../stick/sticks.js';
import { isNewer, type Version } from './version.js';

/** A bundle that may be installed, or why none may be. */
export type Candidate = Result<{ readonly file: string; readonly version: Version }, UpdateFault>;

/** For looking at all bundles; one more may take a minute, and then the answer must still be in time. */
const longestLookMs = 90_000;

/**
 * Inspects the bundles on the sticks, and calls `use` with the newest installable one of the first stick that has one,
 * while that stick is mounted. Otherwise calls it with the first reason for a refusal, or with undefined if there is no
 * bundle on any stick, and none that cannot be used.
 *
 * @param longestMs for looking at bundles; if more are left by then, it is not known which is the newest
 */
export async function withBundle<T>(
  running: Version,
  signal: AbortSignal,
  use: (candidate: Candidate | undefined, stick: Stick | undefined) => Promise<T>,
  longestMs = longestLookMs,
): Promise<T> {
  const deadline = performance.now() + longestMs;
  const { sticks, unusable } = await lookAtSticks(signal);
  let refused: Candidate | undefined;
  for (const stick of sticks) {
    const mounted = await mount(stick, 'read');
    if (!mounted.ok) {
      refused ??= mounted;
      continue;
    }
    try {
      const candidate = await newest(mounted.value.point, running, deadline, signal);
      if (candidate?.ok) return await use(candidate, stick);
      refused ??= candidate;
    } finally {
      await mounted.value.unmount();
    }
  }
  return use(refused ?? (unusable && err(unusable)), undefined);
}

/** The newest bundle in the top folder, however many there are. */
async function newest(
  folder: string,
  running: Version,
  deadline: number,
  signal: AbortSignal,
): Promise<Candidate | undefined> {
  const names = await readdir(folder).catch(() => undefined);
  if (!names) return err('stick-unreadable');
  const bundles = names.filter((name) => /^[^.].*\.raucb$/i.test(name)).sort();
  if (bundles.length === 0) return undefined;
  const slots = await readSlots();
  if (!slots) return err('not-set-up');
  let best: Candidate | undefined;
  for (const name of bundles) {
    if (signal.aborted) break;
    if (performance.now() > deadline) return err('too-many-updates');
    const candidate = await inspectBundle(join(folder, name), slots.compatible, running, signal);
    if (!best || (candidate.ok && (!best.ok || isNewer(candidate.value.version, best.value.version))))
      best = candidate;
  }
  return best;
}

async function inspectBundle(
  file: string,
  compatible: string,
  running: Version,
  signal: AbortSignal,
): Promise<Candidate> {
  const manifest = await inspect(file, signal);
  if (!manifest.ok) return manifest;
  if (manifest.value.compatible !== compatible) return err('other-box');
  const { version } = manifest.value;
  return isNewer(version, running) ? ok({ file, version }) : err('not-newer');
}
