import { existsSync } from 'node:fs';

import { err, ok } from '../../result.js';
import type { Camera } from '../camera.js';
import { toFound } from '../found.js';
import { encodeJpeg, gstreamerCamera, type GStreamerSource, sourceStage } from '../gstreamer.js';

const size = 'width=[640,1280],height=[480,960]';

/** Cameras of the USB video class. */
export const usb: GStreamerSource = {
  async find({ videoDevices }) {
    const cameras = (await videoDevices).filter(({ bus, index }) => bus === 'usb' && index === '0');
    return ok(
      cameras.flatMap(({ node, label, port, largest }) =>
        toFound(
          {
            choice: { kind: 'gstreamer', source: 'v4l2src', device: node },
            label,
            node,
            ...(port === undefined ? {} : { port }),
          },
          largest,
        ),
      ),
    );
  },
  open(choice) {
    const camera = gstreamerCamera(usb.pipelines(choice));
    return choice.device === undefined ? camera : missingOnceUnplugged(camera, choice.device);
  },
  /** The camera's own JPEG first, since encoding it again costs time and sharpness. */
  pipelines(choice) {
    const source = sourceStage(choice, 'device');
    return [
      [source, [`image/jpeg,${size}`]],
      [source, [`video/x-raw,${size}`], ...encodeJpeg],
    ];
  },
};

/** GStreamer reports an unplugged cable like any other failure, but the remedy differs. */
function missingOnceUnplugged(camera: Camera, node: string): Camera {
  return {
    ...camera,
    async *frames(signal) {
      for await (const frame of camera.frames(signal))
        yield frame.ok || existsSync(node) ? frame : err('camera-missing');
    },
  };
}
