import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import { readLines, toLine } from '../../appliance/json-lines.js';
import { view } from '../../appliance/panel/view.js';
import type { AnyEntry, Entry } from '../../appliance/record/entry.js';
import { type Ended, run } from './run.js';
import { Clerk } from './clerk.js';
import { until } from './until.js';

export const program = join(installation.root, 'build', 'appliance', 'main.js');

/** Runs `terashi` to its end. */
export function terashi(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return run(process.execPath, [program, ...args], env);
}

/** A folder for one appliance's records and socket. */
export function stateFolder(): string {
  return mkdtempSync(join(tmpdir(), 'terashi-test-'));
}

/** Removes it, and the copy of the records' head beside it. */
export function removeState(folder: string): void {
  for (const each of [folder, `${folder}-head`]) rmSync(each, { recursive: true, force: true });
}

/** The ends of visits in a record file: no beginnings, and nothing of a vendor. */
export function visitsIn(records: string): Entry[] {
  return records
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as AnyEntry)
    .filter((each) => each.version === 2);
}

/** An appliance that runs without a terminal, and a panel on its socket that presses its keys. */
export class Counter extends Clerk {
  private constructor(
    readonly core: ChildProcess,
    readonly state: string,
    readonly panel: Socket,
  ) {
    super((key) => panel.write(toLine({ press: key })));
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
    return visitsIn(readFileSync(join(this.state, 'records.jsonl'), 'utf8'));
  }

  async close(): Promise<void> {
    this.panel.destroy();
    if (this.core.exitCode === null && this.core.signalCode === null) {
      this.core.kill('SIGTERM');
      await once(this.core, 'exit');
    }
    removeState(this.state);
  }

  async #watch(): Promise<void> {
    try {
      for await (const line of readLines(this.panel, view, 65_536)) {
        if (!line.ok) throw new Error('the core sent a view that is none');
        this.see(line.value);
      }
    } catch (error) {
      // A core that is killed breaks the connection off.
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    }
  }
}

/** Connects once somebody listens there: a socket is a file before it is listened to. */
export function connected(path: string): Promise<Socket> {
  return until(`somebody at ${path}`, () => {
    const socket = connect(path);
    return once(socket, 'connect').then(
      () => socket,
      () => undefined,
    );
  });
}
