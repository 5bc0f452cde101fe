import { dirname } from 'node:path';

import { createActor, waitFor } from 'xstate';

import type { RequestedThreshold } from '../calibration/threshold.js';
import { type Clock, clockOf } from '../clock/clock.js';
import type { Trust } from '../clock/trust.js';
import type { FromCore } from '../counter/event.js';
import { type CounterActor, counterMachine, type CounterSnapshot } from '../counter/machine.js';
import type { Effects } from '../counter/procedures.js';
import { activeOf, observe } from '../counter/snapshot.js';
import { press } from '../procedure/choices.js';
import type { Choice } from '../protocol/choice.js';
import type { Key } from '../protocol/key.js';
import { type Language, nextLanguage } from '../protocol/language.js';
import type { Lights } from '../protocol/lights.js';
import { ok } from '../result.js';
import { SpareVault } from '../vault-client/spare-vault.js';
import { startVault } from '../vault-client/start-vault.js';
import type { DeviceChanges } from './device-changes.js';
import { CameraLight } from './camera-light.js';
import { Changes } from './changes.js';
import { ClockOffer } from './clock-offer.js';
import { ClockWatch } from './clock-watch.js';
import { Countdown } from './countdown.js';
import { DeviceManager } from './device-manager.js';
import { collectGarbage } from './garbage.js';
import { Health, onDebugImage } from './health.js';
import { KeyGuard } from './key-guard.js';
import type { Machine } from '../health/self-test.js';
import type { CustomModel } from '../protocol/vault.js';
import type { BoxNumbers } from '../protocol/vendor.js';
import { numbersOf } from '../vendor/numbers.js';
import { Models } from './models.js';
import type { ApplianceHandlers, ApplianceOptions } from './options.js';
import { present } from './present.js';
import { Readiness } from './readiness.js';
import type { ExportKey } from './records-copy.js';
import { RecordFile } from './record-file.js';
import { selfTestMachine } from './self-test-machine.js';
import { Sticks } from './sticks.js';
import { surroundings } from './surroundings.js';
import { UdevMonitor } from './udev-monitor.js';
import { VendorDesk } from './vendor-desk.js';
import { VendorTests } from './vendor-tests.js';
import { upkeepEffects } from './upkeep-effects.js';
import { visitEffects } from './visit-effects.js';
import { counterInput } from './counter-input.js';
import { deviceUser, isAtRest } from './device-user.js';

/** How long a visit may take to be erased and recorded when the appliance stops. */
const stopTimeoutMs = 20_000;

/** The running appliance, wired together. It draws nothing and reads no key itself: panels do that, or the command line. */
export class Appliance {
  readonly #options: ApplianceOptions;
  readonly #handlers: ApplianceHandlers;
  readonly #debugImage: boolean;
  readonly #threshold: RequestedThreshold;
  readonly #clock: Clock;
  readonly #clockWatch: ClockWatch;
  readonly #clockOffer: ClockOffer;
  readonly #records: RecordFile;
  readonly #changes: Changes;
  readonly #vendorDesk: VendorDesk;
  readonly #vendorTests: VendorTests;
  readonly #sticks: Sticks;
  readonly #spare: SpareVault;
  readonly #devices: DeviceManager;
  readonly #plugWatch: UdevMonitor;
  readonly #cameraLight: CameraLight;
  readonly #health: Health;
  readonly #models: Models;
  readonly #readiness: Readiness;
  readonly #actor: CounterActor;
  readonly #countdown: Countdown;
  readonly #keyGuard = new KeyGuard();
  readonly #stopping = new AbortController();
  #language: Language;

