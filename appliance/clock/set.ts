import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

import { fileOf } from '../installation.js';
import { readLines, toLine } from '../lines.js';
import { err, ok, type Result } from '../result.js';
import { type BatterySet, longestLine, type SetAnswer, setAnswer, type SetFault } from './set-protocol.js';

/** Milliseconds; the program takes a quarter of a second, and a chip with a battery up to one more. */
const patience = 10_000;

/** What asks for the clock to be set, and how it is ended. */
type Program = { readonly door: Duplex; readonly end: () => void };

/**
 * Has the clock set to a time in milliseconds since 1970, by the program that may: on a box systemd starts it for
 * a connection to the socket that TERASHI_CLOCK_SOCKET names, elsewhere it is this process's child.
 */
export async function setClock(time: number): Promise<Result<BatterySet, SetFault>> {
  const socket = process.env.TERASHI_CLOCK_SOCKET;
  const { door, end } = socket === undefined ? child() : unit(socket);
  door.on('error', () => undefined);
  door.write(toLine({ set: Math.floor(time / 1000) * 1000 }));
  const answer = await Promise.race([answerOf(door), wait(patience, undefined, { ref: false })]);
  end();
  if (!answer) return err('clock-failed');
  return answer.set ? ok(answer.battery) : err(answer.fault);
}

async function answerOf(door: Duplex): Promise<SetAnswer | undefined> {
  try {
    for await (const line of readLines(door, setAnswer, longestLine)) return line.ok ? line.value : undefined;
  } catch {
    // It ended without an answer.
  }
  return undefined;
}

function unit(socket: string): Program {
  const door = connect(socket);
  return { door, end: () => door.destroy() };
}

function child(): Program {
  const program = spawn(process.execPath, [fileOf('clock/set-clock')], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  program.on('error', () => undefined);
  const door = Duplex.from({ writable: program.stdin, readable: program.stdout });
  const end = () => {
    door.destroy();
    program.kill('SIGKILL');
  };
  return { door, end };
}
