import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

import type { CameraFault } from '../findings.js';
import type { CameraChoice } from '../protocol/vault.js';
import type { Camera } from './camera.js';
import { faultOf } from './complaint.js';
import { framesOf, type PictureProgram, type Silence } from './program.js';

export type GStreamerChoice = Extract<CameraChoice, { kind: 'gstreamer' }>;

/** A part of a GStreamer pipeline: an element with its properties, or what may pass between two elements. */
export type Stage = readonly string[];

/** From what a source gives to JPEG; a frame that nobody fetched in time makes room for the next. */
const encode: readonly Stage[] = [
  ['queue', 'leaky=downstream', 'max-size-buffers=1'],
  ['videoconvert'],
  ['jpegenc', 'quality=90'],
];

/**
 * What to try for a camera, in this order; the next is tried when one ends without a picture. A USB camera's own
 * JPEG is taken as it is, since to decode and encode it again costs time and sharpness.
 */
export function pipelinesFor(choice: GStreamerChoice): readonly (readonly Stage[])[] {
  const named = (property: string): Stage =>
    choice.device === undefined ? [choice.source] : [choice.source, `${property}=${choice.device}`];
  switch (choice.source) {
    case 'v4l2src': {
      const size = 'width=[640,1280],height=[480,960]';
      const source = named('device');
      return [
        [source, [`image/jpeg,${size}`]],
        [source, [`video/x-raw,${size}`], ...encode],
      ];
    }
    case 'libcamerasrc':
      return [
        [
          named('camera-name'),
          ['video/x-raw,format={(string)NV12,(string)YUY2},width=1280,height=960'],
          ...encode,
        ],
      ];
    case 'nvarguscamerasrc':
      return [
        [
          named('sensor-id'),
          // Argus hands over buffers in the accelerator's memory; nvvidconv brings them out.
          ['video/x-raw(memory:NVMM),width=1280,height=960'],
          ['nvvidconv'],
          ['video/x-raw,format=I420'],
          ...encode,
        ],
      ];
  }
}

/** A camera behind GStreamer's gst-launch-1.0 (Debian: gstreamer1.0-tools, -plugins-base, -plugins-good). */
export function gstreamerCamera(pipelines: readonly (readonly Stage[])[], silence?: Silence): Camera {
  return {
    practice: false,
    async *frames(signal) {
      let photographed = false;
      for (const [index, stages] of pipelines.entries()) {
        const last = index === pipelines.length - 1;
        for await (const frame of framesOf(() => launch(stages), signal, silence)) {
          photographed ||= frame.ok;
          if (!frame.ok && frame.error === 'camera-failed' && !photographed && !last) break;
          yield frame;
        }
        if (photographed) return;
      }
    },
  };
}

/** How much of what the program complains of is kept, in characters: its first lines say why. */
const complaintLength = 4096;

/** How long a program may take to let go of its camera, in milliseconds. */
const grace = 1000;

function launch(stages: readonly Stage[]): PictureProgram {
  // Pictures have a pipe to themselves, number 3: whatever the program says on its standard output stays apart.
  const sink: Stage = ['fdsink', 'fd=3', 'sync=false'];
  const pipeline = [...stages, sink].flatMap((stage, index) => (index === 0 ? stage : ['!', ...stage]));
  const child = spawn('gst-launch-1.0', ['-q', ...pipeline], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  const [, , complaints, pipe] = child.stdio as unknown as [null, null, Readable, Readable];
  let complaint = '';
  complaints.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(0, complaintLength);
  });
  const ended = new Promise<CameraFault>((resolve) => {
    child.once('close', () => {
      resolve(faultOf(complaint));
    });
    // A program that is not installed: there is no process whose end would close the pipes.
    child.once('error', () => {
      complaints.destroy();
      pipe.destroy();
      resolve('camera-failed');
    });
  });
  let asked = false;
  return {
    pipe,
    ended,
    end() {
      if (asked) return;
      asked = true;
      child.kill('SIGINT');
      const insist = setTimeout(() => child.kill('SIGKILL'), grace);
      void ended.then(() => {
        clearTimeout(insist);
      });
    },
  };
}
