import type { FindingCode, ScannerFault } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import type { ScannerChoice } from '../protocol/vault.js';
import { layPicture } from './bench.js';
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
import { benchScanner, isBench, isUnplugged } from './name.js';
import type { SaneDevice } from './sane/device.js';
import type { OptionValue } from './sane/option.js';
import type { Sane } from './sane/sane.js';
import type { SaneFault } from './sane/status.js';
import type { Page } from './scanner.js';

export type ScanFault =
  | ScannerFault
  | Extract<FindingCode, 'scan-empty' | 'scan-short' | 'unreadable-image' | 'image-too-large'>
  | 'cancelled';

/** A read that is under way when a scan is cancelled has this long, in milliseconds, to end by itself. */
const grace = 1000;

/**
 * Scans the whole glass once, in colour where there is colour, at the resolution nearest to `asked` (dpi).
 * `onProgress` is told the fraction that has arrived, 0 to 1, where the driver knows how much will come.
 * Whatever happens the scanner is closed, except one that answers nothing any more: after `scanner-stalled`
 * a thread of this process is still in its driver, and the process must be ended with SIGKILL.
 */
export async function scanPage(
  sane: Sane,
  choice: ScannerChoice,
  asked: { readonly resolution: number },
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<Result<Page, ScanFault>> {
  if (choice.kind === 'sane') {
    if (isBench(choice.name)) return err('scanner-missing');
    const page = await withDevice(sane, choice.name, (device) =>
      scanWith(device, () => prepareGlass(device, asked.resolution), sane.quiet, onProgress, signal),
    );
    // To a driver an unplugged cable is a fault like others, and its remedy is another one.
    const unplugged = !page.ok && page.error !== 'cancelled' && isUnplugged(choice.name);
    return unplugged ? err('scanner-missing') : page;
  }
  const picture = await layPicture(choice.picture);
  if (!picture.ok) return picture;
  const { path, resolution = asked.resolution } = picture.value;
  try {
    return await withDevice(sane, benchScanner, (device) =>
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
  // At sane_open `inval` says that there is no such device (SANE Standard 1.06, 4.3.4).
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
  const promptly = cancelPromptly(device, signal);
  try {
    const page = await acquire(device, resolution.value, quiet, onProgress, signal);
    return page.ok ? page : err(scanFault(page.error));
  } finally {
    promptly.dispose();
    // Ends every scan, the whole ones too (SANE Standard 1.06, 4.4).
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
 * sane_cancel may come at any time, but drivers free what a read under way still uses. So the scan is left
 * to end between two reads, and only a read that takes too long is interrupted.
 */
function cancelPromptly(device: SaneDevice, signal: AbortSignal): { dispose(): void } {
  let alarm: NodeJS.Timeout | undefined;
  const arm = () => {
    alarm = setTimeout(() => void device.cancel(), grace);
  };
  signal.addEventListener('abort', arm, { once: true });
  return {
    dispose: () => {
      signal.removeEventListener('abort', arm);
      clearTimeout(alarm);
    },
  };
}

/**
 * Sets what the scanner has of: glass, colour, resolution, 8 bits, whole area; each may change the options
 * after it. Answers the resolution that the driver took. What it refuses stays as it is: whether the page
 * is of use is judged by what arrives.
 */
async function prepareGlass(device: SaneDevice, asked: number): Promise<Result<number, SaneFault>> {
  const wishes: readonly (readonly [name: string, choose: () => OptionValue | undefined])[] = [
    ['source', () => chooseSource(device.option('source'))],
    ['mode', () => chooseMode(device.option('mode'))],
    ['resolution', () => chooseResolution(device.option('resolution'), asked)],
    ['depth', () => 8],
    ['tl-x', () => chooseEdge(device.option('tl-x'), 'near')],
    ['tl-y', () => chooseEdge(device.option('tl-y'), 'near')],
    ['br-x', () => chooseEdge(device.option('br-x'), 'far')],
    ['br-y', () => chooseEdge(device.option('br-y'), 'far')],
  ];
  for (const [name, choose] of wishes) {
    const value = choose();
    const done = value === undefined ? ok() : await device.set(name, value);
    if (!done.ok && !refusals.has(done.error)) return done;
  }
  const taken = await device.get('resolution');
  if (!taken.ok) return taken;
  const resolution = Number(taken.value);
  const enough = resolution >= lowestResolution && resolution <= highestResolution;
  return enough ? ok(resolution) : err('unsupported');
}

const refusals: ReadonlySet<SaneFault> = new Set(['no-such-option', 'not-allowed', 'inval', 'unsupported']);

async function preparePicture(
  device: SaneDevice,
  path: string,
  resolution: number,
): Promise<Result<number, SaneFault>> {
  const laid = await device.set('filename', path);
  return laid.ok ? ok(resolution) : laid;
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
