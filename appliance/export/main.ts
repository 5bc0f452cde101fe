/**
 * The program that writes the records to a USB stick. It reads sticks, so it runs apart from the core and sees only the
 * bytes that the core sends. On a box systemd starts it for each connection to its socket; elsewhere it is
 * a child process of the caller. It exits when its connection closes, and leaves no partial copy on the stick.
 */
import '../no-inspector.js';

import { addAbortSignal } from 'node:stream';

import { readLines, toLine } from '../json-lines.js';
import { longestRequest, type Message, request } from './protocol.js';
import { Session } from './serve.js';

// The caller may be gone before the answer.
process.stdout.on('error', () => undefined);
const send = (message: Message): void => void process.stdout.write(toLine(message));

// SIGTERM acts like a closed connection: finish the current request, read no more.
const stop = new AbortController();
addAbortSignal(stop.signal, process.stdin);
process.once('SIGTERM', () => stop.abort());

const session = new Session();
try {
  for await (const line of readLines(process.stdin, request, longestRequest)) {
    const answer = line.ok ? await session.answer(line.value, send) : undefined;
    if (!answer) break;
    send(answer);
  }
} catch (error) {
  if (!stop.signal.aborted) throw error;
} finally {
  await session.end();
}
