import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { installation } from '../../appliance/installation.js';
import { readLines, toLine } from '../../appliance/lines.js';
import { type Key, type Scene, type View, view } from '../../appliance/panel/view.js';
import type { Entry } from '../../appliance/record/entry.js';

export const program = join(installation.root, 'build', 'appliance', 'main.js');

export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** Runs `terashi` to its end. */
export async function terashi(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** A folder for one appliance's records and socket. */
export function stateFolder(): string {
  return mkdtempSync(join(tmpdir(), 'terashi-test-'));
}

/** An appliance that runs without a terminal, and a panel on its socket that presses its keys. */
export class Counter {
  readonly #views: View[] = [];
  #waitedFor: [] | [View] = [];
  #changed = (): void => undefined;

  private constructor(
    readonly core: ChildProcess,
    readonly state: string,
    readonly panel: Socket,
  ) {
    void this.#watch();
  }

  static open(
    args: readonly string[] = [],
    state = stateFolder(),
    env: NodeJS.ProcessEnv = {},
  ): Promise<Counter> {
    return Counter.at([program, 'run', '--state', state, ...args], state, { ...process.env, ...env });
  }

  /** At an appliance that is started in another way. */
  static async at(
    command: readonly string[],
    state: string,
    env: NodeJS.ProcessEnv = process.env,
  ): Promise<Counter> {
    const core = spawn(process.execPath, command, { stdio: 'ignore', env });
    return new Counter(core, state, await connected(join(state, 'panel.sock')));
  }

  /** Waits for a view of this scene, after the last one that was waited for. */
  async scene<N extends Scene['name']>(name: N, choices = 0): Promise<Extract<Scene, { name: N }>> {
    for (;;) {
      const seen = this.#views.findIndex(
        (view) => view.scene.name === name && view.choices.length >= choices,
      );
      if (seen >= 0) {
        this.#waitedFor = this.#views.splice(0, seen + 1).slice(-1) as [View];
        const [{ scene }] = this.#waitedFor;
        return scene as Extract<Scene, { name: N }>;
      }
      await new Promise<void>((resolve) => (this.#changed = resolve));
    }
  }

  /** The view that was waited for last can be waited for again. */
  again(): void {
    this.#views.unshift(...this.#waitedFor);
  }

  /** Presses a key as somebody does who has read the screen: the core takes no Enter that comes at once. */
  async press(key: Key): Promise<void> {
    await wait(350);
    this.panel.write(toLine({ press: key }));
  }

  /** Goes from idle as far as a scene, by the choice that is offered first at each step. */
  async goTo<N extends Scene['name']>(name: N): Promise<Extract<Scene, { name: N }>> {
    const steps = ['idle', 'reason', 'notice', 'place-document', 'before-photograph', 'result'] as const;
    for (const step of steps) {
      if (step === (name as string)) break;
      await this.scene(step, 1);
      await this.press('enter');
      if (following[step].includes(name)) break;
    }
    return this.scene(name);
  }

  /** The vaults of this appliance: the spare, and the one of a visit. */
  vaults(): number[] {
    return readdirSync('/proc')
      .filter((pid) => /^\d+$/.test(pid))
      .filter((pid) => {
        try {
          const [, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
          return (
            Number(parent) === this.core.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('vault')
          );
        } catch {
          return false;
        }
      })
      .map(Number);
  }

  records(): Entry[] {
    return readFileSync(join(this.state, 'records.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Entry);
  }

  async close(): Promise<void> {
    this.panel.destroy();
    if (this.core.exitCode === null && this.core.signalCode === null) {
      this.core.kill('SIGTERM');
      await once(this.core, 'exit');
    }
    rmSync(this.state, { recursive: true });
  }

  async #watch(): Promise<void> {
    try {
      for await (const line of readLines(this.panel, view, 65_536)) {
        if (!line.ok) throw new Error('the core sent a view that is none');
        this.#views.push(line.value);
        this.#changed();
      }
    } catch (error) {
      // A core that is killed breaks the connection off.
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    }
  }
}

const following: Record<string, readonly string[]> = {
  idle: ['reason'],
  reason: ['notice'],
  notice: ['place-document'],
  'place-document': ['scanning', 'document-poor', 'before-photograph'],
  'before-photograph': ['photographing', 'photograph-poor', 'comparing', 'result'],
  result: ['erasing', 'erased'],
};

async function connected(path: string): Promise<Socket> {
  for (;;) {
    const socket = connect(path);
    const open = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    if (open) return socket;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
