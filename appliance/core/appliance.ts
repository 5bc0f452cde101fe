import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { type ActorRefFrom, createActor, waitFor } from 'xstate';

import { decideThreshold, type ThresholdAsked } from '../calibration/threshold.js';
import { type Clock, clockOf } from '../clock/clock.js';
import type { Trust } from '../clock/trust.js';
import type { Exporter } from '../export/exporter.js';
import type { FaultCode } from '../findings.js';
import type { Machine } from '../health/self-test.js';
import { present } from './present.js';
import type { Lights } from '../protocol/lights.js';
import type { Scene, View } from '../panel/view.js';
import type { Key } from '../protocol/key.js';
import type { Language } from '../protocol/language.js';
import type { Entry } from '../record/entry.js';
import { openRecords, type Records } from '../record/records.js';
import { err, ok, type Result } from '../result.js';
import type { Settings } from '../settings/settings.js';
import { Spare } from '../vault-client/spare.js';
import type { DeviceKind, OwnModel } from '../protocol/vault.js';
import { startVault, type Vault } from '../vault-client/vault.js';
import type { Updater } from '../update/updater.js';
import type { Choice } from '../protocol/choice.js';
import { press } from '../visit/choices.js';
import type { Input } from '../visit/context.js';
import type { Effects } from '../visit/effects.js';
import type { FromCore } from '../visit/event.js';
import { visitMachine, type VisitMachine, type VisitSnapshot } from '../visit/machine.js';
import { CameraLight } from './camera-light.js';
import { ClockWatch } from './clock-watch.js';
import { Countdown } from './countdown.js';
import type { Plugs } from './burst.js';
import { type Devices, isPractice, type Wanted } from './devices.js';
import { collectGarbage } from './garbage.js';
import { emptied, Health, onBox } from './health.js';
import { RetryBackoff } from './retry-backoff.js';
import { RecordsCopy } from './records-copy.js';
import { StickWatch } from './stick-watch.js';
import { DeviceManager } from './device-manager.js';
import { PlugWatch } from './udev.js';
import { UpdateWatch } from './update-watch.js';
import { type Equipment, visitEffects } from './visit-effects.js';

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
  /** Whether a good settings file is kept, to stand in for it later. */
  readonly settingsKept: boolean;
  readonly wanted: Wanted;
  readonly model: OwnModel;
  readonly recordFile: string;
  readonly software: string;
  /** What installs updates; none where this machine is not updated from sticks. */
  readonly updater?: Updater | undefined;
  /** What writes the records to sticks; none where they are not taken out so. */
  readonly exporter?: Exporter | undefined;
  /** This machine's own if left out. */
  readonly clock?: Clock;
  /** Starts a vault whose models load; with those that are asked for if left out. */
  readonly vault?: (signal: AbortSignal) => Promise<Result<Vault, FaultCode>>;
  /** Hears what is plugged in and unplugged; by udev if left out. */
  readonly watch?: (hear: (plugs: Plugs) => void) => PlugWatch;
};

