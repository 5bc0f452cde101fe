import { detectFaces } from '../face/detect.js';
import { faultCode, type FaultCode, findingCode, type FindingCode } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import { findPortrait } from '../scanner/portrait.js';
import type { ScanFault } from '../scanner/protocol.js';
import type { Page } from '../scanner/scanner.js';
import { capturePortrait } from './capture-portrait.js';
import type { Request } from '../protocol/vault.js';
import { scanPage, type ScanNews } from './scan-page.js';
import type { TaskContext } from './task-context.js';
import { millisecondsSince, notCaptured, type CaptureResult } from './capture-result.js';

/** Scans the whole glass once, and reports progress and waits. */
export function scanGlass(
  { scanner, resolution }: Pick<Extract<Request, { do: 'scan' }>, 'scanner' | 'resolution'>,
  { report, signal }: Pick<TaskContext, 'report' | 'signal'>,
): Promise<Result<Page, ScanFault | 'driver-not-ended'>> {
  const hear = (news: ScanNews) =>
    report(news.is === 'waiting' ? news : { is: 'progress', percent: Math.floor(news.fraction * 100) });
  return scanPage({ do: 'scan', scanner, resolution }, hear, signal);
}

/** The fault of a scan that does not look for a document. */
export function toFaultCode(fault: ScanFault | 'driver-not-ended'): FaultCode {
  const known = faultCode.safeParse(fault);
  return known.success ? known.data : 'scanner-failed';
}

/** Scans the document and keeps its portrait. The page is zeroed as soon as the portrait is found. */
export async function scan(
  { scanner, resolution }: Extract<Request, { do: 'scan' }>,
  { models, samples, report, signal }: TaskContext,
): Promise<Result<CaptureResult, FaultCode>> {
  samples.document = undefined;
  const page = await scanGlass({ scanner, resolution }, { report, signal });
  const arrived = performance.now();
  const poor = (code: FindingCode) => ok(notCaptured('document', code, millisecondsSince(arrived)));
  if (!page.ok) {
    const finding = findingCode.safeParse(page.error);
    if (finding.success) return poor(finding.data);
    // The core hears `cancelled` for a cancelled scan, whatever it returns.
    return err(toFaultCode(page.error));
  }
  const portrait = await findPortrait(page.value, (image) => detectFaces(models, image));
  if (!portrait.ok) return poor(portrait.error);
  const { result, sample: document } = await capturePortrait(models, portrait.value.image, arrived);
  samples.document = document;
  return ok(result);
}
