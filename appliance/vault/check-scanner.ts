import type { FaultCode } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import { measureGlass } from '../scanner/glass.js';
import type { GlassSeen, Request } from '../protocol/vault.js';
import { toFaultCode, scanGlass } from './scan.js';
import type { TaskContext } from './task-context.js';

/** Scans the glass, which should be empty, and reports its size and how even it is. The page is zeroed. */
export async function checkScanner(
  task: Extract<Request, { do: 'check-scanner' }>,
  context: Pick<TaskContext, 'report' | 'signal'>,
): Promise<Result<GlassSeen, FaultCode>> {
  const page = await scanGlass(task, context);
  if (!page.ok) return err(toFaultCode(page.error));
  const { width, height, resolution, data } = page.value;
  const seen = measureGlass(page.value);
  data.fill(0);
  const millimetres = (dots: number) => Math.max(1, Math.round((dots / resolution) * 25.4));
  return ok({ width: millimetres(width), height: millimetres(height), resolution, ...seen });
}
