import { isDeepStrictEqual } from 'node:util';

import type { Change } from '../record/change.js';
import type { InForce, InForcePart } from '../record/in-force.js';
import type { MunicipalKey } from '../signature/municipal-key.js';
import type { Settings } from '../settings/settings.js';
import { weakened } from '../settings/strictness.js';
import { type Agreed, writeAgreed } from './agreed.js';
import type { DeviceManager } from './device-manager.js';
import { inForceOf } from './in-force.js';
import type { LoadedModel } from './models.js';
import {
  differences,
  keySettings,
  keysIn,
  type Noted,
  partOf,
  recogniserMayDiffer,
  valuesOf,
} from './noted.js';

export type ChangesParts = {
  readonly settings: Settings;
  readonly software: string;
  /** The state folder. */
  readonly folder: string;
  /** As `readAgreed` gives it. */
  readonly agreed: Agreed | undefined;
  /** Without a clerk: changes are agreed to at once, and recorded all the same. */
  readonly unattended: boolean;
  readonly devices: Pick<DeviceManager, 'camera' | 'scanner'>;
  /** What a vault has loaded last, once one has. */
  readonly loaded: () => LoadedModel | undefined;
  /** Whether a visit was recorded here before. */
  readonly hasRecords: () => boolean;
};

export type ChangesListener = {
  /** What the clerk has to see before the next visit; nothing if all is as it was. */
  readonly changed: (changes: readonly Change[]) => void;
  /** Other keys are in use from now on. */
  readonly keysAgreed: () => void;
};

/** The list of what was agreed to is lost, though visits were made. */
const forgotten: Change = { what: 'forgotten' };

/**
 * What differs from what the counter agreed to last. A key of the settings is used only from then on: whoever writes one on
 * the card has nothing of it before somebody at the counter has seen it.
 */
export class Changes {
  readonly #parts: ChangesParts;
  readonly #listener: ChangesListener;
  #agreed: Agreed | undefined;
  #shown: { readonly changes: readonly Change[]; readonly now?: Noted } = { changes: [] };
  #writing: Promise<void> = Promise.resolve();

  constructor(parts: ChangesParts, listener: ChangesListener) {
    this.#parts = parts;
    this.#listener = listener;
    this.#agreed = parts.agreed;
    // Before any vault loads with the keys.
    if (parts.unattended) this.#accept(this.#set, this.#differing(this.#set));
  }

  /** The municipality's key for packs and calibrations. */
  get signingKey(): MunicipalKey | undefined {
    return this.#keyInUse('keys.signing');
  }

  /** Whom copies of the records are encrypted to: an age recipient. */
  get exportKey(): string | undefined {
    return this.#keyInUse('keys.export');
  }

  /** Whether the recogniser may be another than the last one, so that it must load before a visit. */
  get recogniserMayDiffer(): boolean {
    return this.#agreed !== undefined && recogniserMayDiffer(this.#agreed.agreed, this.#set);
  }

  /** Compares, and tells what the clerk has to see, if that is something else than before. */
  check(): void {
    const now = this.#now;
    const changes = this.#differing(now);
    if (changes.length === 0 || this.#parts.unattended) this.#accept(now, changes);
    const before = this.#shown.changes;
    const shown = this.#parts.unattended ? [] : changes;
    const same = isDeepStrictEqual(shown, before);
    this.#shown = { changes: same ? before : shown, now };
    if (!same) this.#listener.changed(shown);
  }

  /** The clerk has seen these. If they are not the last ones any more, those are still to be seen. */
  agree(seen: readonly Change[]): void {
    const { changes, now } = this.#shown;
    if (!now || changes !== seen) {
      // Once the counter has left them.
      queueMicrotask(() => this.#listener.changed(changes));
      return;
    }
    const before = [this.signingKey, this.exportKey];
    this.#accept(now, seen);
    this.#shown = { changes: [], now };
    if (before[0] !== this.signingKey || before[1] !== this.exportKey) this.#listener.keysAgreed();
  }

  /** What a visit begins under. */
  get inForce(): InForce {
    const { settings, ...others } = this.#now;
    const { recogniser } = others;
    const isKey = (name: string) => keySettings.some((key) => key === name);
    const keys = Object.entries(this.#agreed?.agreed.settings ?? {}).filter(([name]) => isKey(name));
    const rest = Object.entries(settings).filter(([name]) => !isKey(name));
    const now = { ...others, settings: Object.fromEntries([...rest, ...keys]) };
    const advised = this.#parts.loaded()?.recogniser.threshold;
    const low = recogniser && advised !== undefined && recogniser.threshold < advised;
    const weak = [...weakened(this.#parts.settings), ...(low ? ['visit.threshold'] : [])];
    return inForceOf(now, weak, this.#agreed?.changed ?? []);
  }

  /** A visit has begun, and its record says what had changed. */
  visitBegun(): void {
    if (this.#agreed && this.#agreed.changed.length > 0) this.#keep({ ...this.#agreed, changed: [] });
  }

  /** Waits until what was agreed to is written. */
  async close(): Promise<void> {
    await this.#writing;
  }

  #keyInUse(key: (typeof keySettings)[number]): string | undefined {
    return this.#agreed?.agreed.settings[key] as string | undefined;
  }

  /** What is known before anything has loaded or was found. */
  get #set(): Noted {
    const { settings, software } = this.#parts;
    return { software, settings: valuesOf(settings) };
  }

  get #now(): Noted {
    const { devices, loaded } = this.#parts;
    const model = loaded();
    const [camera, scanner] = [devices.camera.label, devices.scanner.label];
    return {
      ...this.#set,
      ...(model ? { recogniser: notedOf(model) } : {}),
      ...(camera === undefined ? {} : { camera }),
      ...(scanner === undefined ? {} : { scanner }),
    };
  }

  #differing(now: Noted): readonly Change[] {
    if (this.#agreed) return differences(this.#agreed.agreed, now);
    return [...(this.#parts.hasRecords() ? [forgotten] : []), ...keysIn(now)];
  }

  /** What is not known now stays as it was known. */
  #accept(now: Noted, changes: readonly Change[]): void {
    const agreed = { ...this.#agreed?.agreed, ...now };
    const parts = new Set<InForcePart>([...(this.#agreed?.changed ?? []), ...changes.map(partOf)]);
    this.#keep({ version: 1, agreed, changed: [...parts] });
  }

  #keep(agreed: Agreed): void {
    const same = JSON.stringify(agreed) === JSON.stringify(this.#agreed);
    this.#agreed = agreed;
    if (!same) this.#writing = this.#writing.then(() => writeAgreed(this.#parts.folder, agreed));
  }
}

function notedOf({ recogniser, threshold }: LoadedModel): NonNullable<Noted['recogniser']> {
  const { model, modelHash, calibrationHash } = recogniser;
  return { id: model, sha256: modelHash, threshold, calibration: calibrationHash ?? null };
}
