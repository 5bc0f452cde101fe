import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import sharp from 'sharp';

import { decode } from '../../appliance/face/decode.js';
import { loadModels } from '../../appliance/face/sessions.js';
import { Tracker } from '../../appliance/face/tracker.js';
import { childrenOf } from '../../appliance/camera/processes.js';
import { installation } from '../../appliance/installation.js';
import { LivenessCheck } from '../../appliance/vault/liveness.js';
import { assessFaces } from '../../appliance/vault/assess-frame.js';
import { SpareVault } from '../../appliance/vault-client/spare-vault.js';
import { startVault } from '../../appliance/vault-client/start-vault.js';
import type { Task, TaskEnd, Vault } from '../../appliance/vault-client/vault.js';

const card = join(installation.practice, 'card.png');

/** What was measured, by name. */
export type Rows = Record<string, Record<string, string>>;

/**
 * Measures visits of this machine: the time from the last scan line and the last frame to the result, the memory of each
 * process, and how soon a visit can begin.
 *
 * @param scratch a folder for pictures and records
 */
export async function measureVisits(runs: number, scratch: string): Promise<Rows> {
  const rows: Rows = {};
  await timeStream(rows, runs);
  await timeStill(rows, runs, scratch);
  await timeGuidance(rows, runs);
  await timeStart(rows, runs);
  await weighAtRest(rows, scratch);
  return rows;
}

/** Visits with the pseudo-scanner and the replay camera: 1280 × 960 frames, an A4 page at 300 dpi. */
async function timeStream(rows: Rows, runs: number): Promise<void> {
  const portrait: number[] = [];
  const lastFrame: number[] = [];
  const comparing: number[] = [];
  const firstLine: number[] = [];
  let peak = 0;
  let scanning = 0;
  for (let run = 0; run < runs; run++) {
    const vault = await started();
    const asked = performance.now();
    let first: number | undefined;
    const scanned = await perform(
      vault,
      {
        do: 'scan',
        page: 'card',
        scanner: { kind: 'bench', picture: card },
        resolution: 300,
        timed: true,
      },
      () => {
        first ??= performance.now() - asked;
        scanning = Math.max(scanning, ...childrenOf(vault.pid!).map(peakMemory));
      },
    );
    firstLine.push(first ?? NaN);
    const photographed = await perform(vault, {
      do: 'photograph',
      camera: { kind: 'replay', pictures: join(installation.practice, 'camera') },
      timed: true,
    });
    const compared = await perform(vault, { do: 'compare', timed: true });
    portrait.push(millisecondsOf(scanned));
    lastFrame.push(millisecondsOf(photographed));
    comparing.push(millisecondsOf(compared));
    peak = Math.max(peak, peakMemory(vault.pid!));
    await vault.erase();
  }
  rows['scan asked for → first lines (ms)'] = spread(firstLine);
  rows['last scan line → portrait (ms)'] = spread(portrait);
  rows['last frame 1280 × 960 → result (ms)'] = spread(lastFrame.map((time, run) => time + comparing[run]));
  rows['of this, the comparison (ms)'] = spread(comparing);
  rows['vault, peak with an A4 page at 300 dpi (MB)'] = { max: (peak / 1e6).toFixed(0) };
  rows['the program that scans it, peak (MB)'] = { max: (scanning / 1e6).toFixed(0) };
}

/** A camera with stills of 12 megapixels. */
async function timeStill(rows: Rows, runs: number, scratch: string): Promise<void> {
  const still = join(scratch, 'still.jpg');
  const frame = join(installation.practice, 'camera', '30.jpg');
  await writeFile(
    still,
    await sharp(frame).resize(4000, 3000, { fit: 'cover' }).jpeg({ quality: 92 }).toBuffer(),
  );
  const times: number[] = [];
  const vault = await started();
  await perform(vault, { do: 'read-picture', side: 'document', file: card });
  for (let run = 0; run < runs; run++) {
    const camera = { kind: 'replay', pictures: still } as const;
    const taken = await perform(vault, { do: 'photograph', camera, timed: true });
    const compared = await perform(vault, { do: 'compare', timed: true });
    times.push(millisecondsOf(taken) + millisecondsOf(compared));
  }
  rows['last still of 12 megapixels → result (ms)'] = spread(times);
  rows['vault, peak with the stills (MB)'] = { max: (peakMemory(vault.pid!) / 1e6).toFixed(0) };
  await vault.erase();
}

