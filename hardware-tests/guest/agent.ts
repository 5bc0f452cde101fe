#!/usr/bin/env node
/**
 * The test's agent in the guest: runs commands that arrive over a virtio port, and presses keys on the appliance's
 * panel socket as a panel does. It knows nothing of the test. It uses no npm package: each would cost the guest a second.
 */
import { execFile } from 'node:child_process';
import { createReadStream, openSync, readFileSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

import type { AgentMessage, Command } from './commands.js';

const port = '/dev/virtio-ports/terashi.test';
// A virtio port can be opened only once, so one descriptor reads and writes.
const wire = openSync(port, 'r+');
let panel: Socket | undefined;

const now = () => performance.now();
const send = (message: AgentMessage) => writeSync(wire, `${JSON.stringify(message)}\n`);

function run([program = '', ...args]: readonly string[]): Promise<{ ok: boolean; text: string }> {
  return new Promise((resolve) => {
    execFile(program, args, { encoding: 'utf8' }, (error, stdout, stderr) => {
      resolve({ ok: error === null, text: stdout + stderr });
    });
  });
}

/** Forwards every view of the appliance, and reconnects when it restarts. Runs as long as the guest. */
async function connectPanel(path: string): Promise<never> {
  for (;;) {
    panel = connect(path);
    createInterface(panel)
      .on('line', (line) => send({ is: 'view', at: now(), view: JSON.parse(line) }))
      .on('error', () => undefined);
    panel.on('error', () => undefined);
    const socket = panel;
    await new Promise((resolve) => socket.once('close', resolve));
    await wait(100);
  }
}

/** In milliseconds of the guest's clock. The core ignores Enter and Next right after a scene change. */
const readingMs = 400;

/** In milliseconds of the guest's clock: how long a button stays pressed. */
const pressMs = 250;

async function pushButton(pull: string): Promise<string> {
  await wait(readingMs);
  writeFileSync(pull, 'pull-down');
  const at = now();
  await wait(pressMs);
  writeFileSync(pull, 'pull-up');
  return String(at);
}

/** In milliseconds between two reads. No light is on for less than 60. */
const watchIntervalMs = 15;

let watched: readonly string[] = [];

async function watch(files: readonly string[]): Promise<void> {
  watched = files;
  const open = files.map((file) => openSync(file, 'r'));
  const buffer = Buffer.alloc(64);
  for (let last = ''; files.length > 0 && files === watched;) {
    const words = open
      .map((file) => buffer.toString('latin1', 0, readSync(file, buffer, 0, buffer.length, 0)).trim())
      .join('');
    if (words !== last) send({ is: 'words', at: now(), words });
    last = words;
    await wait(watchIntervalMs);
  }
}

async function perform(command: Command): Promise<{ ok: boolean; text: string }> {
  switch (command.do) {
    case 'run':
      return run(command.command);
    case 'read':
      return { ok: true, text: readFileSync(command.file, 'utf8') };
    case 'write':
      writeFileSync(command.file, command.text);
      break;
    case 'connect-panel':
      void connectPanel(command.socket);
      break;
    case 'press':
      await wait(readingMs);
      panel?.write(`${JSON.stringify({ press: command.key })}\n`);
      break;
    case 'push-button':
      return { ok: true, text: await pushButton(command.pull) };
    case 'watch':
      void watch(command.files);
      break;
  }
  return { ok: true, text: '' };
}

send({ is: 'started', at: now() });
for await (const line of createInterface(createReadStream(port, { fd: wire }))) {
  const { id, ...command } = JSON.parse(line) as Command & { id: number };
  void perform(command)
    .catch((error: unknown) => ({ ok: false, text: String(error) }))
    .then((answer) => send({ is: 'answer', to: id, at: now(), ...answer }));
}
