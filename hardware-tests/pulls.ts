#!/usr/bin/env node
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import type { AnyEntry } from '../appliance/record/entry.js';
import { Counter, removeState, stateFolder, terashi } from './counter/counter.js';

const help = `npm run pulls [-- N] [-- --json]

  Ends the core within N visits (50), each at a random moment, as a power cut does, and starts it again. Counts the visits that the
  records say have begun, and how many of those are closed. Takes about 10 seconds a visit.

  Exit status: 0 each visit is recorded, begun and closed, and the records are whole; 1 they are not; 2 wrong usage
`;

const scenes = ['reason', 'notice', 'place-document', 'before-photograph', 'result'] as const;
/** In milliseconds, after a scene: long enough to be within a scan or a photograph. */
const longestDelay = 600;

const { values, positionals } = parse();
if (values.help) finish(0, help);
const pulls = Number(positionals.at(0) ?? 50);
if (!Number.isInteger(pulls) || pulls < 1 || pulls > 10_000) finish(2, help);

const state = stateFolder();
const result = await pullOften().finally(() => removeState(state));
const passed = result.whole && result.begun === pulls && result.closed === pulls;
finish(passed ? 0 : 1, values.json ? `${JSON.stringify({ pulls, ...result })}\n` : `${said(result)}\n`);

type Counted = { readonly begun: number; readonly closed: number; readonly whole: boolean };

async function pullOften(): Promise<Counted> {
  for (let pull = 1; pull <= pulls; pull++) {
    process.stderr.write(`\r${pull} / ${pulls} `);
    await pullWithin(pull);
  }
  process.stderr.write('\n');
  await startAndStop();
  const { code } = await terashi(['records', 'verify', join(state, 'records.jsonl')]);
  return { ...count(), whole: code === 0 };
}

function said({ begun, closed, whole }: Counted): string {
  const records = whole ? 'records whole' : 'records not whole';
  return `${pulls} power cuts within visits: ${begun} begun, ${closed} closed, ${records}`;
}

function parse() {
  try {
    const options = {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    } as const;
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${help}`);
    process.exit(2);
  }
}

function finish(code: number, text: string): never {
  (code === 2 ? process.stderr : process.stdout).write(text);
  process.exit(code);
}

/** Begins a visit, goes on as far as some scene, and ends the core a little later, without warning. */
async function pullWithin(pull: number): Promise<void> {
  const counter = await Counter.open([], state);
  await counter.goTo(scenes[pull % scenes.length]);
  // Before its choices are offered a visit may not have begun in the records, and nobody was asked anything.
  await counter.waitFor(({ choices }) => choices.length > 0, 'choices');
  if (Math.random() < 0.5) await counter.takeFirst();
  await sleep(Math.random() * longestDelay);
  await end(counter, 'SIGKILL');
}

async function startAndStop(): Promise<void> {
  const counter = await Counter.open([], state);
  await counter.scene('idle', 1);
  await end(counter, 'SIGTERM');
}

async function end({ core, panel }: Counter, signal: NodeJS.Signals): Promise<void> {
  const gone = once(core, 'exit');
  core.kill(signal);
  await gone;
  panel.destroy();
}

/** The visits that have begun, and those of them that have an end. */
function count(): Pick<Counted, 'begun' | 'closed'> {
  const lines = readFileSync(join(state, 'records.jsonl'), 'utf8').split('\n').filter(Boolean);
  const entries = lines.map((line) => JSON.parse(line) as AnyEntry);
  const isBegun = (entry: AnyEntry) => 'kind' in entry && entry.kind === 'begun';
  const begun = entries.filter(isBegun);
  const ends = new Set(entries.filter((entry) => !isBegun(entry)).map(({ number }) => number));
  return { begun: begun.length, closed: begun.filter(({ number }) => ends.has(number)).length };
}
