import type { Clock } from '../clock/clock.js';
import type { FromCore } from '../counter/event.js';
import type { BoxNumbers, VendorDeed, VendorFault } from '../protocol/vendor.js';
import type { EntryContext } from '../record/records.js';
import { err, ok, type Result } from '../result.js';
import type { CheckResult } from '../update/updater.js';
import type { VendorEntered, VendorStick } from '../upkeep/vendor.js';
import { faultOf } from '../vendor/standing.js';
import type { Token } from '../vendor/token.js';
import type { ClockWatch } from './clock-watch.js';
import type { RecordFile } from './record-file.js';

export type VendorDeskParts = {
  readonly numbers: () => Promise<BoxNumbers>;
  readonly clock: Clock;
  readonly clockWatch: ClockWatch;
  readonly records: RecordFile;
  readonly entryContext: Omit<EntryContext, 'model'>;
};

/** Judges the tokens on sticks, and records what vendors do. */
export class VendorDesk {
  readonly #parts: VendorDeskParts;
  readonly #send: (event: FromCore) => void;
  #seen = '';
  #token: Token | undefined;

  constructor(parts: VendorDeskParts, send: (event: FromCore) => void) {
    this.#parts = parts;
    this.#send = send;
  }

  /** Takes in what is on a stick. A refusal is recorded once for as long as its stick is plugged in. */
  async notice(found: CheckResult): Promise<void> {
    const seen = found.is === 'token' || found.is === 'token-refused' ? JSON.stringify(found) : '';
    if (seen === this.#seen) return;
    this.#seen = seen;
    const stick = await this.#judge(found);
    this.#token = stick.is === 'found' ? stick.token : undefined;
    this.#send({ type: 'vendor-stick', stick });
    if (stick.is === 'refused') {
      const token = found.is === 'token' ? { token: found.token.id } : {};
      await this.#record({ vendor: 'refused', why: stick.why, ...token });
    }
  }

  /** Judges the token again, since the clock may have been set meanwhile, and records that a vendor entered. */
  async enter(): Promise<Result<VendorEntered, VendorFault>> {
    const token = this.#token;
    if (!token) return err('torn');
    const numbers = await this.#parts.numbers();
    const time = await this.#time();
    const fault = faultOf(token, numbers, time);
    if (!fault) {
      const recorded = await this.did('entered');
      return recorded.ok ? ok({ numbers, dated: time.isTrusted }) : recorded;
    }
    await this.#record({ vendor: 'refused', why: fault, token: token.id });
    return err(fault);
  }

  /** Records what a vendor is about to do. Without a record it must not be done. */
  did(deed: Exclude<VendorDeed, 'refused'>): Promise<Result<undefined, 'unrecorded'>> {
    return this.#record({ vendor: deed, ...(this.#token ? { token: this.#token.id } : {}) });
  }

  /** How long the bench test works the box, in minutes. */
  get minutes(): number | undefined {
    return this.#token?.minutes;
  }

  async #judge(found: CheckResult): Promise<VendorStick> {
    if (found.is !== 'token' && found.is !== 'token-refused') return { is: 'none' };
    const numbers = await this.#parts.numbers();
    const why = found.is === 'token' ? faultOf(found.token, numbers, await this.#time()) : found.why;
    if (why) return { is: 'refused', why, numbers };
    return found.is === 'token' ? { is: 'found', token: found.token } : { is: 'none' };
  }

  async #time() {
    const { clock, clockWatch, records } = this.#parts;
    await records.open();
    const { timeTrusted } = await clockWatch.check();
    const notBefore = Math.max(clock.builtAt, records.records?.trustedAt ?? 0);
    return { now: clock.read().wall, isTrusted: timeTrusted, notBefore };
  }

  async #record(report: {
    readonly vendor: VendorDeed;
    readonly token?: string;
    readonly why?: VendorFault;
  }): Promise<Result<undefined, 'unrecorded'>> {
    const { records, entryContext } = this.#parts;
    const opened = await records.open();
    const written = opened.ok && (await records.records?.appendVendor(report, entryContext));
    return written && written.ok ? ok() : err('unrecorded');
  }
}
