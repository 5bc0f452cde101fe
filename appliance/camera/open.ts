import { existsSync } from 'node:fs';

import { err } from '../result.js';
import type { CameraChoice } from '../protocol/vault.js';
import type { Camera } from './camera.js';
import { gstreamerCamera, pipelinesFor } from './gstreamer.js';
import { raspberryPiCamera } from './raspberry-pi.js';
import { replayCamera } from './replay.js';

/** The camera that was chosen; nothing is opened or started before its frames are iterated. */
export function openCamera(choice: CameraChoice): Camera {
  switch (choice.kind) {
    case 'raspberry-pi':
      return raspberryPiCamera();
    case 'gstreamer': {
      const camera = gstreamerCamera(pipelinesFor(choice));
      const { source, device } = choice;
      return source === 'v4l2src' && device !== undefined ? onCable(camera, device) : camera;
    }
    case 'replay':
      return replayCamera(choice.pictures);
  }
}

/** To GStreamer an unplugged cable is a fault like others, and its remedy is another one. */
function onCable(camera: Camera, node: string): Camera {
  return {
    ...camera,
    async *frames(signal) {
      for await (const frame of camera.frames(signal))
        yield frame.ok || existsSync(node) ? frame : err('camera-missing');
    },
  };
}
