import { Socket } from 'node:net';

import { readLines, toLine } from '../json-lines.js';
import type { ScannerWait } from '../protocol/vault.js';
import { linesFd, samplesFd } from './descriptors.js';
import { findScanners } from './find.js';
import { longestLine, type ScannerMessage, scannerRequest, type ScannerTask } from './protocol.js';
import { Sane } from './sane/sane.js';
import { scanPage } from './scan.js';
import type { Page } from './scanner.js';

type Send = (message: ScannerMessage) => void;

/** In milliseconds. Some drivers load a scanner's firmware to list it. */
const listTimeout = 10_000;

/** Makes one list or one scan, until the vault disconnects or sends what is no request. */
export async function serveVault(): Promise<void> {
  const lines = open(linesFd);
  const send: Send = (message) => lines.write(toLine(message));
  const cancellation = new AbortController();
  let begun = false;
  for await (const request of readLines(lines, scannerRequest, longestLine)) {
    if (!request.ok) return;
    if (request.value.do === 'cancel') cancellation.abort();
    else if (begun) return;
    else void perform(request.value, send, cancellation.signal);
    begun = true;
  }
}

function open(descriptor: number): Socket {
  const socket = new Socket({ fd: descriptor });
  // The end of the requests shows that the vault is gone.
  socket.on('error', () => undefined);
  return socket;
}

async function perform(task: ScannerTask, send: Send, signal: AbortSignal): Promise<void> {
  if (task.do === 'list') await list(send);
  else await scan(task, send, signal);
}

async function list(send: Send): Promise<void> {
  const found = await findScanners(new Sane({ timeouts: { quiet: listTimeout, moving: listTimeout } }));
  send(found.ok ? { is: 'scanners', scanners: found.value } : { is: 'failed', fault: found.error });
}

async function scan(
  { scanner, resolution }: Extract<ScannerTask, { do: 'scan' }>,
  send: Send,
  signal: AbortSignal,
): Promise<void> {
  const listener = {
    progress: (fraction: number) => send({ is: 'progress', fraction }),
    waiting: (why: ScannerWait) => send({ is: 'waiting', why }),
  };
  const page = await scanPage(new Sane(), scanner, { resolution }, listener, signal);
  if (page.ok) sendPage(page.value, send);
  else send({ is: 'failed', fault: page.error });
}

function sendPage({ data, ...about }: Page, send: Send): void {
  send({ is: 'page', ...about });
  open(samplesFd).end(data);
}
