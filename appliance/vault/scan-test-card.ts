import type { FaultCode } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import type { CardScanned, Request } from '../protocol/vault.js';
import { toFaultCode, scanGlass } from './scan.js';
import type { TaskContext } from './task-context.js';
import { measureScan } from './test-card/measure.js';

/** Scans the test card and measures its colours and lengths. The page is zeroed. */
export async function scanTestCard(
  task: Extract<Request, { do: 'scan-test-card' }>,
  context: Pick<TaskContext, 'report' | 'signal'>,
): Promise<Result<CardScanned | undefined, FaultCode>> {
  const page = await scanGlass(task, context);
  if (!page.ok) return err(toFaultCode(page.error));
  const seen = await measureScan(page.value);
  page.value.data.fill(0);
  return ok(seen);
}
