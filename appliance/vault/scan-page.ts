import { err, type Result } from '../result.js';
import type { ScanFault, ScannerMessage, ScannerTask } from '../scanner/protocol.js';
import type { Page } from '../scanner/scanner.js';
import { endOthers } from './end-others.js';
import { receivePage } from './receive-page.js';
import { type ScannerProgram, startScannerProgram } from './scanner-program.js';

export type ScanNews = Extract<ScannerMessage, { is: 'progress' | 'waiting' }>;

/** Replaced by tests, in whose processes not everything else may be killed. */
const real = { start: startScannerProgram, endOthers };

/**
 * Has a program of its own scan a page, and returns once that program is gone, with all that the scanner's driver started.
 *
 * @returns `scanner-failed` if the program dies or breaks its protocol, `driver-not-ended` if something of it stays
 */
export async function scanPage(
  task: Extract<ScannerTask, { do: 'scan' }>,
  hear: (news: ScanNews) => void,
  signal: AbortSignal,
  { start, endOthers } = real,
): Promise<Result<Page, ScanFault | 'driver-not-ended'>> {
  const program = start(task, signal);
  if (!program) return err('scanner-failed');
  const end = () => {
    program.kill();
    return endOthers();
  };
  const page = await pageOf(program, hear, () => void end());
  const ended = await end();
  if (ended.ok) return page;
  if (page.ok) page.value.data.fill(0);
  return ended;
}

async function pageOf(
  { messages, samples }: ScannerProgram,
  hear: (news: ScanNews) => void,
  whole: () => void,
): Promise<Result<Page, ScanFault>> {
  for await (const message of messages) {
    switch (message.is) {
      case 'progress':
      case 'waiting':
        hear(message);
        break;
      case 'page':
        // Awaited here: leaving the loop closes the samples' socket.
        return await receivePage(samples, message, whole);
      case 'failed':
        return err(message.fault);
      case 'scanners':
        return err('scanner-failed');
    }
  }
  return err('scanner-failed');
}
