import type { FindingCode, ScannerFault } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import type { ScannerChoice } from '../protocol/vault.js';
import { createPnmFile } from './pnm-file.js';
import {
  chooseEdge,
  chooseMode,
  chooseResolution,
  chooseSource,
  highestResolution,
  lowestResolution,
} from './choose.js';
import { scannerFault } from './faults.js';
import { frameOf, receiveFrame, type FrameFault } from './frame.js';
import { pseudoScanner, isPseudoScanner, isUnplugged } from './name.js';
import type { SaneDevice } from './sane/device.js';
import type { OptionValue } from './sane/option.js';
import type { Sane } from './sane/sane.js';
import type { SaneFault } from './sane/status.js';
import type { Page } from './scanner.js';

export type ScanFault =
  | ScannerFault
  | Extract<FindingCode, 'scan-empty' | 'scan-short' | 'unreadable-image' | 'image-too-large'>
  | 'cancelled';

/** In milliseconds: how long a running read may finish by itself after a cancel. */
const readGracePeriod = 1000;

/**
 * Scans the whole glass once, in colour if available, at the resolution nearest to the requested one (dpi).
 *
 * The scanner is closed in any case, unless its driver hangs: after `scanner-stalled` the driver still occupies a
 * thread, so the process must be ended with SIGKILL.
 *
 * @param onProgress receives the fraction that has arrived, 0 to 1, if the driver knows the total
 */
export async function scanPage(
  sane: Sane,
  choice: ScannerChoice,
  requested: { readonly resolution: number },
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<Result<Page, ScanFault>> {
  if (choice.kind === 'sane') {
    if (isPseudoScanner(choice.name)) return err('scanner-missing');
    const page = await withDevice(sane, choice.name, (device) =>
      scanWith(device, () => prepareGlass(device, requested.resolution), sane.quiet, onProgress, signal),
    );
    // Drivers report an unplugged cable like any other failure, but the remedy differs.
    const unplugged = !page.ok && page.error !== 'cancelled' && isUnplugged(choice.name);
    return unplugged ? err('scanner-missing') : page;
  }
  const picture = await createPnmFile(choice.picture);
  if (!picture.ok) return picture;
  const { path, resolution = requested.resolution } = picture.value;
  try {
    return await withDevice(sane, pseudoScanner, (device) =>
      scanWith(device, () => preparePicture(device, path, resolution), sane.quiet, onProgress, signal),
    );
  } finally {
    picture.value.close();
  }
}

async function withDevice(
  sane: Sane,
  name: string,
  use: (device: SaneDevice) => Promise<Result<Page, ScanFault>>,
): Promise<Result<Page, ScanFault>> {
  const device = await sane.open(name);
  // `inval` from sane_open: no such device (SANE Standard 1.06, 4.3.4).
  if (!device.ok) return err(device.error === 'inval' ? 'scanner-missing' : scannerFault[device.error]);
  try {
    return await use(device.value);
  } finally {
    await device.value.close();
  }
}

async function scanWith(
  device: SaneDevice,
  prepare: () => Promise<Result<number, SaneFault>>,
  quiet: number,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<Result<Page, ScanFault>> {
  const resolution = await prepare();
  if (!resolution.ok) return err(scannerFault[resolution.error]);
  const cancellation = cancelOnAbort(device, signal);
  try {
    const page = await acquire(device, resolution.value, quiet, onProgress, signal);
    return page.ok ? page : err(scanFault(page.error));
  } finally {
    cancellation.dispose();
    // Required after every scan, complete ones included (SANE Standard 1.06, 4.4).
    await device.cancel();
  }
}

async function acquire(
  device: SaneDevice,
  resolution: number,
  quiet: number,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<Result<Page, FrameFault>> {
  const started = await device.start();
  if (!started.ok) return err(signal.aborted ? 'aborted' : started.error);
  const parameters = await device.parameters();
  if (!parameters.ok) return parameters;
  const frame = frameOf(parameters.value);
  if (!frame.ok) return frame;
  const received = await receiveFrame(device, frame.value, quiet, onProgress, signal);
  if (!received.ok) return received;
  const { width, channels } = frame.value;
  return ok({ ...received.value, width, channels, resolution });
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

/**
 * Sets the options that the scanner has: flatbed, colour, resolution, 8 bits, whole area. Each may change the next
 * ones. Options that the driver refuses are left alone: the received page shows whether it is usable.
 *
 * @returns the resolution that the driver chose
 */
async function prepareGlass(device: SaneDevice, requested: number): Promise<Result<number, SaneFault>> {
  const settings: readonly (readonly [name: string, choose: () => OptionValue | undefined])[] = [
    ['source', () => chooseSource(device.option('source'))],
    ['mode', () => chooseMode(device.option('mode'))],
    ['resolution', () => chooseResolution(device.option('resolution'), requested)],
    ['depth', () => 8],
    ['tl-x', () => chooseEdge(device.option('tl-x'), 'near')],
    ['tl-y', () => chooseEdge(device.option('tl-y'), 'near')],
    ['br-x', () => chooseEdge(device.option('br-x'), 'far')],
    ['br-y', () => chooseEdge(device.option('br-y'), 'far')],
  ];
  for (const [name, choose] of settings) {
    const value = choose();
    const done = value === undefined ? ok() : await device.set(name, value);
    if (!done.ok && !toleratedFaults.has(done.error)) return done;
  }
  const taken = await device.get('resolution');
  if (!taken.ok) return taken;
  const resolution = Number(taken.value);
  const isUsable = resolution >= lowestResolution && resolution <= highestResolution;
  return isUsable ? ok(resolution) : err('unsupported');
}

const toleratedFaults: ReadonlySet<SaneFault> = new Set([
  'no-such-option',
  'not-allowed',
  'inval',
  'unsupported',
]);

async function preparePicture(
  device: SaneDevice,
  path: string,
  resolution: number,
): Promise<Result<number, SaneFault>> {
  const set = await device.set('filename', path);
  return set.ok ? ok(resolution) : set;
}

function scanFault(fault: FrameFault): ScanFault {
  switch (fault) {
    case 'aborted':
      return 'cancelled';
    case 'empty':
      return 'scan-empty';
    case 'short':
      return 'scan-short';
    default:
      return scannerFault[fault];
  }
}
