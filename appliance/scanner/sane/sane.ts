import koffi from 'koffi';
import * as z from 'zod';

import { installation } from '../../installation.js';
import { ok, type Result } from '../../result.js';
import { pointersAt } from './descriptor.js';
import { SaneDevice, type CallTimeouts } from './device.js';
import { loadLibrary, type Library } from './library.js';
import { resultOf, type SaneFault } from './status.js';
import { CallQueue } from './call-queue.js';

/** SANE_Device (SANE Standard 1.06, 4.2.8). */
const foundDevice = z.object({
  name: z.string().min(1),
  vendor: z.string(),
  model: z.string(),
  type: z.string(),
});
export type FoundDevice = z.infer<typeof foundDevice>;

const deviceType = koffi.struct({ name: 'str', vendor: 'str', model: 'str', type: 'str' });
const mostDevices = 256;

// The full list: SANE's trailing colon for its default folders would add the current folder as well.
const configuration = `${installation.sane}:/etc/sane.d`;

/** A driver that takes longer has lost its scanner; epson2 gives a lamp 14 times 5 seconds to warm up. */
const defaultTimeouts: CallTimeouts = { quiet: 15_000, moving: 90_000 };

// libsane exists once per process, with its queue, its open devices and its configuration.
const queue = new CallQueue();
const openDevices = new Set<SaneDevice>();
let running: Library | undefined;

/**
 * SANE, loaded on the first call. All instances in a process share one libsane, with the configuration of the first
 * instance that is used.
 */
export class Sane {
  readonly #configuration: string;
  readonly #timeouts: CallTimeouts;

  /**
   * @param options.configuration a colon-separated list of folders with SANE's `dll.conf` and the drivers' own files
   */
  constructor(options: { readonly configuration?: string; readonly timeouts?: CallTimeouts } = {}) {
    this.#configuration = options.configuration ?? configuration;
    this.#timeouts = options.timeouts ?? defaultTimeouts;
  }

  /** How long a read may run, in milliseconds. */
  get quiet(): number {
    return this.#timeouts.quiet;
  }

  /** The devices attached to this machine, never those of a network (SANE Standard 1.06, 4.3.3). */
  devices(): Promise<Result<readonly FoundDevice[], SaneFault>> {
    return this.#whileRunning(async (library) => {
      const list = new BigUint64Array(1);
      const localOnly = 1;
      const got = resultOf((await library.getDevices(list, localOnly)) as number);
      if (!got.ok) return got;
      const devices = [...pointersAt(list[0], mostDevices)]
        .map((address) => foundDevice.safeParse(koffi.decode(address, deviceType)))
        .flatMap((parsed) => (parsed.success ? [parsed.data] : []));
      return ok(devices);
    });
  }

  /** Opens a device by its name (SANE Standard 1.06, 4.3.4); `inval` if there is none of that name. */
  open(name: string): Promise<Result<SaneDevice, SaneFault>> {
    return this.#whileRunning(async (library) => {
      const handle = new BigUint64Array(1);
      const got = resultOf((await library.open(name, handle)) as number);
      if (!got.ok) return got;
      const device = await SaneDevice.adopt(library, queue, this.#timeouts, handle[0]);
      openDevices.add(device);
      return ok(device);
    });
  }

  /** Closes all open devices and ends SANE (SANE Standard 1.06, 4.3.2). The next call starts it again. */
  exit(): Promise<Result<undefined, SaneFault>> {
    return queue.run<undefined, SaneFault>(this.#timeouts.moving, async () => {
      for (const device of openDevices) await device.release();
      openDevices.clear();
      await running?.exit();
      running = undefined;
      return ok();
    });
  }

  #whileRunning<T>(call: (library: Library) => Promise<Result<T, SaneFault>>): Promise<Result<T, SaneFault>> {
    return queue.run<T, SaneFault>(this.#timeouts.moving, async () => {
      const library = await this.#start();
      return library.ok ? call(library.value) : library;
    });
  }

  async #start(): Promise<Result<Library, SaneFault>> {
    if (running) return ok(running);
    const loaded = loadLibrary();
    if (!loaded.ok) return loaded;
    // Node sets this in the process's environment, where sane_init and the drivers read it.
    process.env.SANE_CONFIG_DIR = this.#configuration;
    const begun = resultOf((await loaded.value.init(new Int32Array(1), null)) as number);
    if (!begun.ok) return begun;
    running = loaded.value;
    return loaded;
  }
}