  constructor(options: ApplianceOptions, handlers: ApplianceHandlers) {
    const { settings, recordFile, debugImage = onDebugImage } = options;
    this.#options = options;
    this.#debugImage = debugImage;
    this.#handlers = handlers;
    this.#language = settings.place.language;
    this.#threshold = { score: settings.visit.threshold, falseMatchRate: settings.visit.fmr };
    this.#clock = options.clock ?? clockOf(dirname(recordFile));
    this.#records = new RecordFile(
      { file: recordFile, witness: options.witness, tpm: options.tpm, context: this.#entryContext },
      this.#clock,
    );
    this.#clockOffer = new ClockOffer((settable) => this.#send({ type: 'clock', settable }));
    this.#clockWatch = new ClockWatch(
      this.#clock,
      () => this.#records.records?.trustedAt,
      (trust) => this.#trustChanged(trust),
    );
    const send = (event: FromCore) => this.#send(event);
    this.#vendorDesk = this.#makeVendorDesk(send);
    this.#sticks = new Sticks(
      { ...options, vendorDesk: this.#vendorDesk, exportKey: () => this.#exportKey() },
      send,
    );
    this.#spare = new SpareVault(options.startVault ?? ((signal) => startVault(this.#model(), { signal })));
    this.#devices = new DeviceManager(options.devices);
    this.#changes = this.#makeChanges();
    const changed = (changes: DeviceChanges) => this.#devicesChanged(changes);
    this.#plugWatch = options.watchDevices?.(changed) ?? new UdevMonitor(changed);
    this.#cameraLight = new CameraLight(settings.lights.required, () => this.#show());
    const machine = this.#makeMachine();
    this.#health = new Health(machine, debugImage);
    this.#vendorTests = this.#makeVendorTests(machine);
    this.#models = this.#makeModels();
    this.#readiness = this.#makeReadiness();
    this.#actor = createActor(counterMachine(this.#effects()), { input: counterInput(settings) });
    this.#countdown = new Countdown(() => this.#show());
    observe(this.#actor, (snapshot) => {
      this.#countdown.follow(snapshot);
      this.#show();
    });
  }

  start(): void {
    this.#actor.start();
    this.#clockWatch.start();
    void this.#plugWatch.ready.then(() => {
      this.#handlers.udevLive(this.#plugWatch.live);
      this.#readiness.check();
    });
  }

  /** @param onBox whether one of the box's own buttons was pressed, which a bench test may wait for */
  press(key: Key, onBox = false): void {
    if (onBox && this.#vendorTests.pressed(key)) return;
    if (key === 'language') {
      this.#language = nextLanguage(this.#language);
      this.#show();
    } else if (this.#keyGuard.accepts(key)) {
      const active = activeOf(this.#actor.getSnapshot());
      const event = press(active, key);
      if (!event || !active.can(event)) return;
      this.#actor.send(event);
      this.#countdown.follow(this.#actor.getSnapshot(), true);
    }
  }

  /** @param lights undefined once they are disconnected */
  setLights(lights: Lights | undefined): void {
    this.#cameraLight.update(lights);
    this.#health.recheckLights();
    this.#show();
    // A missing light may be what prevented a visit.
    this.#readiness.checkSoon();
  }

  /** Whether a screen is connected. */
  setScreen(connected: boolean): void {
    this.#clockOffer.update({ screen: connected });
  }

  get snapshot(): CounterSnapshot {
    return this.#actor.getSnapshot();
  }

  choose(choice: Choice): void {
    this.#actor.send({ type: choice });
  }

  /** Cancels the visit under way, waits until it is erased and recorded, and releases everything. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#plugWatch.close();
    this.#actor.send({ type: 'cancel' });
    await waitFor(this.#actor, isAtRest, { timeout: stopTimeoutMs }).catch(() => undefined);
    this.#actor.stop();
    this.#countdown.stop();
    this.#clockWatch.stop();
    await this.#records.close();
    await this.#changes.close();
    await this.#spare.close();
  }

  /** With the municipality's key that the counter has agreed to. */
  #model(): CustomModel {
    return { ...this.#options.model, trust: this.#changes.signingKey };
  }

  #numbers = (): Promise<BoxNumbers> => numbersOf(dirname(this.#options.recordFile));

  get #entryContext() {
    const { settings, software } = this.#options;
    const { municipality, counter } = settings.place;
    return { municipality, counter, software, ...(this.#debugImage ? { debugImage: true as const } : {}) };
  }

  #makeVendorDesk(send: (event: FromCore) => void): VendorDesk {
    return new VendorDesk(
      {
        numbers: this.#numbers,
        clock: this.#clock,
        clockWatch: this.#clockWatch,
        records: this.#records,
        entryContext: this.#entryContext,
      },
      send,
    );
  }

  #makeVendorTests(machine: Machine): VendorTests {
    const { software, exporter } = this.#options;
    return new VendorTests({
      machine,
      health: this.#health,
      cameraLight: this.#cameraLight,
      clock: this.#clock,
      numbers: this.#numbers,
      software,
      exporter,
      sticks: this.#sticks.watch,
    });
  }

  #makeMachine(): Machine {
    return selfTestMachine(this.#options, {
      model: () => this.#model(),
      devices: this.#devices,
      records: this.#records,
      cameraLight: this.#cameraLight,
      clockWatch: this.#clockWatch,
      udevLive: () => this.#plugWatch.live,
    });
  }

  #makeChanges(): Changes {
    const { settings, software, recordFile, agreed, unattended = false } = this.#options;
    return new Changes(
      {
        settings,
        software,
        folder: dirname(recordFile),
        agreed,
        unattended,
        devices: this.#devices,
        loaded: () => this.#models.loaded,
        hasRecords: () => this.#records.records?.lastAt !== undefined,
      },
      {
        changed: (changes) => this.#send({ type: 'changes', changes }),
        keysAgreed: () => {
          void this.#models.reload().then(() => this.#readiness.check());
        },
      },
    );
  }

  #makeModels(): Models {
    const { trust: _, ...own } = this.#options.model;
    const isCustom = Object.values({ ...own, ...this.#threshold }).some((own) => own !== undefined);
    const models = new Models(
      this.#spare,
      this.#threshold,
      isCustom || this.#changes.recogniserMayDiffer,
      this.#stopping.signal,
      () => this.#readiness.check(),
    );
    void models.firstLoad.then(() => {
      this.#changes.check();
      // Sticks start after the models: each program that starts earlier delays the first visit.
      void this.#sticks.start();
    });
    return models;
  }

  #makeReadiness(): Readiness {
    return new Readiness({
      records: this.#records,
      devices: this.#devices,
      models: this.#models,
      health: this.#health,
      cameraLight: this.#cameraLight,
      udevLive: () => this.#plugWatch.live,
      deviceUser: () => deviceUser(this.#actor.getSnapshot()),
      send: (event) => {
        this.#changes.check();
        this.#send(event);
      },
      stopping: this.#stopping.signal,
    });
  }

  #effects(): Effects {
    const { settings } = this.#options;
    const visit = visitEffects(
      {
        spare: this.#spare,
        clock: this.#clock,
        cameraLight: this.#cameraLight,
        records: () => this.#records.records,
        entryContext: this.#entryContext,
        inForce: () => this.#changes.inForce,
        resolution: settings.devices.resolution,
        threshold: this.#threshold,
        challenge: settings.visit.liveness !== 'off',
        devices: this.#devices,
      },
      {
        vaultLost: (fault) => this.#actor.send({ type: 'vault-lost', fault }),
        erased: () => {
          this.#readiness.visitErased();
          collectGarbage();
        },
        begun: () => this.#changes.visitBegun(),
        recorded: (entry) => this.#handlers.recorded(entry),
      },
    );
    const upkeep = upkeepEffects(
      {
        clock: this.#clock,
        clockWatch: this.#clockWatch,
        sticks: this.#sticks,
        records: () => this.#records.records,
        health: this.#health,
        vendorDesk: this.#vendorDesk,
        vendorTests: this.#vendorTests,
      },
      {
        selfTested: () => this.#readiness.checkSoon(),
        changesSeen: (seen) => this.#changes.agree(seen),
      },
    );
    return { ...visit, ...upkeep, bug: (thrown) => this.#handlers.bug(thrown) };
  }

  #show(): void {
    const snapshot = this.#actor.getSnapshot();
    const { availability } = snapshot.context;
    const fault = availability.is === 'unavailable' ? availability.fault : undefined;
    const parts = {
      devices: this.#devices,
      cameraLight: this.#cameraLight,
      records: this.#records,
      health: this.#health,
      countdown: this.#countdown,
    };
    const view = present(snapshot, {
      language: this.#language,
      ...surroundings(this.#options, parts, fault),
    });
    this.#keyGuard.shown(view);
    this.#handlers.view(view);
  }

  /** Until the counter has agreed to a key, that of the settings: a copy that its owner can read is better than one for all. */
  #exportKey(): ExportKey {
    const { exportKey } = this.#options;
    return exportKey.ok ? ok(this.#changes.exportKey ?? exportKey.value) : exportKey;
  }

  #devicesChanged(changes: DeviceChanges): void {
    if (changes.plugged.has('block') || changes.unplugged.has('block')) this.#sticks.changed();
    this.#readiness.devicesChanged(changes);
  }

  #trustChanged(trust: Trust): void {
    this.#health.updateClock(trust);
    this.#clockOffer.update({ timeTrusted: trust.timeTrusted });
  }

  #send(event: FromCore): void {
    if (!this.#stopping.signal.aborted) this.#actor.send(event);
  }
}