/** What the appliance tells whoever runs it. */
export type Hearer = {
  readonly view: (view: View) => void;
  readonly recorded: (entry: Entry) => void;
  /** Whether udev tells what is plugged in; if not, it is looked for every few seconds. */
  readonly watching: (live: boolean) => void;
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
  readonly #clockWatch: ClockWatch;
  readonly #sticks: StickWatch;
  readonly #updates: UpdateWatch;
  readonly #recordsCopy: RecordsCopy;
  readonly #spare: Spare;
  readonly #supply: DeviceManager;
  readonly #watch: PlugWatch;
  readonly #actor: ActorRefFrom<VisitMachine>;
  readonly #countdown: Countdown;
  readonly #health: Health;
  readonly #cameraLight: CameraLight;
  #language: Language;
  #records: Records | undefined;
  #preparing: Promise<void> | undefined;
  readonly #pace = new RetryBackoff();
  /** Why no vault can be made ready; undefined while that is not known, or one can. */
  #unsound: FaultCode | undefined;
  /** Whether models are waited for: the built-in ones only once they failed, what settings put in their place at once. */
  #modelsInDoubt: boolean;
  /** How many visits were erased, by which one is told from the next. */
  #erasures = 0;
  #shown: { readonly scene: Scene['name'] | undefined; readonly since: number } = {
    scene: undefined,
    since: 0,
  };
  #timeTrusted = true;
  #screen = false;
  #sticksHeard = false;
  #stopped = false;

  constructor(parts: Parts, hearer: Hearer) {
    this.#parts = parts;
    this.#hearer = hearer;
    this.#spare = new Spare(parts.vault ?? ((signal) => startVault(parts.model, { signal })));
    this.#modelsInDoubt = Object.values({ ...parts.model, ...this.#asked }).some((own) => own !== undefined);
    this.#clock = parts.clock ?? clockOf(dirname(parts.recordFile));
    this.#supply = new DeviceManager(parts.wanted);
    const hear = (plugs: Plugs) => this.#plugged(plugs);
    this.#watch = parts.watch?.(hear) ?? new PlugWatch(hear);
    this.#clockWatch = new ClockWatch(
      this.#clock,
      () => this.#records?.trustedAt,
      (trust) => this.#hearOfClock(trust),
    );
    const tell = (event: FromCore) => this.#tell(event);
    this.#sticks = new StickWatch(async () => {
      // What an update is on is no stick for the records: the choice would change under the clerk's hand.
      await this.#updates.look();
      await this.#recordsCopy.look();
    });
    this.#updates = new UpdateWatch(parts.updater, this.#sticks, tell);
    this.#recordsCopy = new RecordsCopy(parts.exporter, parts.recordFile, this.#sticks, tell);
    this.#health = new Health(this.#machine());
    this.#cameraLight = new CameraLight(parts.settings.lights.required, () => this.#show());
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
    this.#clockWatch.start();
    void this.#watch.settled.then(() => {
      this.#hearer.watching(this.#watch.live);
      this.#prepare();
    });
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

  /** What is known of the lights; undefined when there are none any more. */
  hearLights(lights: Lights | undefined): void {
    this.#cameraLight.hear(lights);
    this.#health.lookAtLights();
    this.#show();
    // A visit may have waited for them.
    this.#prepareSoon();
  }

  /** Whether a screen is there to be read from. */
  screen(there: boolean): void {
    this.#screen = there;
    this.#offerClock();
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
    this.#watch.close();
    this.#actor.send({ type: 'cancel' });
    await waitFor(this.#actor, isAtRest, { timeout: stopWithin }).catch(() => undefined);
    this.#actor.stop();
    this.#countdown.stop();
    this.#clockWatch.stop();
    await this.#records?.close();
    await this.#spare.close();
  }

  get #asked(): ThresholdAsked {
    const { threshold, fmr } = this.#parts.settings.visit;
    return { score: threshold, falseMatchRate: fmr };
  }

  #show(): void {
    const { settings, settingsProblems, settingsLine } = this.#parts;
    const { municipality, counter } = settings.place;
    const snapshot = this.#actor.getSnapshot();
    const { ability } = snapshot.context;
    const fault = ability.is === 'unable' ? ability.fault : undefined;
    const awaited = fault && this.#supply.awaitedFor(fault);
    const state = (kind: DeviceKind) => (fault?.startsWith(kind) ? 'missing' : this.#supply[kind].state);
    const view = present(snapshot, {
      language: this.#language,
      municipality,
      counter,
      camera: state('camera'),
      scanner: state('scanner'),
      cameraLight: this.#cameraLight.wanted,
      ...(awaited === undefined ? {} : { awaited }),
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
      cameraLight: this.#cameraLight,
      clockWatch: this.#clockWatch,
      updates: this.#updates,
      recordsCopy: this.#recordsCopy,
      records: () => this.#records,
      surroundings: { municipality, counter, software },
      resolution: settings.devices.resolution,
      threshold: this.#asked,
      challenge: settings.visit.liveness !== 'off',
      supply: this.#supply,
      health: this.#health,
    };
    return visitEffects(equipment, {
      vaultLost: (fault) => this.#actor.send({ type: 'vault-lost', fault }),
      selfTested: () => this.#prepareSoon(),
      erased: () => {
        this.#erasures += 1;
        // The visit may have had models that load.
        this.#unsound = undefined;
        this.#prepareSoon();
        collectGarbage();
      },
      recorded: (entry) => this.#hearer.recorded(entry),
      bug: (thrown) => this.#hearer.bug(thrown),
    });
  }

  /** What the self-test looks at. */
  #machine(): Machine {
    const { model, recordFile, settings, settingsProblems, settingsLine, settingsKept } = this.#parts;
    return {
      own: model,
      recordFile,
      onBox,
      resolution: settings.devices.resolution,
      lights: () => (settings.panel.lights === 'off' ? 'off' : this.#cameraLight.known),
      clock: () => this.#clockWatch.look(),
      settings: () => ({ problems: settingsProblems, line: settingsLine, kept: settingsKept }),
      plugsTold: () => this.#watch.live,
      camera: () => this.#supply.cameraAfresh(),
      scanner: async () => {
        const scanner = await this.#supply.scanner.afresh();
        return scanner.ok ? ok(emptied(scanner.value)) : scanner;
      },
      lit: (work) => this.#cameraLight.during(work),
    };
  }

  /** Something was plugged in or unplugged. */
  #plugged(plugs: Plugs): void {
    if (plugs.plugged.has('block') || plugs.unplugged.has('block')) this.#sticks.look();
    this.#supply.doubt(plugs);
    if (this.#supply.isAmong(plugs.gone)) this.#health.forgetDevices();
    const snapshot = this.#actor.getSnapshot();
    if (isUnderWay(snapshot)) void this.#missDevices(plugs);
    else if (!holdsDevices(snapshot)) this.#prepare();
  }

  /** Ends the visit under way if a device of it was unplugged: it is not gone on with once that is back. */
  #missDevices(plugs: Plugs): Promise<void> {
    const visit = this.#erasures;
    return this.#supply.missed(plugs, (fault) => {
      if (this.#erasures === visit) this.#tell({ type: 'device-lost', fault });
    });
  }

  /** Tells the visit something, unless the appliance has stopped meanwhile. */
  #tell(event: FromCore): void {
    if (!this.#stopped) this.#actor.send(event);
  }

  #hearOfClock(trust: Trust): void {
    this.#timeTrusted = trust.timeTrusted;
    this.#health.learnClock(trust);
    this.#offerClock();
  }

  /** Without a screen nobody can set the clock: visits go on, and their records are marked. */
  #offerClock(): void {
    this.#tell({ type: 'clock', settable: !this.#timeTrusted && this.#screen });
  }

  /** Makes the next visit possible, and tells the machine once it is, or why it is not. */
  #prepare(): void {
    this.#pace.hurry();
    this.#preparing ??= this.#prepareNow().finally(() => (this.#preparing = undefined));
  }

  /** The machine hears only after its effects that a test, or what was erased, has given the devices back. */
  #prepareSoon(): void {
    setImmediate(() => this.#prepare());
  }

  async #prepareNow(): Promise<void> {
    while (!this.#stopped && !holdsDevices(this.#actor.getSnapshot())) {
      await this.#supply.refresh();
      const snapshot = this.#actor.getSnapshot();
      if (isUnderWay(snapshot)) return this.#missFound();
      if (holdsDevices(snapshot)) return;
      const able = await this.#ability(this.#settle());
      if (!able.ok) {
        this.#tell({ type: 'unavailable', fault: able.error });
        if (!this.#unsound) void this.#warmUp();
        await this.#restAfter(able.error);
        if (this.#unsound) await this.#warmUp();
      } else if (!this.#supply.inDoubt && !this.#unsound) {
        this.#tell({ type: 'available', practice: isPractice(able.value) });
        void this.#warmUp();
        return;
      }
    }
  }

  /**
   * Has the models loaded, which takes longer than looking for devices: whoever begins a visit meanwhile reads out what
   * it is first. Where they do not load, or support no threshold that is asked for, none begins any more.
   */
  async #warmUp(): Promise<void> {
    const vault = await this.#spare.warmUp();
    if (this.#stopped) return;
    const sound = vault.ok ? this.#thresholdOf(vault.value) : vault;
    const isNews = !sound.ok && !this.#modelsInDoubt;
    this.#modelsInDoubt = !sound.ok;
    this.#unsound = sound.ok ? undefined : sound.error;
    if (isNews) this.#prepare();
    this.#hearOfSticks();
  }

  #thresholdOf({ recogniser }: Vault): Result<number, FaultCode> {
    return decideThreshold(this.#asked, recogniser.threshold, recogniser.bounds);
  }

  /** Once a visit can begin: before, each program that starts keeps the counter waiting. */
  #hearOfSticks(): void {
    if (this.#sticksHeard) return;
    this.#sticksHeard = true;
    void this.#updates.start().then(() => this.#sticks.look());
  }

  #settle(): Result<Devices, FaultCode> {
    const before = this.#supply.serving;
    const devices = this.#supply.settle();
    if (!isDeepStrictEqual(this.#supply.serving, before)) this.#health.forgetDevices();
    return devices;
  }

  /** Waits until it is worth looking again. Where nobody tells what is unplugged, a device that fails may be gone. */
  async #restAfter(fault: FaultCode): Promise<void> {
    const ofDevice = /^(scanner|camera)-/.test(fault);
    await this.#pace.wait(ofDevice && this.#watch.live);
    if (ofDevice && !this.#watch.live) this.#supply.doubtAll();
    else this.#supply.doubtMissing();
  }

  /** A visit began while it was looked, and goes on with the devices it began with if they are still there. */
  async #missFound(): Promise<void> {
    const fault = await this.#supply.lost();
    if (fault) this.#tell({ type: 'device-lost', fault });
  }

  /** What the next visit would be made with, or the first thing that stands against one. */
  async #ability(devices: Result<Devices, FaultCode>): Promise<Result<Devices, FaultCode>> {
    const { recordFile } = this.#parts;
    const records = await this.#openRecords(recordFile);
    if (!records.ok) return records;
    const fault = await this.#health.fault();
    if (fault) return err(fault);
    if (!this.#cameraLight.able) return err('light-failed');
    if (!devices.ok) return devices;
    if (this.#modelsInDoubt && !this.#unsound) await this.#warmUp();
    return this.#unsound ? err(this.#unsound) : devices;
  }

  /** No visit begins without its record file; one that did not open for want of room may open later. */
  async #openRecords(file: string): Promise<Result<undefined, FaultCode>> {
    if (this.#records) return ok();
    const records = await openRecords(file, this.#clock);
    if (!records.ok) return err(records.error.fault);
    this.#records = records.value;
    return ok();
  }
}

/** A visit that can still be ended. */
function isUnderWay(snapshot: VisitSnapshot): boolean {
  return snapshot.matches('visit') || snapshot.matches('explaining');
}

/** A self-test, or what is being erased, has the devices; once it is over they are looked for anyway. */
function holdsDevices(snapshot: VisitSnapshot): boolean {
  return snapshot.matches('testing') || snapshot.matches({ ending: 'erasing' });
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
