import koffi from 'koffi';

import { err, ok, type Result } from '../../result.js';

/** Arguments: words, addresses, names, and memory that the driver reads or fills. */
type Argument = number | bigint | string | null | Uint8Array | Int32Array | BigUint64Array;
type Call = (...args: readonly Argument[]) => Promise<unknown>;

/**
 * The operations of SANE (SANE Standard 1.06, 4.3), each run on a thread, so that the event loop goes on while a
 * driver waits for its carriage. Those that return a SANE_Status resolve with its number.
 */
export type Library = {
  readonly init: Call;
  readonly exit: Call;
  readonly getDevices: Call;
  readonly open: Call;
  readonly close: Call;
  readonly getOptionDescriptor: Call;
  readonly controlOption: Call;
  readonly getParameters: Call;
  readonly start: Call;
  readonly read: Call;
  readonly cancel: Call;
};

// The driver writes into its arguments until the call returns; of a call that never returns they are kept for ever.
const pinned = new Set<readonly Argument[]>();

let loaded: Library | undefined;

/** Loads libsane (Debian: libsane1) on first use. */
export function loadLibrary(): Result<Library, 'no-library'> {
  if (loaded) return ok(loaded);
  try {
    const library = koffi.load('libsane.so.1');
    const call = (definition: string): Call => {
      const native = library.func(definition);
      return (...args) =>
        new Promise((resolve, reject) => {
          pinned.add(args);
          native.async(...args, (error: Error | null, answer: unknown) => {
            pinned.delete(args);
            if (error) reject(error);
            else resolve(answer);
          });
        });
    };
    loaded = {
      init: call('int sane_init(void *version, void *authorize)'),
      exit: call('void sane_exit()'),
      getDevices: call('int sane_get_devices(void *list, int localOnly)'),
      open: call('int sane_open(const char *name, void *handle)'),
      close: call('void sane_close(void *handle)'),
      getOptionDescriptor: call('void *sane_get_option_descriptor(void *handle, int option)'),
      controlOption: call(
        'int sane_control_option(void *handle, int option, int action, void *value, void *info)',
      ),
      getParameters: call('int sane_get_parameters(void *handle, void *parameters)'),
      start: call('int sane_start(void *handle)'),
      read: call('int sane_read(void *handle, void *data, int longest, void *length)'),
      cancel: call('void sane_cancel(void *handle)'),
    };
    return ok(loaded);
  } catch {
    return err('no-library');
  }
}
