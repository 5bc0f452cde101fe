import { labelOf } from '../protocol/label.js';
import { deviceList, type DeviceList } from '../protocol/vault.js';
import type { Size } from './uvc.js';

export type FoundCamera = DeviceList['cameras'][number];

/**
 * The camera if it fits the protocol. An impossible size is dropped, not the camera.
 *
 * @param largest its largest picture, if known without starting the camera
 * @returns nothing if the name or the node does not fit
 */
export function toFound(camera: FoundCamera, largest?: Size): FoundCamera[] {
  const labelled = { ...camera, label: labelOf(camera.label) };
  const parsed = [largest ? { ...labelled, largest } : labelled, labelled]
    .map((each) => deviceList.shape.cameras.safeParse([each]))
    .find(({ success }) => success);
  return parsed?.data ?? [];
}
