import { ok } from '../../result.js';
import { type FoundCamera, toFound } from '../found.js';
import { raspberryPiCamera } from '../libcamera-vid.js';
import { outputOf } from '../program-output.js';
import type { CameraSource, ChoiceOf } from '../source.js';

/** The camera module of a Raspberry Pi. */
export const raspberryPi: CameraSource<ChoiceOf<'raspberry-pi'>> = {
  async find({ timeoutMs }) {
    const listed = await outputOf('rpicam-hello', '--list-cameras', timeoutMs);
    // Older releases call it libcamera-hello.
    const isMissing = listed.ok && listed.value === undefined;
    const printed = isMissing ? await outputOf('libcamera-hello', '--list-cameras', timeoutMs) : listed;
    return printed.ok ? ok(parseModules(printed.value ?? '')) : printed;
  },
  open: () => raspberryPiCamera(),
};

/**
 * The first camera module in the output of `rpicam-hello --list-cameras`, such as
 * `0 : imx708 [4608x2592 10-bit RGGB] (/base/axi/pcie@120000/rp1/i2c@88000/imx708@1a)`, with the size of its
 * sensor. `rpicam-vid` opens the first camera by default; a USB camera in the list is ignored.
 */
export function parseModules(output: string): FoundCamera[] {
  const module = /^\s*\d+ : (\S+) \[(?:(\d+)x(\d+))?.*?\] \((\/base\/.*)\)$/m.exec(output);
  if (!module || module[4].includes('usb')) return [];
  const [, label, width, height] = module;
  return toFound(
    { choice: { kind: 'raspberry-pi' }, label },
    { width: Number(width), height: Number(height) },
  );
}
