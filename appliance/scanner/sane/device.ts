import koffi from 'koffi';
import * as z from 'zod';

import { err, ok, type Result } from '../../result.js';
import { cEnum } from './c-enum.js';
import { readDescriptor } from './descriptor.js';
import type { Library } from './library.js';
import { decodeValue, encodeValue, valueSize, type Option, type OptionValue } from './option.js';
import { resultOf, type SaneFault } from './status.js';
import type { CallQueue } from './call-queue.js';

/** How long one driver call may run, in milliseconds. */
export type CallTimeouts = {
  /** Reading, and calls that only talk to the driver. */
  readonly quiet: number;
  /** Finding, opening, starting and closing: a lamp warms up, firmware is loaded, the carriage moves. */
  readonly moving: number;
};

const word = z.number().int();

/** SANE_Parameters (SANE Standard 1.06, 4.3.8); `lines` is -1 if the driver does not know it yet. */
const parameters = z.object({
  format: cEnum(['gray', 'rgb', 'red', 'green', 'blue']),
  lastFrame: word,
  bytesPerLine: word,
  pixelsPerLine: word,
  lines: word,
  depth: word,
});
export type Parameters = z.infer<typeof parameters>;

const parametersType = koffi.struct({
  format: 'int',
  lastFrame: 'int',
  bytesPerLine: 'int',
  pixelsPerLine: 'int',
  lines: 'int',
  depth: 'int',
});

const getValue = 0;
const setValue = 1;
const reloadOptions = 2;
const mostOptions = 1000;

/**
 * An open scanner. Calls are queued, and check only when they run whether the device is still open. After `close`
 * they return `closed`, because a driver crashes the process on a closed handle.
 */
export class SaneDevice {
  readonly #library: Library;
  readonly #queue: CallQueue;
  readonly #timeouts: CallTimeouts;
  #handle: bigint | undefined;
  #options: readonly Option[] = [];
  #cancelling: Promise<unknown> = Promise.resolve();

  private constructor(library: Library, queue: CallQueue, timeouts: CallTimeouts, handle: bigint) {
    this.#library = library;
    this.#queue = queue;
    this.#timeouts = timeouts;
    this.#handle = handle;
  }

  /** Wraps a handle from sane_open; call it in the same queued call. */
  static async adopt(
    library: Library,
    queue: CallQueue,
    timeouts: CallTimeouts,
    handle: bigint,
  ): Promise<SaneDevice> {
    const device = new SaneDevice(library, queue, timeouts, handle);
    await device.#readOptions(handle);
    return device;
  }

  /** All options in the driver's order, groups included, as they are after the last `set`. */
  get options(): readonly Option[] {
    return this.#options;
  }

  option(name: string): Option | undefined {
    return name === '' ? undefined : this.#options.find((option) => option.name === name);
  }

