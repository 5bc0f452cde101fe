import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

import { toLine } from '../lines.js';
import { type FromPanel, linesFrom, longestView } from './link.js';
import { type Scene, view } from './view.js';
import type { Checked } from '../health/check.js';
import type { OnProgress } from '../health/self-test.js';

/** What came of asking: the appliance's own checks, or why it made none. */
export type Answered =
  | { readonly is: 'tested'; readonly checks: readonly Checked[] }
  /** No appliance runs here; it is busy with a visitor; somebody at the counter stopped the test. */
  | { readonly is: 'nobody' | 'busy' | 'stopped' };

/** Has the appliance that listens at a socket test itself, as if a clerk had chosen it. */
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

/** Where a self-test can be chosen. */
const free: readonly Scene['name'][] = ['idle', 'unavailable', 'self-tested'];

async function converse(socket: Socket, onProgress: OnProgress): Promise<Answered> {
  let asked: Scene['name'] | undefined;
  let begun = false;
  for await (const line of linesFrom(socket, view, longestView)) {
    if (!line.ok) break;
    const { scene } = line.value;
    const isNew = begun || (asked !== undefined && asked !== 'self-tested');
    if (scene.name === 'self-test') {
      begun = true;
      onProgress(scene.checks, scene.now);
    } else if (scene.name === 'self-tested' && isNew) {
      await say(socket, { press: 'back' });
      return { is: 'tested', checks: scene.checks };
    } else if (begun) {
      return { is: 'stopped' };
    } else if (asked === undefined && free.includes(scene.name)) {
      asked = scene.name;
      await say(socket, { ask: 'self-test' });
    } else if (!free.includes(scene.name) && scene.name !== 'starting') {
      return { is: 'busy' };
    }
  }
  return { is: 'nobody' };
}

function say(socket: Socket, what: FromPanel): Promise<void> {
  return new Promise((resolve) => socket.write(toLine(what), () => resolve()));
}
