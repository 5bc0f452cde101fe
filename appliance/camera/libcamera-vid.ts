import { vid } from 'node-libcamera';

import type { CameraFault } from '../findings.js';
import { installation } from '../installation.js';
import type { Camera } from './camera.js';
import { faultOf } from './error-output.js';
import { withPipe } from './pipe.js';
import { childrenOf, leavesOf } from './processes.js';
import { framesOf, type JpegProgram, type FrameTimeouts } from './program.js';

/**
 * A Raspberry Pi camera module through node-libcamera, which runs `libcamera-vid` in a shell.
 *
 * node-libcamera does not quote arguments, so they are constants and one number. It returns the program's
 * output as text, so pictures go through a pipe of our own. It cannot stop what it started, so the processes
 * are found and ended here; like all children they belong to the vault's process group.
 */
export function raspberryPiCamera(timeouts?: FrameTimeouts): Camera {
  return {
    practice: false,
    frames: (signal) => framesOf(launch, signal, timeouts),
  };
}

/** How long the program may take to release the camera after SIGINT, in milliseconds. */
const gracePeriod = 1000;

function launch(): JpegProgram {
  const before = new Set(childrenOf(process.pid));
  const { pipe, started } = withPipe((output) =>
    withProgramsOnPath(() =>
      vid({
        timeout: 0,
        nopreview: true,
        codec: 'mjpeg',
        quality: 90,
        width: 1280,
        height: 960,
        flush: true,
        output,
      }),
    ),
  );
  const shells = childrenOf(process.pid).filter((pid) => !before.has(pid));
  const read = new Promise<void>((resolve) => pipe.once('close', resolve));
  const ended = Promise.all([started.then(() => '', errorOutputOf), read]).then(([errorOutput]) =>
    faultOf(errorOutput),
  );
  return { pipe, ended, end: ender(shells, ended) };
}

/**
 * Runs `start` with a PATH that includes the folder where set-up links node-libcamera's old program names to
 * the system's newer ones.
 */
function withProgramsOnPath<T>(start: () => T): T {
  const path = process.env.PATH ?? '';
  process.env.PATH = `${path}:${installation.programs}`;
  try {
    return start();
  } finally {
    process.env.PATH = path;
  }
}

/** node-libcamera's rejection quotes the program's standard error. */
const errorOutputOf = (reason: unknown): string => (reason instanceof Error ? reason.message : '');

function ender(shells: readonly number[], ended: Promise<CameraFault>): () => void {
  let isEnding = false;
  return () => {
    if (isEnding) return;
    isEnding = true;
    // Signal the leaves: a shell in between ends with its program, but killed first it would orphan the
    // program.
    const signal = (name: NodeJS.Signals): void => {
      for (const pid of shells.flatMap(leavesOf)) tryKill(pid, name);
    };
    signal('SIGINT');
    const escalation = setTimeout(signal, gracePeriod, 'SIGKILL');
    void ended.then(() => {
      clearTimeout(escalation);
    });
  };
}

function tryKill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Already gone.
  }
}
