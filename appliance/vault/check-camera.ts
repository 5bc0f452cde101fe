import type { Camera } from '../camera/camera.js';
import { lumaOf } from '../face/colours.js';
import { decode } from '../face/decode.js';
import type { RgbImage } from '../face/image.js';
import type { FaultCode } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import type { CameraSeen } from '../protocol/vault.js';

/** In milliseconds. A camera adapts to the room's light within a second or two. */
const settlingTime = 2500;

/** Watches the camera for a while, and reports its frame rate and its last picture's size and brightness. */
export async function checkCamera(
  camera: Camera,
  signal: AbortSignal,
): Promise<Result<CameraSeen, FaultCode>> {
  let first: number | undefined;
  let pictures = 0;
  for await (const frame of camera.frames(signal)) {
    if (!frame.ok) return frame;
    const now = performance.now();
    first ??= now;
    const watched = now - first;
    if (watched < settlingTime) {
      pictures += 1;
      continue;
    }
    const picture = await decode(frame.value.encoded);
    if (!picture.ok) return err('camera-broken-frames');
    const { width, height } = picture.value;
    return ok({
      width,
      height,
      per10Seconds: Math.round((pictures / watched) * 10_000),
      brightness: Math.round(brightnessOf(picture.value)),
    });
  }
  return err('camera-no-frames');
}

/** The mean luma, 0 to 255, of every fourth pixel. */
function brightnessOf({ data }: RgbImage): number {
  let sum = 0;
  let count = 0;
  for (let at = 0; at < data.length; at += 12) {
    sum += lumaOf({ red: data[at], green: data[at + 1], blue: data[at + 2] });
    count += 1;
  }
  return sum / count;
}
