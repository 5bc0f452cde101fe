import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

import { fileOf } from '../installation.js';
import { readLines, toLine } from '../json-lines.js';
import { err, ok, type Result } from '../result.js';
import { type BatterySet, longestLine, type SetAnswer, setAnswer, type SetFault } from './set-protocol.js';

/** The program takes a quarter of a second, and a battery-backed chip up to one second more. */
const timeoutMs = 10_000;

/** The connection to the program that sets the clock. */
type Connection = { readonly stream: Duplex; readonly close: () => void };

/**
 * Sets the clock to a time in milliseconds since 1970, through the program that has the privilege. On a box systemd
 * starts it for a connection to the socket TERASHI_CLOCK_SOCKET; elsewhere it is a child process.
 */
export async function setClock(time: number): Promise<Result<BatterySet, SetFault>> {
  const socket = process.env.TERASHI_CLOCK_SOCKET;
  const { stream, close } = socket === undefined ? startChild() : connectToUnit(socket);
  stream.on('error', () => undefined);
  stream.write(toLine({ set: Math.floor(time / 1000) * 1000 }));
  const answer = await Promise.race([answerOf(stream), wait(timeoutMs, undefined, { ref: false })]);
  close();
  if (!answer) return err('clock-failed');
  return answer.set ? ok(answer.battery) : err(answer.fault);
}

async function answerOf(stream: Duplex): Promise<SetAnswer | undefined> {
  try {
    for await (const line of readLines(stream, setAnswer, longestLine))
      return line.ok ? line.value : undefined;
  } catch {
    // The connection broke without an answer.
  }
  return undefined;
}

function connectToUnit(socket: string): Connection {
  const stream = connect(socket);
  return { stream, close: () => stream.destroy() };
}

function startChild(): Connection {
  const program = spawn(process.execPath, [fileOf('clock/set-clock')], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  program.on('error', () => undefined);
  const stream = Duplex.from({ writable: program.stdin, readable: program.stdout });
  const close = () => {
    stream.destroy();
    program.kill('SIGKILL');
  };
  return { stream, close };
}
