import type { CameraChoice } from '../vault/protocol.js';
import type { Camera } from './camera.js';
import { gstreamerCamera, pipelinesFor } from './gstreamer.js';
import { raspberryPiCamera } from './raspberry-pi.js';
import { replayCamera } from './replay.js';

/** The camera that was chosen; nothing is opened or started before its frames are iterated. */
export function openCamera(choice: CameraChoice): Camera {
  switch (choice.kind) {
    case 'raspberry-pi':
      return raspberryPiCamera();
    case 'gstreamer':
      return gstreamerCamera(pipelinesFor(choice));
    case 'replay':
      return replayCamera(choice.pictures);
  }
}
