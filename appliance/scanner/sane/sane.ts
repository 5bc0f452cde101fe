import koffi from 'koffi';
import * as z from 'zod';

import { installation } from '../../installation.js';
import { ok, type Result } from '../../result.js';
import { pointersAt } from './descriptor.js';
import { SaneDevice, type Patience } from './device.js';
import { loadLibrary, type Library } from './library.js';
import { resultOf, type SaneFault } from './status.js';
import { Turns } from './turns.js';

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

// Named in full: the colon at the end that SANE offers for its own folder adds the current folder as well.
const configuration = `${installation.sane}:/etc/sane.d`;

/** A driver that is silent for this long has lost its scanner; a lamp may take a minute to warm up. */
export const patience: Patience = { quiet: 15_000, moving: 60_000 };

// libsane is one for the whole process: its turns, its open devices, and its configuration.
const turns = new Turns();
const openDevices = new Set<SaneDevice>();
let running: Library | undefined;

/**
 * SANE, the scanners' own library. Nothing is loaded before the first question. All that are made in a process
 * stand for the same libsane, which keeps the configuration of the one that was asked first.
 */
export class Sane {
  readonly #configuration: string;
  readonly #patience: Patience;

  /** `configuration` is a list of folders with SANE's `dll.conf` and the drivers' own files, parted by colons. */
  constructor(options: { readonly configuration?: string; readonly patience?: Patience } = {}) {
    this.#configuration = options.configuration ?? configuration;
    this.#patience = options.patience ?? patience;
  }

  /** How long a driver may stay silent, in milliseconds. */
  get quiet(): number {
    return this.#patience.quiet;
  }

  /** The devices attached to this machine (SANE Standard 1.06, 4.3.3), never those of a network. */
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

  /** Opens a device by its name (SANE Standard 1.06, 4.3.4); `inval` means that there is none of that name. */
  open(name: string): Promise<Result<SaneDevice, SaneFault>> {
    return this.#whileRunning(async (library) => {
      const handle = new BigUint64Array(1);
      const got = resultOf((await library.open(name, handle)) as number);
      if (!got.ok) return got;
      const device = await SaneDevice.adopt(library, turns, this.#patience, handle[0]);
      openDevices.add(device);
      return ok(device);
    });
  }

  /** Closes all that is open and ends SANE (SANE Standard 1.06, 4.3.2). A later question begins it anew. */
  exit(): Promise<Result<undefined, SaneFault>> {
    return turns.take<undefined, SaneFault>(this.#patience.moving, async () => {
      for (const device of openDevices) await device.release();
      openDevices.clear();
      await running?.exit();
      running = undefined;
      return ok();
    });
  }

  #whileRunning<T>(call: (library: Library) => Promise<Result<T, SaneFault>>): Promise<Result<T, SaneFault>> {
    return turns.take<T, SaneFault>(this.#patience.moving, async () => {
      const library = await this.#start();
      return library.ok ? call(library.value) : library;
    });
  }

  async #start(): Promise<Result<Library, SaneFault>> {
    if (running) return ok(running);
    const loaded = loadLibrary();
    if (!loaded.ok) return loaded;
    // Node hands this on to the process's own environment, where sane_init and the drivers read it.
    process.env.SANE_CONFIG_DIR = this.#configuration;
    const begun = resultOf((await loaded.value.init(new Int32Array(1), null)) as number);
    if (!begun.ok) return begun;
    running = loaded.value;
    return loaded;
  }
}
