#!/usr/bin/env node
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { installation } from '../../appliance/installation.js';
import { compareAll, type Comparison } from './against.js';
import { plot } from './plot.js';
import { practice } from './pictures.js';
import { measureVisits } from './visits.js';

const help = `npm run benchmark [-- OPTIONS]

  Measures this machine. Nothing is a failure. First one comparison of two pictures, from the files to the similarity:
  ours, the floor (each picture decoded whole, one bare run of each net) and two other programs, all in turn on the same
  pictures; then growth with pixels; then visits of the appliance with practice devices.

  --runs N             so many of each, after some that are not counted (30)
  --pictures ONE OTHER two pictures of faces instead of the practice ones
  --only PART          comparison, growth or visits
  --without-peers      leave the two other programs out; they are installed into build/benchmark-peers
  --json               print everything as JSON, with the ratios
  --help               print this help

  Exit status: 0 measured, 2 wrong usage.
`;

const parts = ['comparison', 'growth', 'visits'] as const;
/** In megapixels. */
const sizes = [0.3, 1, 3, 12, 24, 48];

const options = parse();
const scratch = mkdtempSync(join(tmpdir(), 'terashi-benchmark-'));
try {
  await measure();
} finally {
  rmSync(scratch, { recursive: true });
}

async function measure(): Promise<void> {
  const { only, runs, pictures, json } = options;
  const does = (part: (typeof parts)[number]) => only === undefined || only === part;
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const report: Record<string, unknown> = {
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, ${runs} runs each`,
  };
  if (does('comparison')) {
    say('one comparison …');
    const comparison = await compareAll(1, runs, pictures, scratch, options.peers);
    Object.assign(report, { comparison, ratios: ratiosOf(comparison) });
  }
  if (does('growth')) {
    const growth: Comparison[] = [];
    for (const megapixels of sizes) {
      say(`${megapixels} megapixels …`);
      growth.push(await compareAll(megapixels, Math.ceil(runs / 3), pictures, scratch, false));
    }
    const file = join(installation.root, 'build', 'benchmark.svg');
    writeFileSync(file, plot(growth));
    Object.assign(report, { growth, plot: file });
  }
  if (does('visits')) {
    say('visits …');
    report.visits = await measureVisits(runs, scratch);
  }
  if (json) console.log(JSON.stringify(report, undefined, 2));
  else print(report);
}

function ratiosOf({ floor, ours, peers }: Comparison): Record<string, number> {
  const { human, 'face-api': faceApi } = peers;
  return {
    floor: rounded(ours / floor),
    ...(faceApi === undefined ? {} : { faceApi: rounded(faceApi / ours) }),
    ...(human === undefined ? {} : { human: rounded(human / ours) }),
  };
}

function rounded(ratio: number): number {
  return Math.round(ratio * 100) / 100;
}

function print({ machine, comparison, ratios, growth, plot: file, visits }: Record<string, unknown>): void {
  console.log(machine);
  if (comparison) {
    console.log('One comparison of two pictures of one megapixel (medians in ms)');
    const { floor, ours, peers, stages, floorStages } = comparison as Comparison;
    console.table(inMilliseconds({ floor, ours, ...peers }));
    console.log('of this for each picture: ours');
    console.table(inMilliseconds(stages));
    console.log('of this for each picture: the floor');
    console.table(inMilliseconds(floorStages));
    console.log('ratios', ratios);
  }
  if (growth) {
    console.log('Growth with the pictures (medians in ms)');
    console.table(
      (growth as Comparison[]).map(({ megapixels, floor, ours }) => ({ megapixels, floor, ours })),
    );
    console.log(`plot: ${String(file)}`);
  }
  if (visits) console.table(visits);
}

function inMilliseconds(times: Readonly<Record<string, number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(times).map(([name, time]) => [name, time.toFixed(1)]));
}

function parse() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        runs: { type: 'string', default: '30' },
        pictures: { type: 'boolean', default: false },
        only: { type: 'string' },
        'without-peers': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      process.stdout.write(help);
      process.exit(0);
    }
    const runs = Number(values.runs);
    if (!Number.isInteger(runs) || runs < 1)
      throw new Error(`--runs ${values.runs}: a number from 1 on is needed`);
    if (positionals.length !== (values.pictures ? 2 : 0)) throw new Error('--pictures takes two files');
    const only = parts.find((part) => part === values.only);
    if (values.only !== undefined && !only)
      throw new Error(`--only ${values.only}: not one of ${parts.join(', ')}`);
    return {
      runs,
      only,
      pictures: values.pictures ? positionals.map((file) => resolve(file)) : practice,
      peers: !values['without-peers'],
      json: values.json,
    };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${help}`);
    process.exit(2);
  }
}
