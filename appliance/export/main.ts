/**
 * The program that writes the records to a USB stick: apart from the core, since it may do more, and has nothing of the
 * core's but what that hands over. On a box systemd starts it for a connection to its socket; elsewhere it is a child
 * of whoever asks. It ends when its connection does, and leaves no half copy on the stick.
 */
import { addAbortSignal } from 'node:stream';

import { readLines, toLine } from '../lines.js';
import { longestRequest, type Message, request } from './protocol.js';
import { Conversation } from './serve.js';

// Whoever asked may be gone before the answer is there.
process.stdout.on('error', () => undefined);
const tell = (message: Message): void => void process.stdout.write(toLine(message));

// As if whoever asked were gone: what is under way comes to its end, and nothing more is listened to.
const stop = new AbortController();
addAbortSignal(stop.signal, process.stdin);
process.once('SIGTERM', () => stop.abort());

const conversation = new Conversation();
try {
  for await (const line of readLines(process.stdin, request, longestRequest)) {
    const answer = line.ok ? await conversation.answer(line.value, tell) : undefined;
    if (!answer) break;
    tell(answer);
  }
} catch (error) {
  if (!stop.signal.aborted) throw error;
} finally {
  await conversation.end();
}
