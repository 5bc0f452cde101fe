/**
 * The program that installs updates: apart from the core, since it may do more. On a box systemd starts it for a
 * connection to its socket; elsewhere it is a child of whoever asks. It ends when its connection does, though not
 * before an installation that writes.
 */
import { readLines, toLine } from '../lines.js';
import { longestLine, type Message, request } from './protocol.js';
import { runningHere } from './running.js';
import { Conversation } from './serve.js';

// Whoever asked may be gone before the answer is there.
process.stdout.on('error', () => undefined);
const tell = (message: Message): void => void process.stdout.write(toLine(message));

const conversation = new Conversation(await runningHere(), tell);
let underWay: Promise<void> | undefined;
for await (const line of readLines(process.stdin, request, longestLine)) {
  if (!line.ok) break;
  if (line.value.do === 'cancel') {
    conversation.cancel();
    continue;
  }
  // One thing at a time; whoever asks for two is not understood.
  if (underWay) break;
  underWay = conversation.answer(line.value).then((message) => {
    underWay = undefined;
    tell(message);
  });
}
conversation.cancel();
await underWay;
