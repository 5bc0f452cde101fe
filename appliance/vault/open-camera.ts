import type { Camera } from '../camera/camera.js';
import { openCamera as open } from '../camera/open.js';
import type { CameraChoice } from '../protocol/vault.js';
import { endOthers } from './end-others.js';

/**
 * The chosen camera. It opens only once the vault is the only one of its processes, so that nothing which a scanner's
 * driver left behind sees the visitor; where that cannot be made sure, `driver-not-ended` stands in the place of frames.
 */
export function openCamera(choice: CameraChoice, alone = endOthers): Camera {
  const camera = open(choice);
  return {
    practice: camera.practice,
    async *frames(signal) {
      const ended = await alone();
      if (ended.ok) yield* camera.frames(signal);
      else yield ended;
    },
  };
}
