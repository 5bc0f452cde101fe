#!/usr/bin/env node
/**
 * Runs many visits in one core, and checks from outside that its memory does not grow and that no process, file
 * descriptor, FIFO or file is left behind.
 *
 *   node build/hardware-tests/endurance.js [VISITS [OPTION …]]
 *
 * 1000 visits by default; the other options are those of `terashi run`. Exits with 1 when something is left or memory
 * has grown by more than 5 %.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { removeState } from './counter/counter.js';

import { installation } from '../appliance/installation.js';

const visits = Number(process.argv[2] ?? 1000);
const state = mkdtempSync(join(tmpdir(), 'terashi-endurance-'));
const before = namesIn(tmpdir());

const core = spawn(
  process.execPath,
  [
    join(installation.root, 'build/appliance/main.js'),
    'run',
    '--once',
    '--repeat',
    String(visits),
    '--json',
    '--state',
    state,
    ...process.argv.slice(3),
  ],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
const samples: { resident: number; descriptors: number }[] = [];
const outcomes = new Map<string, number>();
for await (const line of createInterface(core.stdout)) {
  const { outcome } = JSON.parse(line) as { outcome: string };
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  samples.push(sample(core.pid!));
  process.stderr.write(`\r${samples.length} / ${visits}`);
}
process.stderr.write('\n');

const tenth = Math.max(1, Math.min(100, Math.floor(samples.length / 2)));
const first = samples.slice(0, tenth);
const last = samples.slice(-tenth);
const growth = mean(last.map(({ resident }) => resident)) / mean(first.map(({ resident }) => resident)) - 1;
const left = {
  processes: processesOf(core.pid!),
  descriptors:
    mean(last.map(({ descriptors }) => descriptors)) - mean(first.map(({ descriptors }) => descriptors)),
  temporary: namesIn(tmpdir()).filter((name) => !before.includes(name)),
  state: namesIn(state).filter((name) => !/^(records|device)\./.test(name)),
};
console.log(
  JSON.stringify(
    {
      visits: samples.length,
      outcomes: Object.fromEntries(outcomes),
      memoryOfCore: {
        [`first${tenth}`]: megabytes(mean(first.map(({ resident }) => resident))),
        [`last${tenth}`]: megabytes(mean(last.map(({ resident }) => resident))),
        growth: `${(100 * growth).toFixed(1)} %`,
      },
      left,
    },
    undefined,
    2,
  ),
);
removeState(state);
const clean =
  left.processes.length === 0 &&
  left.descriptors === 0 &&
  left.temporary.length === 0 &&
  left.state.length === 0;
process.exitCode = clean && samples.length === visits && Math.abs(growth) <= 0.05 ? 0 : 1;

function sample(pid: number): { resident: number; descriptors: number } {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return { resident: pages * 4096, descriptors: readdirSync(`/proc/${pid}/fd`).length };
}

/** The other processes that run programs of this installation. */
function processesOf(core: number): string[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid && Number(pid) !== core)
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      } catch {
        return '';
      }
    })
    .filter((command) => command.includes(join(installation.root, 'build/appliance')));
}

function namesIn(folder: string): string[] {
  return readdirSync(folder);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
