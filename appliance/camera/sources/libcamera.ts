import { basename } from 'node:path';

import { ok } from '../../result.js';
import { type FoundCamera, toFound } from '../found.js';
import { encodeJpeg, gstreamerCamera, type GStreamerSource, sourceStage } from '../gstreamer.js';
import { outputOf } from '../program-output.js';
import type { GStreamerChoice } from '../source.js';
import { area, type Size } from '../uvc.js';

/** Camera modules of other boards, through libcamera's GStreamer element (Debian: gstreamer1.0-libcamera). */
export const libcamera: GStreamerSource = {
  async findOthers({ timeoutMs }, found) {
    const printed = await outputOf('gst-device-monitor-1.0', 'Video/Source', timeoutMs);
    if (!printed.ok) return printed;
    return ok(parseDeviceMonitor(printed.value ?? '').filter((camera) => !isKnown(camera, found)));
  },
  open(choice) {
    return gstreamerCamera(libcamera.pipelines(choice));
  },
  pipelines(choice) {
    return [
      [
        sourceStage(choice, 'camera-name'),
        ['video/x-raw,format={(string)NV12,(string)YUY2},width=1280,height=960'],
        ...encodeJpeg,
      ],
    ];
  },
};

/** libcamera also lists Raspberry Pi modules and USB cameras, which better sources have found already. */
function isKnown({ choice }: FoundCamera, found: readonly FoundCamera[]): boolean {
  const id = 'device' in choice ? (choice.device ?? '') : '';
  const isModule = id.startsWith('/base/');
  // libcamera's uvcvideo pipeline ends a camera's id with vendor and product.
  const isUsb = /-[0-9a-f]{4}:[0-9a-f]{4}$/.test(id);
  return found.some(({ choice: { kind }, node }) => (kind === 'raspberry-pi' ? isModule : node && isUsb));
}

/**
 * The libcamera cameras in the output of `gst-device-monitor-1.0` (Debian: gstreamer1.0-plugins-base-apps). It
 * prints each camera's caps and a command line such as
 * `gst-launch-1.0 libcamerasrc camera-name="/base/soc/i2c0mux/i2c\@1/imx219\@10" ! ...`.
 */
export function parseDeviceMonitor(output: string): FoundCamera[] {
  return output.split(/^Device found:$/m).flatMap((device) => {
    const launch = /^\s*gst-launch-1\.0 libcamerasrc camera-name=(\S+) ! /m.exec(device);
    if (!launch) return [];
    const id = launch[1].replace(/^"|"$|\\(?=.)/g, '');
    const choice: GStreamerChoice = { kind: 'gstreamer', source: 'libcamerasrc', device: id };
    return toFound({ choice, label: basename(id) }, largestIn(device));
  });
}

/** The largest size in GStreamer's caps, where each side is a number or a range such as `[ 64, 3280, 2 ]`. */
function largestIn(caps: string): Size | undefined {
  const side = String.raw`(?:\(int\))?(?:\[ *\d+, *)?(\d+)`;
  return [...caps.matchAll(new RegExp(`width=${side}.*?height=${side}`, 'g'))]
    .map(([, width, height]) => ({ width: Number(width), height: Number(height) }))
    .toSorted((one, other) => area(other) - area(one))
    .at(0);
}
