import koffi from 'koffi';
import * as z from 'zod';

import { err, ok, type Result } from '../../result.js';
import { codeOf } from './code.js';
import { readDescriptor } from './descriptor.js';
import type { Library } from './library.js';
import { decodeValue, encodeValue, valueSize, type Option, type OptionValue } from './option.js';
import { resultOf, type SaneFault } from './status.js';
import type { Turns } from './turns.js';

/** How long a driver may stay in one call, in milliseconds. */
export type Patience = {
  /** Reading, and everything that only talks to the driver. */
  readonly quiet: number;
  /** Finding, opening, starting and closing: a lamp warms up, firmware is loaded, a carriage travels. */
  readonly moving: number;
};

const word = z.number().int();

/** SANE_Parameters (SANE Standard 1.06, 4.3.8); `lines` is -1 where the driver does not know yet. */
const parameters = z.object({
  format: codeOf(['gray', 'rgb', 'red', 'green', 'blue']),
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
 * An open scanner. Every call waits for its turn, and looks only then whether the device is still open:
 * after `close` each answers `closed`, because a driver that is handed a dead handle crashes the process.
 */
export class SaneDevice {
  readonly #library: Library;
  readonly #turns: Turns;
  readonly #patience: Patience;
  #handle: bigint | undefined;
  #options: readonly Option[] = [];
  #cancelling: Promise<unknown> = Promise.resolve();

  private constructor(library: Library, turns: Turns, patience: Patience, handle: bigint) {
    this.#library = library;
    this.#turns = turns;
    this.#patience = patience;
    this.#handle = handle;
  }

  /** Takes the handle that sane_open gave; called within the turn in which it was opened. */
  static async adopt(
    library: Library,
    turns: Turns,
    patience: Patience,
    handle: bigint,
  ): Promise<SaneDevice> {
    const device = new SaneDevice(library, turns, patience, handle);
    await device.#readOptions(handle);
    return device;
  }

  /** All options in the driver's order, groups among them, as they are after the last `set`. */
  get options(): readonly Option[] {
    return this.#options;
  }

  option(name: string): Option | undefined {
    return name === '' ? undefined : this.#options.find((option) => option.name === name);
  }

  /** The option's value (SANE Standard 1.06, 4.3.7). */
  get(name: string): Promise<Result<OptionValue, SaneFault>> {
    return this.#whileOpen(this.#patience.quiet, async (handle) => {
      const option = this.option(name);
      if (!option) return err('no-such-option');
      if (!option.active || !option.readable || valueSize(option) === 0) return err('not-allowed');
      const bytes = new Uint8Array(valueSize(option));
      const got = await this.#control(handle, option, getValue, bytes);
      return got.ok ? ok(decodeValue(option, bytes)) : got;
    });
  }

  /**
   * Sets an option to a value that its constraint allows, and answers the value that the driver took
   * (SANE Standard 1.06, 4.3.7: it may round). Where other options change by it, `options` is read anew.
   */
  set(name: string, value: OptionValue): Promise<Result<OptionValue, SaneFault>> {
    return this.#whileOpen(this.#patience.quiet, async (handle) => {
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

  /** What the frame will be; certain only after `start` (SANE Standard 1.06, 4.3.8). */
  parameters(): Promise<Result<Parameters, SaneFault>> {
    return this.#whileOpen(this.#patience.quiet, async (handle) => {
      const bytes = new Uint8Array(koffi.sizeof(parametersType));
      const got = resultOf((await this.#library.getParameters(handle, bytes)) as number);
      if (!got.ok) return got;
      const parsed = parameters.safeParse(koffi.decode(bytes, parametersType));
      return parsed.success ? ok(parsed.data) : err('nonsense');
    });
  }

  start(): Promise<Result<undefined, SaneFault>> {
    return this.#whileOpen(this.#patience.moving, async (handle) =>
      resultOf((await this.#library.start(handle)) as number),
    );
  }

  /**
   * Reads what has arrived into the beginning of `into` and answers how many bytes that were; `eof` is the
   * regular end of a frame (SANE Standard 1.06, 4.3.10). `into` belongs to the driver until the answer.
   */
  read(into: Uint8Array): Promise<Result<number, SaneFault>> {
    return this.#whileOpen(this.#patience.quiet, async (handle) => {
      const length = new Int32Array(1);
      const got = resultOf((await this.#library.read(handle, into, into.byteLength, length)) as number);
      if (!got.ok) return got;
      return length[0] >= 0 && length[0] <= into.byteLength ? ok(length[0]) : err('nonsense');
    });
  }

  /**
   * Ends the scan as soon as the driver can. Of all calls this one does not wait for its turn: it may be
   * made at any time (SANE Standard 1.06, 4.3.11), also while a read is under way.
   */
  cancel(): Promise<Result<undefined, SaneFault>> {
    return this.#turns.beside(this.#patience.moving, async () => {
      if (this.#handle === undefined) return ok();
      this.#cancelling = this.#library.cancel(this.#handle);
      await this.#cancelling;
      return ok();
    });
  }

  /** Closes the device; a second time does nothing. */
  close(): Promise<Result<undefined, SaneFault>> {
    return this.#turns.take(this.#patience.moving, async () => {
      await this.release();
      return ok();
    });
  }

  /** Closes the device within a turn that was taken already. */
  async release(): Promise<void> {
    if (this.#handle === undefined) return;
    const handle = this.#handle;
    this.#handle = undefined;
    await this.#cancelling;
    await this.#library.close(handle);
  }

  #whileOpen<T>(
    patience: number,
    call: (handle: bigint) => Promise<Result<T, SaneFault>>,
  ): Promise<Result<T, SaneFault>> {
    return this.#turns.take<T, SaneFault>(patience, async () =>
      this.#handle === undefined ? err('closed') : call(this.#handle),
    );
  }

  /** Answers SANE's "additional information" bits (SANE Standard 1.06, 4.3.7). */
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
