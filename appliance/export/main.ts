/**
 * The program that writes the records to a USB stick: apart from the core, since it may do more, and has nothing of the
 * core's but what that hands over. On a box systemd starts it for a connection to its socket; elsewhere it is a child
 * of whoever asks. It ends when its connection does, and leaves no half copy on the stick.
 */
import { readLines, toLine } from '../lines.js';
import { longestRequest, request } from './protocol.js';
import { Conversation } from './serve.js';

// Whoever asked may be gone before the answer is there.
process.stdout.on('error', () => undefined);

const conversation = new Conversation();
process.once('SIGTERM', () => void conversation.end().finally(() => process.exit()));
for await (const line of readLines(process.stdin, request, longestRequest)) {
  const answer = line.ok ? await conversation.answer(line.value) : undefined;
  if (!answer) break;
  process.stdout.write(toLine(answer));
}
await conversation.end();
