import { beginReport } from '../bench-test/begin-report.js';
import { doctorInJson, doctorInWords } from '../bench-test/doctor-report.js';
import { outcomeOf } from '../bench-test/outcome.js';
import { type Report, reportInJson, reportInWords } from '../bench-test/report.js';
import { runSteps, type StepListener } from '../bench-test/run-steps.js';
import { repeatSelfTest } from '../bench-test/self-tests.js';
import type { Clock } from '../clock/clock.js';
import type { Exporter } from '../export/exporter.js';
import type { ExportFault, ReportLabel } from '../export/protocol.js';
import type { Machine } from '../health/self-test.js';
import type { Answer } from '../protocol/bench-test.js';
import type { Key } from '../protocol/key.js';
import type { BoxNumbers } from '../protocol/vendor.js';
import { localTime } from '../record/local-time.js';
import { err, ok, type Result } from '../result.js';
import type { Checks } from '../upkeep/self-test.js';
import type { BenchNews, StepDone, VendorReported } from '../upkeep/vendor.js';
import { BenchTester } from './bench-tester.js';
import type { CameraLight } from './camera-light.js';
import type { Health } from './health.js';
import type { StickWatch } from './stick-watch.js';

export type VendorTestParts = {
  readonly machine: Machine;
  readonly health: Health;
  readonly cameraLight: CameraLight;
  readonly clock: Clock;
  readonly numbers: () => Promise<BoxNumbers>;
  readonly software: string;
  readonly exporter: Exporter | undefined;
  readonly sticks: StickWatch;
};

/** A report as its two files. */
type Written = Pick<ReportLabel, 'report' | 'box' | 'at'> & Readonly<Record<'txt' | 'json', string>>;

/** The states of a box that has no lights, or whose lights say nothing. */
const without: readonly CameraLight['status'][] = ['absent', 'silent'];

/** Stands in the names of the reports of a box that has no number. */
const noNumber = '0'.repeat(12);

/** The bench test and the self-test for a report, as a vendor starts them at the panel; and their reports. */
export class VendorTests {
  readonly #parts: VendorTestParts;
  #stop = new AbortController();
  #tester: BenchTester | undefined;
  #written: Written | undefined;

  constructor(parts: VendorTestParts) {
    this.#parts = parts;
  }

  /** @param minutes for which the box works without a break */
  async benchTest(
    minutes: number,
    notify: (news: BenchNews) => void,
  ): Promise<Result<VendorReported, 'erasure-unproven'>> {
    const { machine, cameraLight } = this.#parts;
    const { camera, scanner } = machine;
    if (!camera || !scanner) throw new Error('a bench test without devices');
    const { signal } = (this.#stop = new AbortController());
    const begun = await this.#begin();
    const news = new BenchTeller(notify);
    const tester = new BenchTester(cameraLight, (request) => news.tell({ request }), signal);
    this.#tester = tester;
    const results = await runSteps({
      machine: { ...machine, camera, scanner },
      // The panel's lights follow what is asked, a light that failed included.
      lines: without.includes(cameraLight.status) ? undefined : { set: () => undefined },
      tester,
      signal,
      work: () => {
        news.tell({ minutesLeft: Math.ceil(minutes) });
        const left = (_: number | undefined, left: number) => news.tell({ minutesLeft: Math.ceil(left) });
        return repeatSelfTest(machine, minutes, signal, left);
      },
      listener: news,
    });
    this.#tester = undefined;
    if (results.steps.some(({ code }) => code === 'erasure-unproven')) return err('erasure-unproven');
    const report = { ...begun, ...results, endedAt: this.#now() };
    this.#keep('bench-test', report, reportInWords(report), reportInJson(report));
    return ok({ of: 'bench-test', outcome: outcomeOf(report), steps: report.steps.map(stepDone) });
  }

  async examine(notify: (news: Checks) => void): Promise<Result<VendorReported, 'erasure-unproven'>> {
    const begun = await this.#begin();
    const tested = await this.#parts.health.selfTest(notify);
    if (!tested.ok) return tested;
    const { checks } = tested.value;
    const report = { ...begun, checks, endedAt: this.#now() };
    this.#keep('doctor', report, doctorInWords(report), doctorInJson(report));
    return ok({ of: 'doctor', checks });
  }

  stop(): void {
    this.#stop.abort();
    this.#parts.health.stopSelfTest();
  }

  answer(answer: Answer | undefined): void {
    this.#tester?.answered(answer);
  }

  /** Whether a key of the box's buttons was one that the bench test waits for. */
  pressed(key: Key): boolean {
    return this.#tester?.pressed(key) ?? false;
  }

  /** Writes the last report to the stick, as text and as JSON. Resolves to their names. */
  async save(): Promise<Result<readonly string[], ExportFault | 'cancelled'>> {
    const { exporter, sticks } = this.#parts;
    const written = this.#written;
    if (!exporter || !written) return err('no-answer');
    const { report, box, at } = written;
    return sticks.exclusively(async () => {
      const names: string[] = [];
      for (const as of ['txt', 'json'] as const) {
        const saved = await exporter.saveReport({ report, box, at, as }, written[as]);
        if (!saved.ok) return saved;
        names.push(saved.value);
      }
      return ok(names);
    });
  }

  /** Nothing of one vendor is left for the next. */
  forget(): void {
    this.#written = undefined;
  }

  async #begin(): Promise<Report> {
    const { software, machine, numbers } = this.#parts;
    return beginReport(software, machine.customModel, await numbers(), this.#now());
  }

  #keep(
    report: ReportLabel['report'],
    made: Pick<Report, 'box' | 'begunAt'>,
    txt: string,
    json: object,
  ): void {
    const at = made.begunAt.slice(0, 16).replace(/\D/g, '');
    const box = made.box.number ?? noNumber;
    this.#written = { report, box, at, txt, json: `${JSON.stringify(json, undefined, 2)}\n` };
  }

  #now(): string {
    return localTime(new Date(this.#parts.clock.read().wall));
  }
}

const stepDone = ({ step, verdict }: StepDone): StepDone => ({ step, verdict });

/** Tells the panel what the bench test does now. */
class BenchTeller implements StepListener {
  readonly #notify: (news: BenchNews) => void;
  #steps: readonly StepDone[] = [];
  #step: BenchNews['step'];

  constructor(notify: (news: BenchNews) => void) {
    this.#notify = notify;
  }

  readonly begun: StepListener['begun'] = (step) => {
    this.#step = step;
    this.tell({});
  };

  readonly ended: StepListener['ended'] = (result) => {
    this.#steps = [...this.#steps, stepDone(result)];
    this.#step = undefined;
    this.tell({});
  };

  readonly checking: StepListener['checking'] = (_, check, waiting) => this.tell({ check, waiting });
  readonly waits: StepListener['waits'] = (waiting) => this.tell({ waiting });

  tell(now: Omit<BenchNews, 'type' | 'steps' | 'step'>): void {
    this.#notify({ type: 'bench-progress', steps: this.#steps, step: this.#step, ...now });
  }
}
