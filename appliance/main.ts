#!/usr/bin/env node
import { type Command, usage } from './command/command.js';
import { workbench } from './command/workbench.js';

const commands: Record<string, (() => Promise<Command>) | undefined> = {
  run: async () => (await import('./command/run.js')).command,
  verify: async () => (await import('./command/verify.js')).command,
  quality: async () => (await import('./command/quality.js')).command,
  records: async () => (await import('./command/records.js')).command,
  doctor: async () => (await import('./command/doctor.js')).command,
  clock: async () => (await import('./command/clock.js')).command,
  update: async () => (await import('./command/update.js')).command,
  settings: async () => (await import('./command/settings.js')).command,
  'bench-test': async () => (await import('./bench-test/command.js')).command,
  evaluate: () => workbench(() => import('../models/evaluate/command.js')),
  calibrate: () => workbench(() => import('../models/calibrate/command.js')),
};

const [name = '--help', ...rest] = process.argv.slice(2);
const load = commands[name];
if (load) {
  process.exitCode = await (await load()).main(rest);
} else {
  const asked = name === '--help' || name === '-h';
  (asked ? process.stdout : process.stderr).write(usage);
  process.exitCode = asked ? 0 : 2;
}
