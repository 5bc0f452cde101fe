import { findCameras } from '../camera/find.js';
import type { FaultCode } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import type { DeviceList, Request } from '../protocol/vault.js';
import type { FoundScanner } from '../scanner/protocol.js';
import { toFaultCode } from './scan.js';
import { startScannerProgram } from './scanner-program.js';

export type DeviceQuery = Omit<Extract<Request, { do: 'find-devices' }>, 'do'>;

/** Asks the drivers for the attached scanners and cameras: `scanner-stalled` if a scanner's driver does not return. */
export async function listDevices({ only, named }: DeviceQuery): Promise<Result<DeviceList, FaultCode>> {
  const [scanners, cameras] = await Promise.all([
    only === 'camera' ? ok([]) : listScanners(),
    only === 'scanner' ? ok([]) : findCameras({ named }),
  ]);
  if (!scanners.ok) return scanners;
  return cameras.ok ? ok({ scanners: scanners.value, cameras: cameras.value }) : cameras;
}

async function listScanners(): Promise<Result<FoundScanner[], FaultCode>> {
  const program = startScannerProgram({ do: 'list' });
  if (!program) return err('scanner-failed');
  try {
    for await (const message of program.messages) {
      if (message.is === 'scanners') return ok(message.scanners);
      return err(message.is === 'failed' ? toFaultCode(message.fault) : 'scanner-failed');
    }
    return err('scanner-failed');
  } finally {
    program.kill();
  }
}
