import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { installation } from '../../appliance/installation.js';
import { readLines, toLine } from '../../appliance/json-lines.js';
import type { FromPanel } from '../../appliance/panel/link.js';
import type { CameraLightState } from '../../appliance/protocol/lights.js';
import { defaults } from '../../appliance/settings/settings.js';
import { view } from '../../appliance/panel/view.js';
import { processes } from '../camera/processes.js';
import { until } from '../../hardware-tests/counter/until.js';

const frame = (name: string): string => join(installation.practice, 'camera', name);
/** A visitor who stands well, and a room with nobody in it. */
export const good = frame('30.jpg');
export const nobody = frame('01.jpg');

/** What the camera light does when it is told to be lit, or dark; undefined if nobody says so. */
export type Obey = (wanted: boolean) => CameraLightState | undefined;
export const obedient: Obey = (wanted) => (wanted ? 'lit' : 'dark');

export async function attachTo(path: string): Promise<Socket> {
  const socket = connect(path);
  await once(socket, 'connect');
  return socket;
}

/** Lights at the socket that note, whenever they are told something else, whether the camera's program runs. */
export class StandIn {
  /** What they were told, and whether a camera's program was alive then, or when they had done it. */
  readonly told: { readonly wanted: boolean; readonly cameraRuns: boolean }[] = [];

  constructor(
    readonly socket: Socket,
    readonly bench: Bench,
    readonly obey: Obey,
  ) {
    this.say({ lights: 'sysfs' });
    void this.#watch().catch(() => undefined);
  }

  say(said: FromPanel): void {
    this.socket.write(toLine(said));
  }

  async until(times: number): Promise<void> {
    await until(`${times} commands`, () => this.told.length >= times, { seen: () => this.told });
  }

  async #watch(): Promise<void> {
    let wanted = false;
    for await (const line of readLines(this.socket, view, 65_536)) {
      if (!line.ok || line.value.cameraLight === wanted) continue;
      wanted = line.value.cameraLight;
      const state = this.obey(wanted);
      const ranBefore = this.bench.cameraRuns();
      // Slower than a camera's program starts: whoever does not wait is found out.
      if (state) await wait(200);
      this.told.push({ wanted, cameraRuns: ranBefore || this.bench.cameraRuns() });
      if (state) {
        this.bench.light = state;
        this.say({ 'camera-light': state, pin: defaults.lights.camera });
      }
    }
  }
}

/** A folder of stand-ins for a camera module's programs, and for the eye that sees the camera light. */
export class Bench {
  readonly folder = mkdtempSync(join(tmpdir(), 'terashi-test-'));
  readonly #programs = join(this.folder, 'programs');
  readonly #log = join(this.folder, 'camera.log');
  readonly #light = join(this.folder, 'light');

  constructor(picture: string) {
    mkdirSync(this.#programs);
    this.begin(picture);
  }

  /** Forgets what was, and puts this picture before the camera. */
  begin(picture: string): void {
    this.light = 'dark';
    rmSync(this.#log, { force: true });
    const module = '0 : imx708 [4608x2592 10-bit RGGB] (/base/axi/pcie@120000/rp1/i2c@88000/imx708@1a)';
    this.#install('rpicam-hello', `echo '${module}'`);
    const program = join(import.meta.dirname, 'camera-program.js');
    this.#install(
      'libcamera-vid',
      `exec '${process.execPath}' '${program}' '${this.#log}' '${this.#light}' '${picture}' "$@"`,
    );
  }

  set light(state: CameraLightState) {
    writeFileSync(this.#light, state);
  }

  get path(): string {
    return `${this.#programs}${delimiter}${process.env.PATH ?? ''}`;
  }

  /** Every run of the camera's program: its process, and what the light was at its start. */
  runs(): { readonly pid: number; readonly light: string }[] {
    if (!existsSync(this.#log)) return [];
    // A line without its end is still being written.
    const lines = readFileSync(this.#log, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => line.split(' ')).map(([pid, light = '']) => ({ pid: Number(pid), light }));
  }

  cameraRuns(): boolean {
    return this.runs().some(({ pid }) => lives(pid));
  }

  /** The vault that started the camera's program: the head of its process group. */
  vaultOf(): number {
    const { pid } = this.runs().at(-1)!;
    return processes().find((each) => each.pid === pid)!.group;
  }

  #install(name: string, script: string): void {
    writeFileSync(join(this.#programs, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(this.#programs, name), 0o755);
  }
}

/** A zombie has closed its camera. */
function lives(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return !['Z', 'X'].includes(stat.slice(stat.lastIndexOf(')') + 2)[0]);
  } catch {
    return false;
  }
}
