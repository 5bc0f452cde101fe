import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { installation } from '../appliance/installation.js';
import { toLine } from '../appliance/lines.js';
import { connectTo, type FromPanel, linesFrom, longestView } from '../appliance/panel/link.js';
import { type Scene, view, type View } from '../appliance/panel/view.js';

/** Presses a button: at the socket, or a real one. */
export type Press = (key: 'enter' | 'next') => Promise<void>;

const program = join(installation.root, 'build', 'appliance', 'main.js');
const rounds = 20;

/**
 * From a press to the camera light, with a whole appliance on practice devices; prints the median and the worst.
 *
 * @param press how a button is pressed; without it the panel's socket is where presses go and the light is read
 * @param lit whether the light itself is on
 */
export async function measureLight(
  args: readonly string[],
  press?: Press,
  lit?: () => boolean,
): Promise<void> {
  const state = mkdtempSync(join(tmpdir(), 'light-'));
  const core = spawn(process.execPath, [program, 'run', '--state', state, ...args], { stdio: 'ignore' });
  try {
    const socketPath = join(state, 'panel.sock');
    while (!existsSync(socketPath)) await wait(50);
    const panel = new Panel((await connectTo(socketPath))!);
    const took: number[] = [];
    const go: Press = press ?? ((key) => panel.press(key));
    const step = async (from: Scene['name'], key: 'enter' | 'next' = 'enter'): Promise<void> => {
      await panel.until((shown) => shown.scene.name === from && shown.choices.length > 0);
      // Before that the core takes a press for one that was meant for the scene before.
      await wait(350);
      await go(key);
    };
    for (const scene of ['idle', 'reason', 'notice', 'place-document'] as const) await step(scene);
    for (let round = 0; round < rounds; round++) {
      await panel.until((shown) => shown.scene.name === 'before-photograph' && !shown.cameraLight);
      await wait(350);
      const begun = performance.now();
      const pressed = go('enter');
      if (lit) while (!lit()) await wait(1);
      else await panel.until((shown) => shown.cameraLight);
      took.push(performance.now() - begun);
      await pressed;
      await wait(350);
      await go('next');
    }
    const sorted = took.toSorted((one, other) => one - other);
    const said = [sorted[Math.floor(rounds / 2)], sorted[rounds - 1]].map((each) => each.toFixed(1));
    const where = lit ? 'from the contact to the line' : 'from the socket to the socket';
    process.stdout.write(
      `button to camera light, ${where}: median ${said[0]} ms, worst ${said[1]} ms of ${rounds}\n`,
    );
    panel.socket.destroy();
  } finally {
    core.kill('SIGTERM');
    await once(core, 'exit');
    rmSync(state, { recursive: true });
  }
}

/** A panel that follows what is shown. */
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

  async until(shows: (shown: View) => boolean): Promise<void> {
    while (!this.#newest || !shows(this.#newest))
      await new Promise<void>((resolve) => (this.#changed = resolve));
  }

  async #watch(): Promise<void> {
    for await (const line of linesFrom(this.socket, view, longestView)) {
      if (line.ok) this.#newest = line.value;
      this.#changed();
    }
  }
}
