import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { fileOf, programs } from '../appliance/installation.js';
import { until } from '../hardware-tests/counter/until.js';
import { Terminal } from './panel/tmux.js';

type Program = (typeof programs)[number];
type Started = { readonly pid: number; end(): unknown };

/** Each inspector at a port of its own, so that none stays away because another has its port. */
const anyPort = '--inspect-port=0';

describe('a signal that opens Node’s inspector', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inspector-'));
  const core = createServer((socket) => socket.on('error', () => undefined));
  const path = join(folder, 'core.sock');
  before(() => once(core.listen(path), 'listening'));
  after(() => {
    core.close();
    rmSync(folder, { recursive: true });
  });

  function run(file: string, ...args: string[]): ChildProcess & { pid: number } {
    const child = spawn(process.execPath, [anyPort, file, ...args], {
      stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
      // A group of its own: a vault ends by killing its group.
      detached: true,
    });
    return child as typeof child & { pid: number };
  }

  /** A program that waits for the first message on this descriptor. */
  async function waiting(program: Program, descriptor: number): Promise<Started> {
    const child = run(fileOf(program));
    await until(`${program} to read`, () => awaits(child.pid, descriptor));
    return { pid: child.pid, end: () => child.kill('SIGKILL') };
  }

  const start: Record<Program, () => Promise<Started>> = {
    main: async () => {
      const child = run(fileOf('main'), 'run', '--state', folder);
      await until('the core', () => readdirSync(folder).includes('panel.sock'));
      const ended = once(child, 'exit');
      return { pid: child.pid, end: () => child.kill() && ended };
    },
    'clock/set-clock': () => waiting('clock/set-clock', 0),
    'export/main': () => waiting('export/main', 0),
    'stick/mounter': () => waiting('stick/mounter', 0),
    'update/main': () => waiting('update/main', 0),
    'scanner/main': () => waiting('scanner/main', 3),
    'vault/main': () => waiting('vault/main', 3),
    'panel/lights/main': async () => {
      const connected = once(core, 'connection');
      const child = run(fileOf('panel/lights/main'), path);
      await connected;
      return { pid: child.pid, end: () => child.kill() };
    },
    'panel/main': async () => {
      const connected = once(core, 'connection');
      const terminal = await Terminal.open(process.execPath, anyPort, fileOf('panel/main'), path);
      await connected;
      return { pid: await terminal.pid(), end: () => terminal.close() };
    },
  };

  for (const program of programs) {
    it(`neither opens it in ${program} nor ends that`, async () => {
      const started = await start[program]();
      const plain = run('-e', 'setInterval(() => {}, 1000); process.stdin.resume()');
      try {
        await until('a plain process', () => awaits(plain.pid, 0));
        process.kill(started.pid, 'SIGUSR1');
        process.kill(plain.pid, 'SIGUSR1');
        await until('the inspector of a plain process', () => listens(plain.pid));
        assert.ok(isAlive(started.pid));
        assert.ok(!listens(started.pid), `${program} listens`);
      } finally {
        plain.kill('SIGKILL');
        await started.end();
      }
    });
  }
});

/** Whether a process waits for input on a descriptor: proc_pid_fdinfo(5), of its epoll instances. */
function awaits(pid: number, descriptor: number): boolean {
  const infos = ofEach(`/proc/${pid}/fdinfo`, (file) => readFileSync(file, 'utf8'));
  return infos.some((info) => new RegExp(`^tfd: +${descriptor} `, 'm').test(info));
}

/** Whether a process listens at a TCP port: proc_pid_net(5), where state 0A is TCP_LISTEN. */
function listens(pid: number): boolean {
  const listening = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state]) => state === '0A')
    .map((fields) => `socket:[${fields[9]}]`);
  return ofEach(`/proc/${pid}/fd`, (file) => readlinkSync(file)).some((open) => listening.includes(open));
}

/** What is known of each file of a process, but for those that it closes meanwhile. */
function ofEach(folder: string, read: (file: string) => string): string[] {
  return readdirSync(folder).flatMap((name) => {
    try {
      return [read(join(folder, name))];
    } catch {
      return [];
    }
  });
}

function isAlive(pid: number): boolean {
  return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
}
