import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { type ActorRefFrom, createActor, waitFor } from 'xstate';

import { decideThreshold, type ThresholdAsked } from '../calibration/threshold.js';
import { type Clock, clockOf } from '../clock/clock.js';
import type { FaultCode } from '../findings.js';
import type { Machine } from '../health/self-test.js';
import { present } from '../panel/present.js';
import type { Key, Language, Scene, View } from '../panel/view.js';
import type { Entry } from '../record/entry.js';
import { openRecords, type Records } from '../record/records.js';
import { err, ok, type Result } from '../result.js';
import type { Settings } from '../settings/settings.js';
import { Spare } from '../vault/spare.js';
import type { OwnModel } from '../vault/protocol.js';
import { startVault } from '../vault/vault.js';
import type { Choice } from '../visit/choice.js';
import { press } from '../visit/choices.js';
import type { Input } from '../visit/context.js';
import type { Effects } from '../visit/effects.js';
import { visitMachine, type VisitMachine, type VisitSnapshot } from '../visit/machine.js';
import { Countdown } from './countdown.js';
import { type Devices, isPractice, settleDevices, type Wanted } from './devices.js';
import { collectGarbage } from './garbage.js';
import { emptied, Health, onBox } from './health.js';
import { type Equipment, visitEffects } from './visit-effects.js';

/** In milliseconds: how often a machine that cannot work looks whether it can again. */
const lookAgainEvery = 3000;
/** In milliseconds: one of these keys that comes sooner after a new scene was meant for the one before. */
const tooSoon = 300;
const hasty: readonly Key[] = ['enter', 'next'];
/** In milliseconds: how long a visit that is stopped may take to be erased and recorded. */
const stopWithin = 20_000;

export type Parts = {
  readonly settings: Settings;
  readonly settingsProblems: number;
  /** Where the first of them is; undefined where it is the file as a whole. */
  readonly settingsLine: number | undefined;
  readonly wanted: Wanted;
  readonly model: OwnModel;
  readonly recordFile: string;
  readonly software: string;
};

/** What the appliance tells whoever runs it. */
export type Hearer = {
  readonly view: (view: View) => void;
  readonly recorded: (entry: Entry) => void;
  readonly quit: () => void;
  readonly bug: (thrown: unknown) => void;
};

/**
 * The running appliance: the visit, and what it is made with. It draws nothing and reads no key itself; panels
 * and the command line hear its views and press its keys.
 */
