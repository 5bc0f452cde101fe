import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

import type { CameraFault } from '../findings.js';
import type { Camera } from './camera.js';
import { faultOf } from './error-output.js';
import { type FrameTimeouts, framesOf, type JpegProgram } from './program.js';
import type { CameraSource, GStreamerChoice } from './source.js';

/** One stage of a GStreamer pipeline: an element with its properties, or a caps filter. */
export type Stage = readonly string[];
export type Pipeline = readonly Stage[];

/** A source behind a GStreamer element. */
export type GStreamerSource = CameraSource<GStreamerChoice> & {
  /** What to try for a camera, in this order, until one delivers a picture. */
  pipelines(choice: GStreamerChoice): readonly Pipeline[];
};

/** The source element, with the property that selects the device. */
export function sourceStage({ source, device }: GStreamerChoice, property: string): Stage {
  return device === undefined ? [source] : [source, `${property}=${device}`];
}

/** From raw video to JPEG. A frame that was not fetched in time is dropped for the next. */
export const encodeJpeg: Pipeline = [
  ['queue', 'leaky=downstream', 'max-size-buffers=1'],
  ['videoconvert'],
  ['jpegenc', 'quality=90'],
];

/**
 * A camera behind gst-launch-1.0 (Debian: gstreamer1.0-tools, -plugins-base, -plugins-good). The next pipeline is
 * tried when one fails before its first picture.
 */
export function gstreamerCamera(pipelines: readonly Pipeline[], timeouts?: FrameTimeouts): Camera {
  return {
    practice: false,
    async *frames(signal) {
      let hasDelivered = false;
      for (const [index, stages] of pipelines.entries()) {
        const last = index === pipelines.length - 1;
        for await (const frame of framesOf(() => launch(stages), signal, timeouts)) {
          hasDelivered ||= frame.ok;
          if (!frame.ok && frame.error === 'camera-failed' && !hasDelivered && !last) break;
          yield frame;
        }
        if (hasDelivered) return;
      }
    },
  };
}

/** How much of the program's error output is kept, in characters. The cause is in its first lines. */
const errorOutputLength = 4096;

/** How long a program may take to release its camera after SIGINT, in milliseconds. */
const gracePeriod = 1000;

function launch(stages: Pipeline): JpegProgram {
  // Pictures go through descriptor 3, so that messages on standard output cannot get between them.
  const sink: Stage = ['fdsink', 'fd=3', 'sync=false'];
  const pipeline = [...stages, sink].flatMap((stage, index) => (index === 0 ? stage : ['!', ...stage]));
  const child = spawn('gst-launch-1.0', ['-q', ...pipeline], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  const [, , stderr, pipe] = child.stdio as unknown as [null, null, Readable, Readable];
  let errorOutput = '';
  stderr.setEncoding('utf8').on('data', (text: string) => {
    errorOutput = (errorOutput + text).slice(0, errorOutputLength);
  });
  const ended = new Promise<CameraFault>((resolve) => {
    child.once('close', () => {
      resolve(faultOf(errorOutput));
    });
    // Not installed: there is no process whose end would close the pipes.
    child.once('error', () => {
      stderr.destroy();
      pipe.destroy();
      resolve('camera-failed');
    });
  });
  let isEnding = false;
  return {
    pipe,
    ended,
    end() {
      if (isEnding) return;
      isEnding = true;
      child.kill('SIGINT');
      const escalation = setTimeout(() => child.kill('SIGKILL'), gracePeriod);
      void ended.then(() => {
        clearTimeout(escalation);
      });
    },
  };
}
