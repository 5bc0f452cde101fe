import type { CameraFault } from '../findings.js';
import { isNamed } from '../protocol/label.js';
import { maxDevicesPerKind } from '../protocol/vault.js';
import { err, ok, type Result } from '../result.js';
import type { FoundCamera } from './found.js';
import type { CameraSource } from './source.js';
import { cameraSources } from './sources.js';
import { readVideoDevices } from './video-devices.js';

/** In milliseconds. The slowest program that lists cameras loads all of GStreamer. */
const listTimeout = 15_000;

type Options = {
  /** The camera that the settings name. */
  readonly named?: string | undefined;
  /** The kernel's folder of video devices. */
  readonly videoDevices?: string;
  readonly timeoutMs?: number;
};

/**
 * The attached cameras, each once, the preferred source's first. No camera is started.
 *
 * @returns `camera-stalled` if none was found and a program that lists cameras did not return
 */
export async function findCameras({
  named,
  videoDevices = '/sys/class/video4linux',
  timeoutMs = listTimeout,
}: Options = {}): Promise<Result<FoundCamera[], CameraFault>> {
  const search = { timeoutMs, videoDevices: readVideoDevices(videoDevices) };
  const sources: readonly Pick<CameraSource<never>, 'find' | 'findOthers'>[] = Object.values(cameraSources);
  const lists = await Promise.all(sources.flatMap((source) => source.find?.(search) ?? []));
  const first = lists.flatMap((list) => (list.ok ? list.value : []));
  const isEnough =
    first.length > 0 && (named === undefined || first.some((camera) => isNamed(camera, named)));
  const others = isEnough
    ? []
    : await Promise.all(sources.flatMap((source) => source.findOthers?.(search, first) ?? []));
  const found = [...first, ...others.flatMap((list) => (list.ok ? list.value : []))];
  const hasStalled = [...lists, ...others].some((list) => !list.ok);
  return found.length === 0 && hasStalled ? err('camera-stalled') : ok(found.slice(0, maxDevicesPerKind));
}