  /** The option's value (SANE Standard 1.06, 4.3.7). */
  get(name: string): Promise<Result<OptionValue, SaneFault>> {
    return this.#whileOpen(this.#timeouts.quiet, async (handle) => {
      const option = this.option(name);
      if (!option) return err('no-such-option');
      if (!option.active || !option.readable || valueSize(option) === 0) return err('not-allowed');
      const bytes = new Uint8Array(valueSize(option));
      const got = await this.#control(handle, option, getValue, bytes);
      return got.ok ? ok(decodeValue(option, bytes)) : got;
    });
  }

  /**
   * Sets an option to a value that its constraint allows, and returns the value that the driver chose: it may round
   * (SANE Standard 1.06, 4.3.7). If the driver asks for it, `options` is read again.
   */
  set(name: string, value: OptionValue): Promise<Result<OptionValue, SaneFault>> {
    return this.#whileOpen(this.#timeouts.quiet, async (handle) => {
      const option = this.option(name);
      if (!option) return err('no-such-option');
      if (!option.active || !option.settable) return err('not-allowed');
      const encoded = encodeValue(option, value);
      if (!encoded.ok) return encoded;
      const info = await this.#control(handle, option, setValue, encoded.value);
      if (!info.ok) return info;
      if ((info.value & reloadOptions) !== 0) await this.#readOptions(handle);
      return ok(decodeValue(option, encoded.value));
    });
  }

  /** The parameters of the frame; only final after `start` (SANE Standard 1.06, 4.3.8). */
  parameters(): Promise<Result<Parameters, SaneFault>> {
    return this.#whileOpen(this.#timeouts.quiet, async (handle) => {
      const bytes = new Uint8Array(koffi.sizeof(parametersType));
      const got = resultOf((await this.#library.getParameters(handle, bytes)) as number);
      if (!got.ok) return got;
      const parsed = parameters.safeParse(koffi.decode(bytes, parametersType));
      return parsed.success ? ok(parsed.data) : err('nonsense');
    });
  }

  start(): Promise<Result<undefined, SaneFault>> {
    return this.#whileOpen(this.#timeouts.moving, async (handle) =>
      resultOf((await this.#library.start(handle)) as number),
    );
  }

  /**
   * Reads available bytes to the start of `into` and returns their number; `eof` is the regular end of a frame (SANE
   * Standard 1.06, 4.3.10). `into` belongs to the driver until the call returns.
   */
  read(into: Uint8Array): Promise<Result<number, SaneFault>> {
    return this.#whileOpen(this.#timeouts.quiet, async (handle) => {
      const length = new Int32Array(1);
      const got = resultOf((await this.#library.read(handle, into, into.byteLength, length)) as number);
      if (!got.ok) return got;
      return length[0] >= 0 && length[0] <= into.byteLength ? ok(length[0]) : err('nonsense');
    });
  }

  /**
   * Ends the scan as soon as the driver can. The only call that is not queued: it is allowed at any time, even during
   * a read (SANE Standard 1.06, 4.3.11).
   */
  cancel(): Promise<Result<undefined, SaneFault>> {
    return this.#queue.runNow(this.#timeouts.moving, async () => {
      if (this.#handle === undefined) return ok();
      this.#cancelling = this.#library.cancel(this.#handle);
      await this.#cancelling;
      return ok();
    });
  }

  /** Closes the device; idempotent. */
  close(): Promise<Result<undefined, SaneFault>> {
    return this.#queue.run(this.#timeouts.moving, async () => {
      await this.release();
      return ok();
    });
  }

  /** Closes the device from within a queued call. */
  async release(): Promise<void> {
    if (this.#handle === undefined) return;
    const handle = this.#handle;
    this.#handle = undefined;
    await this.#cancelling;
    await this.#library.close(handle);
  }

  #whileOpen<T>(
    timeoutMs: number,
    call: (handle: bigint) => Promise<Result<T, SaneFault>>,
  ): Promise<Result<T, SaneFault>> {
    return this.#queue.run<T, SaneFault>(timeoutMs, async () =>
      this.#handle === undefined ? err('closed') : call(this.#handle),
    );
  }

  /** Returns SANE's "additional information" bits (SANE Standard 1.06, 4.3.7). */
  async #control(
    handle: bigint,
    option: Option,
    action: number,
    value: Uint8Array,
  ): Promise<Result<number, SaneFault>> {
    const info = new Int32Array(1);
    const status = await this.#library.controlOption(handle, option.index, action, value, info);
    const done = resultOf(status as number);
    return done.ok ? ok(info[0]) : done;
  }

  async #readOptions(handle: bigint): Promise<void> {
    const options: Option[] = [];
    for (let index = 0; index < mostOptions; index++) {
      const address = (await this.#library.getOptionDescriptor(handle, index)) as bigint | null;
      if (address === null) break;
      const option = readDescriptor(address, index);
      if (option) options.push(option);
    }
    this.#options = options;
  }
}
