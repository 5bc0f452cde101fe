import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { installation } from '../appliance/installation.js';
import { toLine } from '../appliance/json-lines.js';
import { connectTo, type FromPanel, linesFrom, longestView } from '../appliance/panel/link.js';
import { type Scene, view, type View } from '../appliance/panel/view.js';
import { removeState } from './counter/counter.js';
import { until } from './counter/until.js';
import { within } from './within.js';

/** Presses a key at the panel's socket, or a button. */
export type Press = (key: 'enter' | 'next') => Promise<void>;

const program = join(installation.root, 'build', 'appliance', 'main.js');
const rounds = 20;
const timeoutMs = 60_000;

/** The core ignores Enter and Next for 200 ms after a scene change. */
const readingMs = 250;

/**
 * Measures the time from a press to the camera light, with a whole appliance on practice devices. Prints the median and
 * the maximum.
 *
 * @param press presses a button; by default keys are pressed at the panel's socket
 * @param lit whether the camera light is on; by default read at the same socket
 */
export async function measureLightLatency(
  args: readonly string[],
  press?: Press,
  lit?: () => boolean,
): Promise<void> {
  const state = mkdtempSync(join(tmpdir(), 'light-'));
  const core = spawn(process.execPath, [program, 'run', '--state', state, ...args], { stdio: 'ignore' });
  try {
    const socketPath = join(state, 'panel.sock');
    const connect = () => connectTo(socketPath);
    const panel = new Panel(await until('the appliance', connect, { timeoutMs, intervalMs: 50 }));
    const took: number[] = [];
    const go: Press = press ?? ((key) => panel.press(key));
    const step = async (from: Scene['name']): Promise<void> => {
      const { focus } = await panel.until((shown) => shown.scene.name === from && shown.choices.length > 0);
      await wait(readingMs);
      if (focus === undefined) await go('next').then(() => wait(readingMs));
      await go('enter');
    };
    for (const scene of ['idle', 'reason', 'notice', 'place-document'] as const) await step(scene);
    for (let round = 0; round < rounds; round++) {
      await panel.until((shown) => shown.scene.name === 'before-photograph' && !shown.cameraLight);
      await wait(readingMs);
      const begun = performance.now();
      const pressed = go('enter');
      if (lit) await until('the camera light', lit, { timeoutMs, intervalMs: 1 });
      else await panel.until((shown) => shown.cameraLight);
      took.push(performance.now() - begun);
      await pressed;
      await wait(readingMs);
      await go('next');
    }
    const sorted = took.toSorted((one, other) => one - other);
    const [median, worst] = [sorted[Math.floor(rounds / 2)], sorted[rounds - 1]].map((each) =>
      each.toFixed(1),
    );
    const where = lit ? 'from the contact to the line' : 'from the socket to the socket';
    process.stdout.write(
      `button to camera light, ${where}: median ${median} ms, worst ${worst} ms of ${rounds}\n`,
    );
    panel.socket.destroy();
  } finally {
    core.kill('SIGTERM');
    await once(core, 'exit');
    removeState(state);
  }
}

/** A panel that knows the newest view. */
class Panel {
  #newest: View | undefined;
  #changed = (): void => undefined;

  constructor(readonly socket: Socket) {
    void this.#watch();
  }

  press(key: 'enter' | 'next'): Promise<void> {
    this.socket.write(toLine({ press: key } satisfies FromPanel));
    return Promise.resolve();
  }

  async until(matches: (view: View) => boolean): Promise<View> {
    const seen = async () => {
      while (!this.#newest || !matches(this.#newest))
        await new Promise<void>((resolve) => (this.#changed = resolve));
      return this.#newest;
    };
    return within('a view of the appliance', timeoutMs, seen());
  }

  async #watch(): Promise<void> {
    for await (const line of linesFrom(this.socket, view, longestView)) {
      if (line.ok) this.#newest = line.value;
      this.#changed();
    }
  }
}
