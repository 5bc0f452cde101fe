import type { Camera } from '../camera/camera.js';
import { decode } from '../face/decode.js';
import type { FaultCode } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import type { TaskContext } from './task-context.js';
import type { CardViewed } from '../protocol/vault.js';
import { measureView } from './test-card/measure.js';

/** In milliseconds: time to hold the card in front of the camera. */
const viewTimeout = 45_000;
/** The sharpest of this many views counts, since a hand is never quite still. */
const viewsNeeded = 12;

/** Looks for the test card in the camera's pictures; undefined if nobody held it up in time. */
export async function viewTestCard(
  camera: Camera,
  { report, signal }: Pick<TaskContext, 'report' | 'signal'>,
): Promise<Result<CardViewed | undefined, FaultCode>> {
  const deadline = performance.now() + viewTimeout;
  const views: CardViewed[] = [];
  for await (const frame of camera.frames(signal)) {
    if (!frame.ok) return frame;
    const picture = await decode(frame.value.encoded);
    const seen = picture.ok ? await measureView(picture.value) : undefined;
    if (seen) views.push(seen);
    report({ is: 'progress', percent: Math.floor((views.length / viewsNeeded) * 100) });
    if (views.length === viewsNeeded || performance.now() > deadline) return ok(sharpest(views));
  }
  return err('camera-no-frames');
}

function sharpest(views: readonly CardViewed[]): CardViewed | undefined {
  return views.toSorted((one, other) => one.riseTenths - other.riseTenths).at(0);
}
