/**
 * The program that mounts one USB stick for one asker, and does nothing else: it opens no file of the stick. Its unit says
 * by its arguments how, and for which user. systemd starts it for each connection to its socket; when that closes, also
 * because the asker was killed, it unmounts the stick.
 */
import '../no-inspector.js';

import { readLines, toLine } from '../json-lines.js';
import { mountHere, newPoint } from './mount-here.js';
import { longestLine, type Message, type Request, request } from './mount-protocol.js';
import type { Access, Mounted } from './mounted.js';
import { findSticks } from './sticks.js';

const [access, owner] = process.argv.slice(2) as [Access, string];

let mounted: Mounted | undefined;

async function answer(asked: Request): Promise<Message> {
  const done = asked.do === 'mount' ? await mount(asked.node) : await unmount();
  return done ?? { is: 'failed' };
}

/** What the asker says is no reason to believe that this is a stick, or which file system is on it. */
async function mount(node: string): Promise<Message | undefined> {
  if (mounted) return undefined;
  const stick = (await findSticks()).find((each) => each.node === node);
  mounted = stick && (await mountHere(stick, access, newPoint(), owner));
  return mounted && { is: 'mounted', point: mounted.point };
}

async function unmount(): Promise<Message | undefined> {
  const isWhole = await mounted?.unmount();
  mounted = undefined;
  return isWhole === true ? { is: 'unmounted' } : undefined;
}

// The asker may be gone before the answer.
process.stdout.on('error', () => undefined);
// When the box shuts down the asker still needs the stick: to delete what it has not finished.
process.on('SIGTERM', () => undefined);

for await (const line of readLines(process.stdin, request, longestLine)) {
  if (!line.ok) break;
  process.stdout.write(toLine(await answer(line.value)));
}
await unmount();
