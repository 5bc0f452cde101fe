/**
 * The program that installs updates. It reads sticks and may call rauc, so it runs apart from the core. On a box systemd
 * starts it for each connection to its socket; elsewhere it is a child process of the caller. It exits when its
 * connection closes, but never in the middle of writing.
 */
import '../no-inspector.js';

import { readLines, toLine } from '../json-lines.js';
import { longestLine, type Message, request } from './protocol.js';
import { runningHere } from './running.js';
import { Session } from './serve.js';

// The caller may be gone before the answer.
process.stdout.on('error', () => undefined);
const send = (message: Message): void => void process.stdout.write(toLine(message));

const session = new Session(await runningHere(), send);
let running: Promise<void> | undefined;
for await (const line of readLines(process.stdin, request, longestLine)) {
  if (!line.ok) break;
  if (line.value.do === 'cancel') {
    session.cancel();
    continue;
  }
  // One request at a time. A second one is a protocol error.
  if (running) break;
  running = session.answer(line.value).then((message) => {
    running = undefined;
    send(message);
  });
}
session.cancel();
await running;