export class Appliance {
  readonly #parts: Parts;
  readonly #hearer: Hearer;
  readonly #clock: Clock;
  readonly #spare: Spare;
  readonly #actor: ActorRefFrom<VisitMachine>;
  readonly #countdown: Countdown;
  readonly #health: Health;
  #language: Language;
  #records: Records | undefined;
  #devices: Devices | undefined;
  #preparing: Promise<void> | undefined;
  #shown: { readonly scene: Scene['name'] | undefined; readonly since: number } = {
    scene: undefined,
    since: 0,
  };
  /** A device of the last visit failed. */
  #failed = false;
  #stopped = false;

  constructor(parts: Parts, hearer: Hearer) {
    this.#parts = parts;
    this.#hearer = hearer;
    this.#spare = new Spare(() => startVault(parts.model));
    this.#clock = clockOf(dirname(parts.recordFile));
    this.#health = new Health(this.#machine());
    this.#language = parts.settings.place.language;
    this.#actor = createActor(visitMachine(this.#effects()), { input: inputOf(parts.settings) });
    this.#countdown = new Countdown(() => this.#show());
    this.#actor.subscribe((snapshot) => {
      this.#countdown.follow(snapshot);
      this.#show();
    });
  }

  start(): void {
    this.#actor.start();
    this.#prepare();
  }

  press(key: Key): void {
    if (key === 'quit') {
      this.#hearer.quit();
    } else if (key === 'language') {
      this.#language = this.#language === 'ja' ? 'en' : 'ja';
      this.#show();
    } else if (!hasty.includes(key) || performance.now() - this.#shown.since >= tooSoon) {
      const event = press(this.#actor.getSnapshot(), key);
      if (event) this.#actor.send(event);
      this.#countdown.follow(this.#actor.getSnapshot(), true);
    }
  }

  get snapshot(): VisitSnapshot {
    return this.#actor.getSnapshot();
  }

  choose(choice: Choice): void {
    this.#actor.send({ type: choice });
  }

  /** Ends the visit under way, waits until it is erased and recorded, and lets go of everything. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#actor.send({ type: 'cancel' });
    await waitFor(this.#actor, isAtRest, { timeout: stopWithin }).catch(() => undefined);
    this.#actor.stop();
    this.#countdown.stop();
    await this.#spare.close();
    await this.#records?.close();
  }

  get #asked(): ThresholdAsked {
    const { threshold, fmr } = this.#parts.settings.visit;
    return { score: threshold, falseMatchRate: fmr };
  }

  #show(): void {
    const { settings, settingsProblems, settingsLine } = this.#parts;
    const { municipality, counter } = settings.place;
    const snapshot = this.#actor.getSnapshot();
    const missing = snapshot.context.ability.is === 'unable' ? snapshot.context.ability.fault : '';
    const state = (device: string) =>
      missing.startsWith(device) ? 'missing' : this.#devices ? 'ready' : 'looking';
    const view = present(snapshot, {
      language: this.#language,
      municipality,
      counter,
      camera: state('camera'),
      scanner: state('scanner'),
      cameraLight: false,
      settingsProblems,
      settingsLine,
      tornRecords: this.#records?.torn ?? 0,
      warnings: this.#health.warnings,
      ...this.#countdown.shown,
    });
    if (view.scene.name !== this.#shown.scene)
      this.#shown = { scene: view.scene.name, since: performance.now() };
    this.#hearer.view(view);
  }

  #effects(): Effects {
    const { settings, software } = this.#parts;
    const { municipality, counter } = settings.place;
    const equipment: Equipment = {
      spare: this.#spare,
      clock: this.#clock,
      records: () => this.#records,
      surroundings: { municipality, counter, software },
      resolution: settings.devices.resolution,
      threshold: this.#asked,
      challenge: settings.visit.liveness !== 'off',
      devices: () => this.#devices,
      health: this.#health,
    };
    return visitEffects(equipment, {
      vaultLost: (fault) => this.#actor.send({ type: 'vault-lost', fault }),
      deviceFailed: () => (this.#failed = true),
      selfTested: () => this.#prepare(),
      erased: () => {
        this.#prepare();
        collectGarbage();
      },
      recorded: (entry) => this.#hearer.recorded(entry),
      bug: (thrown) => this.#hearer.bug(thrown),
    });
  }

  /** What the self-test looks at. */
  #machine(): Machine {
    const { model, recordFile, settings, wanted } = this.#parts;
    return {
      own: model,
      recordFile,
      onBox,
      resolution: settings.devices.resolution,
      lights: () => (settings.panel.lights === 'off' ? 'off' : 'silent'),
      clock: async () => {
        await this.#clock.look();
        return this.#clock.judge(this.#clock.read(), this.#records?.trustedAt);
      },
      camera: async () => {
        const devices = await settleDevices({ ...wanted, document: '' }, this.#devices);
        return devices.ok ? ok({ choice: devices.value.camera }) : devices;
      },
      scanner: async () => {
        const devices = await settleDevices({ ...wanted, frames: '' }, this.#devices);
        return devices.ok ? ok(emptied(devices.value.scanner)) : devices;
      },
      lit: (work) => work(),
    };
  }

  /** Makes the next visit possible, and tells the machine once it is, or why it is not. */
  #prepare(): void {
    this.#preparing ??= this.#prepareNow().finally(() => (this.#preparing = undefined));
  }

  async #prepareNow(): Promise<void> {
    for (;;) {
      const able = await this.#ability();
      if (this.#stopped) return;
      if (able.ok) {
        this.#actor.send({ type: 'available', practice: isPractice(able.value) });
        return;
      }
      this.#actor.send({ type: 'unavailable', fault: able.error });
      await wait(lookAgainEvery, undefined, { ref: false });
    }
  }

  /** What the next visit would be made with, or the first thing that stands against one. */
  async #ability(): Promise<Result<Devices, FaultCode>> {
    const { recordFile, wanted } = this.#parts;
    const records = await this.#openRecords(recordFile);
    if (!records.ok) return records;
    const fault = await this.#health.fault();
    if (fault) return err(fault);
    const devices = await this.#settle(wanted);
    if (!devices.ok) return devices;
    const vault = await this.#spare.warmUp();
    if (!vault.ok) return vault;
    const { threshold, bounds } = vault.value.recogniser;
    const decided = decideThreshold(this.#asked, threshold, bounds);
    return decided.ok ? devices : decided;
  }

  /** No visit begins without its record file; one that did not open for want of room may open later. */
  async #openRecords(file: string): Promise<Result<undefined, FaultCode>> {
    if (this.#records) return ok();
    const records = await openRecords(file, this.#clock);
    if (!records.ok) return err(records.error.fault);
    this.#records = records.value;
    return ok();
  }

  /** Devices that served are asked for again only after one of them failed. */
  async #settle(wanted: Wanted): Promise<Result<Devices, FaultCode>> {
    if (this.#devices && !this.#failed) return ok(this.#devices);
    const devices = await settleDevices(wanted, this.#devices);
    if (devices.ok) {
      this.#devices = devices.value;
      this.#failed = false;
    }
    return devices;
  }
}

/** Nothing of a visit is left to be erased or recorded, and no self-test holds a device. */
function isAtRest(snapshot: VisitSnapshot): boolean {
  return !(['visit', 'explaining', 'ending', 'testing'] as const).some((state) => snapshot.matches(state));
}

function inputOf({ visit, time }: Settings): Input {
  const { way, policy, liveness } = visit;
  return {
    way,
    policy,
    liveness,
    delays: { key: time.key * 1000, scan: time.scan * 1000, photograph: time.photograph * 1000 },
  };
}
