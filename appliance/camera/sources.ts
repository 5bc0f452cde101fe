import type { CameraSource, ChoiceOf, SourceName } from './source.js';
import { jetson } from './sources/jetson.js';
import { libcamera } from './sources/libcamera.js';
import { raspberryPi } from './sources/raspberry-pi.js';
import { replay } from './sources/replay.js';
import { usb } from './sources/usb.js';

/** Every camera source, the preferred ones first. A choice in the protocol without a source does not compile. */
export const cameraSources = {
  'raspberry-pi': raspberryPi,
  v4l2src: usb,
  nvarguscamerasrc: jetson,
  libcamerasrc: libcamera,
  replay,
} satisfies { readonly [Name in SourceName]: CameraSource<ChoiceOf<Name>> };
