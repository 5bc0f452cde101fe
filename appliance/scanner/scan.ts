import { err, ok, type Result } from '../result.js';
import type { ScannerChoice, ScannerWait } from '../protocol/vault.js';
import { fixedResolution, highestResolution, lowestResolution } from './choose.js';
import { scannerFault } from './faults.js';
import { frameOf, receiveFrame, type FrameFault } from './frame.js';
import { pseudoScanner, isPseudoScanner, isUnplugged } from './name.js';
import { defaultPatience, type Patience, Waiting } from './passing.js';
import { prepareGlass, widthOf, type OptionFault } from './prepare.js';
import type { ScanFault } from './protocol.js';
import type { SaneDevice } from './sane/device.js';
import type { Sane } from './sane/sane.js';
import type { SaneFault } from './sane/status.js';
import type { Page } from './scanner.js';

/** Hears how a scan goes on. */
export type ScanListener = {
  /** The fraction that has arrived, 0 to 1, if the driver knows the total; 0 when a wait is over. */
  readonly progress: (fraction: number) => void;
  /** The scanner is not ready, and is asked again. */
  readonly waiting: (why: ScannerWait) => void;
};

/** In milliseconds: how long a running read may finish by itself after a cancel. */
const readGracePeriod = 1000;

/**
 * Scans the whole glass once, in colour if available, at the resolution nearest to the requested one (dpi). Waits for
 * states that pass.
 *
 * The scanner is closed in any case, unless its driver hangs: after `scanner-stalled` the driver still occupies a
 * thread, so the process must be ended with SIGKILL.
 */
export async function scanPage(
  sane: Sane,
  choice: ScannerChoice,
  requested: { readonly resolution: number; readonly patience?: Patience },
  listener: ScanListener,
  signal: AbortSignal,
): Promise<Result<Page, ScanFault>> {
  const waiting = new Waiting(requested.patience ?? defaultPatience, listener.waiting, signal);
  const scan = { quiet: sane.quiet, listener, signal, waiting };
  if (choice.kind === 'sane') {
    if (isPseudoScanner(choice.name)) return err('scanner-missing');
    const page = await withDevice(sane, choice.name, scan, (device) =>
      scanWith(device, () => prepareGlass(device, requested.resolution), scan),
    );
    // Drivers report an unplugged cable like any other failure, but the remedy differs.
    const unplugged = !page.ok && page.error !== 'cancelled' && isUnplugged(choice.name);
    return unplugged ? err('scanner-missing') : page;
  }
  // Practice alone decodes a picture, and loads what that needs.
  const { createPnmFile } = await import('./pnm-file.js');
  const picture = await createPnmFile(choice.picture);
  if (!picture.ok) return picture;
  const { path, resolution = requested.resolution } = picture.value;
  try {
    return await withDevice(sane, pseudoScanner, scan, (device) =>
      scanWith(device, () => preparePicture(device, path, resolution), scan),
    );
  } finally {
    picture.value.close();
  }
}

/** One scan under way. */
type Scan = {
  /** Milliseconds without a byte that count as a stall. */
  readonly quiet: number;
  readonly listener: ScanListener;
  readonly signal: AbortSignal;
  readonly waiting: Waiting;
};

/** Why there is no page. */
type PageFault = FrameFault | OptionFault;

type Prepare = () => Promise<Result<number | undefined, SaneFault | OptionFault>>;

async function withDevice(
  sane: Sane,
  name: string,
  { waiting }: Scan,
  use: (device: SaneDevice) => Promise<Result<Page, ScanFault>>,
): Promise<Result<Page, ScanFault>> {
  const device = await waiting.through(() => waiting.during(() => sane.open(name)));
  // `inval` from sane_open: no such device (SANE Standard 1.06, 4.3.4).
  if (!device.ok) return err(device.error === 'inval' ? 'scanner-missing' : scanFault(device.error));
  try {
    return await use(device.value);
  } finally {
    await device.value.close();
  }
}

/** The scanner stays open while it is waited for: some put their lamp out when they are closed. */
async function scanWith(device: SaneDevice, prepare: Prepare, scan: Scan): Promise<Result<Page, ScanFault>> {
  const cancellation = cancelOnAbort(device, scan.signal);
  try {
    const page = await scan.waiting.through(() => attempt(device, prepare, scan));
    return page.ok ? page : err(scanFault(page.error));
  } finally {
    cancellation.dispose();
  }
}

async function attempt(device: SaneDevice, prepare: Prepare, scan: Scan): Promise<Result<Page, PageFault>> {
  const resolution = await prepare();
  if (!resolution.ok) return resolution;
  try {
    return await acquire(device, resolution.value, scan);
  } finally {
    // Required after every scan, complete ones included (SANE Standard 1.06, 4.4).
    await device.cancel();
  }
}

async function acquire(
  device: SaneDevice,
  set: number | undefined,
  { quiet, listener, signal, waiting }: Scan,
): Promise<Result<Page, PageFault>> {
  const started = await waiting.during(() => device.start());
  if (!started.ok) return err(signal.aborted ? 'aborted' : started.error);
  if (waiting.told) listener.progress(0);
  const parameters = await device.parameters();
  if (!parameters.ok) return parameters;
  const frame = frameOf(parameters.value);
  if (!frame.ok) return frame;
  const { width, channels } = frame.value;
  const resolution = set ?? fixedResolution(width, await widthOf(device));
  if (resolution < lowestResolution || resolution > highestResolution) return err('too-coarse');
  const received = await receiveFrame(device, frame.value, quiet, listener.progress, signal);
  return received.ok ? ok({ ...received.value, width, channels, resolution }) : received;
}

/**
 * sane_cancel is allowed at any time, but drivers free memory that a running read still uses. So a scan ends between
 * two reads, and only a read that takes too long is interrupted.
 */
function cancelOnAbort(device: SaneDevice, signal: AbortSignal): { dispose(): void } {
  let timer: NodeJS.Timeout | undefined;
  const startTimer = () => {
    timer = setTimeout(() => void device.cancel(), readGracePeriod);
  };
  signal.addEventListener('abort', startTimer, { once: true });
  return {
    dispose: () => {
      signal.removeEventListener('abort', startTimer);
      clearTimeout(timer);
    },
  };
}

async function preparePicture(
  device: SaneDevice,
  path: string,
  resolution: number,
): Promise<Result<number, SaneFault>> {
  const set = await device.set('filename', path);
  return set.ok ? ok(resolution) : set;
}

function scanFault(fault: PageFault): ScanFault {
  switch (fault) {
    case 'aborted':
      return 'cancelled';
    case 'empty':
      return 'scan-empty';
    case 'short':
      return 'scan-short';
    case 'no-glass':
      return 'scanner-no-glass';
    case 'black-and-white':
      return 'scanner-black-and-white';
    case 'too-coarse':
      return 'scanner-too-coarse';
    default:
      return scannerFault[fault];
  }
}
