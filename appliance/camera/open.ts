import type { CameraChoice } from '../protocol/vault.js';
import type { Camera } from './camera.js';
import type { CameraSource } from './source.js';
import { cameraSources } from './sources.js';

/** The chosen camera. Nothing is opened or started before its frames are iterated. */
export function openCamera(choice: CameraChoice): Camera {
  const name = choice.kind === 'gstreamer' ? choice.source : choice.kind;
  // TypeScript cannot see that the source looked up by the choice's name takes this very choice.
  const source = cameraSources[name] as CameraSource<CameraChoice>;
  return source.open(choice);
}
