import type { Result } from '../result.js';
import type { CameraChoice } from '../protocol/vault.js';
import type { Camera } from './camera.js';
import type { FoundCamera } from './found.js';
import type { VideoDevice } from './video-devices.js';

export type GStreamerChoice = Extract<CameraChoice, { kind: 'gstreamer' }>;

/** The choice's kind, or GStreamer's source element where the choice names one. */
export type SourceName = Exclude<CameraChoice['kind'], 'gstreamer'> | GStreamerChoice['source'];
export type ChoiceOf<Name extends SourceName> = Name extends GStreamerChoice['source']
  ? GStreamerChoice
  : Extract<CameraChoice, { kind: Name }>;

/** What a source searches; the kernel's video devices are read once for all sources. */
export type Search = {
  /** How long a program that lists cameras may take. */
  readonly timeoutMs: number;
  readonly videoDevices: Promise<readonly VideoDevice[]>;
};

/** `stalled`: a program that lists cameras did not return in time. */
export type SearchResult = Promise<Result<readonly FoundCamera[], 'stalled'>>;

/** One way to reach cameras. `sources.ts` lists them all. */
export type CameraSource<Choice extends CameraChoice> = {
  /** Lists the cameras without starting one, the most suitable first. */
  find?(search: Search): SearchResult;
  /** For a search that opens every camera: only called when `found` is empty or lacks the requested one. */
  findOthers?(search: Search, found: readonly FoundCamera[]): SearchResult;
  /** Nothing is started before the camera's frames are iterated. */
  open(choice: Choice): Camera;
};
