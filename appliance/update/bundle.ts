import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { err, ok, type Result } from '../result.js';
import { mount } from '../stick/mount.js';
import type { UpdateFault } from './protocol.js';
import { inspect, readSlots } from './rauc.js';
import { findSticks, type Stick } from '../stick/sticks.js';
import { isNewer, type Version } from './version.js';

/** A bundle that may be installed, or why none may be. */
export type Candidate = Result<{ readonly file: string; readonly version: Version }, UpdateFault>;

/** Reads at most so many bundles of a stick, from its top folder only. */
const maxBundles = 8;

/**
 * Inspects the bundles on the sticks, and calls `use` with the newest installable one of the first stick that has one,
 * while that stick is mounted. Otherwise calls it with the first reason for a refusal, or with undefined if there is no
 * bundle.
 */
export async function withBundle<T>(
  running: Version,
  signal: AbortSignal,
  use: (candidate: Candidate | undefined, stick: Stick | undefined) => Promise<T>,
): Promise<T> {
  let refused: Candidate | undefined;
  for (const stick of await findSticks(signal)) {
    const mounted = await mount(stick, 'read');
    if (!mounted.ok) {
      refused ??= mounted;
      continue;
    }
    try {
      const candidate = await newest(mounted.value.point, running, signal);
      if (candidate?.ok) return await use(candidate, stick);
      refused ??= candidate;
    } finally {
      await mounted.value.unmount();
    }
  }
  return use(refused, undefined);
}

async function newest(folder: string, running: Version, signal: AbortSignal): Promise<Candidate | undefined> {
  const names = await readdir(folder).catch(() => undefined);
  if (!names) return err('stick-unreadable');
  const bundles = names.filter((name) => name.endsWith('.raucb') && !name.startsWith('.')).sort();
  if (bundles.length === 0) return undefined;
  const slots = await readSlots();
  if (!slots) return err('not-set-up');
  let best: Candidate | undefined;
  for (const name of bundles.slice(0, maxBundles)) {
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
