#!/usr/bin/env node
/**
 * The test's hands in the guest: runs what it is told over a virtio port, and presses keys on the appliance's panel
 * socket as a panel does. It knows nothing of the test. Without a package: each would cost the guest a second.
 */
import { execFile } from 'node:child_process';
import { createReadStream, openSync, readFileSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

import type { Command, Told } from './commands.js';

const port = '/dev/virtio-ports/terashi.test';
// A port can be opened once: to write and to read.
const wire = openSync(port, 'r+');
let panel: Socket | undefined;

const now = () => performance.now();
const tell = (news: Told) => writeSync(wire, `${JSON.stringify(news)}\n`);

function run([program = '', ...args]: readonly string[]): Promise<{ ok: boolean; text: string }> {
  return new Promise((resolve) => {
    execFile(program, args, { encoding: 'utf8' }, (error, stdout, stderr) => {
      resolve({ ok: error === null, text: stdout + stderr });
    });
  });
}

/** Hands on every view of the appliance, for as long as the guest lives. */
async function attend(path: string): Promise<never> {
  for (;;) {
    panel = connect(path);
    createInterface(panel)
      .on('line', (line) => tell({ is: 'view', at: now(), view: JSON.parse(line) }))
      .on('error', () => undefined);
    panel.on('error', () => undefined);
    const socket = panel;
    await new Promise((resolve) => socket.once('close', resolve));
    await wait(100);
  }
}

/** In milliseconds of the guest's own clock: the core takes no Enter that comes at once. */
const reading = 400;

/** In the same: how long a finger stays on a button. */
const finger = 250;

async function touch(pull: string): Promise<string> {
  await wait(reading);
  writeFileSync(pull, 'pull-down');
  const at = now();
  await wait(finger);
  writeFileSync(pull, 'pull-up');
  return String(at);
}

/** In milliseconds between two looks: no light is lit for less than sixty. */
const glance = 15;

let watched: readonly string[] = [];

async function watch(files: readonly string[]): Promise<void> {
  watched = files;
  const open = files.map((file) => openSync(file, 'r'));
  const word = Buffer.alloc(64);
  for (let last = ''; files.length > 0 && files === watched;) {
    const words = open
      .map((file) => word.toString('latin1', 0, readSync(file, word, 0, word.length, 0)).trim())
      .join('');
    if (words !== last) tell({ is: 'words', at: now(), words });
    last = words;
    await wait(glance);
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
    case 'attend':
      void attend(command.socket);
      break;
    case 'press':
      await wait(reading);
      panel?.write(`${JSON.stringify({ press: command.key })}\n`);
      break;
    case 'touch':
      return { ok: true, text: await touch(command.pull) };
    case 'watch':
      void watch(command.files);
      break;
  }
  return { ok: true, text: '' };
}

tell({ is: 'here', at: now() });
for await (const line of createInterface(createReadStream(port, { fd: wire }))) {
  const { id, ...command } = JSON.parse(line) as Command & { id: number };
  void perform(command)
    .catch((error: unknown) => ({ ok: false, text: String(error) }))
    .then((answer) => tell({ is: 'answer', to: id, at: now(), ...answer }));
}
