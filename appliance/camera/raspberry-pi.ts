import { vid } from 'node-libcamera';

import type { CameraFault } from '../findings.js';
import { installation } from '../installation.js';
import type { Camera } from './camera.js';
import { faultOf } from './complaint.js';
import { withPipe } from './pipe.js';
import { childrenOf, leavesOf } from './processes.js';
import { framesOf, type PictureProgram, type Silence } from './program.js';

/**
 * Raspberry Pi's camera modules, through node-libcamera, which runs `libcamera-vid` in a shell.
 *
 * Its arguments are not quoted, so they are constants and one number. It would hand over the program's output as
 * text, so the pictures go through a pipe of our own. It has no way to end what it started, so the processes are
 * found and ended here; they are in our process group, as every child of ours.
 */
export function raspberryPiCamera(silence?: Silence): Camera {
  return {
    practice: false,
    frames: (signal) => framesOf(launch, signal, silence),
  };
}

/** How long the program may take to let go of the camera, in milliseconds. */
const grace = 1000;

function launch(): PictureProgram {
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
  const ended = Promise.all([started.then(() => '', messageOf), read]).then(([complaint]) =>
    faultOf(complaint),
  );
  return { pipe, ended, end: ender(shells, ended) };
}

/**
 * Runs `start` with the folder on the path in which set-up puts the names that node-libcamera asks for, where the
 * system knows its programs by newer names only.
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

/** What the program wrote before it ended: node-libcamera's rejection quotes its standard error. */
const messageOf = (reason: unknown): string => (reason instanceof Error ? reason.message : '');

function ender(shells: readonly number[], ended: Promise<CameraFault>): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    // A shell that stands in between ends with its program; ended first, it would leave the program behind.
    const signal = (name: NodeJS.Signals): void => {
      for (const pid of shells.flatMap(leavesOf)) tryKill(pid, name);
    };
    signal('SIGINT');
    const insist = setTimeout(signal, grace, 'SIGKILL');
    void ended.then(() => {
      clearTimeout(insist);
    });
  };
}

function tryKill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself in the meantime.
  }
}
