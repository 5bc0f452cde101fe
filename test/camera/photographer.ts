// Stands for the vault: photographs until it is killed, and says on its standard output when it has begun.
import { gstreamerCamera } from '../../appliance/camera/gstreamer.js';
import { raspberryPiCamera } from '../../appliance/camera/libcamera-vid.js';

const camera =
  process.argv[2] === 'raspberry-pi'
    ? raspberryPiCamera()
    : gstreamerCamera([[['videotestsrc', 'is-live=true'], ['jpegenc']]]);
for await (const frame of camera.frames(new AbortController().signal)) {
  process.stdout.write(frame.ok ? 'photographing\n' : `${frame.error}\n`);
}
