import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

import { toLine } from '../json-lines.js';
import { type FromPanel, linesFrom, longestView } from './link.js';
import { type Scene, view } from './view.js';
import type { Checked } from '../health/check.js';
import type { OnProgress } from '../health/self-test.js';

/** The appliance's own checks, or why it made none. */
export type Answered =
  | { readonly is: 'tested'; readonly checks: readonly Checked[] }
  /** No appliance runs here; a visit is under way; somebody at the counter stopped the test. */
  | { readonly is: 'nobody' | 'busy' | 'stopped' };

/** Starts the self-test of the appliance whose door for this is at `path`, as the clerk's choice would, and follows it. */
export async function askAppliance(path: string, onProgress: OnProgress): Promise<Answered> {
  const socket = connect(path);
  const open = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  if (!open) return { is: 'nobody' };
  try {
    return await converse(socket, onProgress);
  } finally {
    socket.destroy();
  }
}

/** The scenes that offer a self-test. */
const idleScenes: readonly Scene['name'][] = ['idle', 'unavailable', 'self-tested'];

async function converse(socket: Socket, onProgress: OnProgress): Promise<Answered> {
  let requestedAt: Scene['name'] | undefined;
  let begun = false;
  for await (const line of linesFrom(socket, view, longestView)) {
    if (!line.ok) break;
    const { scene } = line.value;
    const isNew = begun || (requestedAt !== undefined && requestedAt !== 'self-tested');
    if (scene.name === 'self-test') {
      begun = true;
      onProgress(scene.checks, scene.now, scene.waiting);
    } else if (scene.name === 'self-tested' && isNew) {
      await send(socket, { press: 'back' });
      return { is: 'tested', checks: scene.checks };
    } else if (begun) {
      return { is: 'stopped' };
    } else if (requestedAt === undefined && idleScenes.includes(scene.name)) {
      requestedAt = scene.name;
      await send(socket, { ask: 'self-test' });
    } else if (!idleScenes.includes(scene.name) && scene.name !== 'starting') {
      return { is: 'busy' };
    }
  }
  return { is: 'nobody' };
}

function send(socket: Socket, message: FromPanel): Promise<void> {
  return new Promise((resolve) => socket.write(toLine(message), () => resolve()));
}