/**
 * How many frames of 640 × 480 can be decoded, tracked and assessed in a second while the visitor is guided; with the
 * challenge, in the second in which it checks for the traces of screens and sheets.
 */
async function timeGuidance(rows: Rows, runs: number): Promise<void> {
  const models = await loadModels(installation);
  if (!models.ok) throw new Error(models.error);
  const frame = await sharp(join(installation.practice, 'camera', '30.jpg'))
    .resize(640, 480, { fit: 'cover' })
    .jpeg({ quality: 85 })
    .toBuffer();
  const tracker = new Tracker(models.value);
  for (const [name, challenged] of [
    ['guidance at 640 × 480 (pictures a second)', false],
    ['the same, with the challenge', true],
  ] as const) {
    const rates: number[] = [];
    for (let run = 0; run < runs; run++) {
      const liveness = challenged ? new LivenessCheck() : undefined;
      const second = await timed(async () => {
        for (let picture = 0; picture < 30; picture++) {
          const decoded = await decode(frame);
          if (!decoded.ok) throw new Error(decoded.error);
          const shot = await assessFaces(models.value, decoded.value, await tracker.follow(decoded.value));
          liveness?.follow(shot, performance.now());
        }
      });
      rates.push(30_000 / second);
    }
    rows[name] = spread(rates);
  }
}

/** How long a vault takes to start, and how long a visit waits for one that is warm. */
async function timeStart(rows: Rows, runs: number): Promise<void> {
  const cold: number[] = [];
  const warm: number[] = [];
  const erasing: number[] = [];
  const spare = new SpareVault();
  for (let run = 0; run < runs; run++) {
    cold.push(await timed(() => spare.warmUp()));
    warm.push(
      await timed(async () => {
        const vault = await spare.take(new AbortController().signal);
        if (vault.ok) erasing.push(await timed(() => vault.value.erase()));
      }),
    );
  }
  await spare.close();
  rows['a vault warms up (ms)'] = spread(cold);
  rows['a visit takes the warm vault (ms)'] = spread(warm.map((time, run) => time - erasing[run]));
  rows['erasure, seen to be done (ms)'] = spread(erasing);
}

/** The memory of the appliance at rest, in a terminal that script(1) opens. */
async function weighAtRest(rows: Rows, scratch: string): Promise<void> {
  const program = join(installation.root, 'build/appliance/main.js');
  const run = `${process.execPath} ${program} run --state ${join(scratch, 'state')}`;
  const terminal = spawn('script', ['-qfec', run, '/dev/null'], { stdio: ['pipe', 'ignore', 'ignore'] });
  await wait(10_000);
  for (const [name, file] of [
    ['core', 'appliance/main.js run'],
    ['screen', 'panel/main.js'],
    ['vault, warm', 'vault/main.js'],
  ] as const) {
    rows[`${name}, at rest (MB)`] = { max: (peakMemory(processRunning(file)) / 1e6).toFixed(0) };
  }
  const exit = once(terminal, 'exit');
  process.kill(processRunning('appliance/main.js run'), 'SIGTERM');
  await exit;
}

/** The newest process with this program on its command line. */
function processRunning(file: string): number {
  const pids = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid));
  const running = pids.filter((pid) => {
    try {
      return (
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').startsWith(process.execPath) &&
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').includes(file)
      );
    } catch {
      return false;
    }
  });
  return Math.max(...running.map(Number));
}

async function started(): Promise<Vault> {
  const vault = await startVault();
  if (!vault.ok) throw new Error(vault.error);
  return vault.value;
}

async function perform(vault: Vault, task: Task, report?: () => void): Promise<TaskEnd> {
  const end = await vault.run(task, report);
  if (!end.ok) throw new Error(`${task.do}: ${end.error}`);
  if (end.value.is === 'taken' && !end.value.usable)
    throw new Error(`${task.do}: ${JSON.stringify(end.value.findings)}`);
  return end.value;
}

function millisecondsOf(end: TaskEnd): number {
  return 'milliseconds' in end ? (end.milliseconds ?? NaN) : NaN;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** In bytes: VmHWM of proc_pid_status(5); 0 for a process that has ended. */
function peakMemory(pid: number): number {
  return 1024 * Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
}

function spread(times: readonly number[]): Record<string, string> {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))].toFixed(1);
  return { min: at(0), median: at(0.5), max: at(1) };
}
