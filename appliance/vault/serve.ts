import type { FaceModels } from '../face/sessions.js';
import type { FaultCode } from '../findings.js';
import { ok, type Result } from '../result.js';
import { checkCamera } from './check-camera.js';
import { checkScanner } from './check-scanner.js';
import { compare } from './compare.js';
import type { CoreConnection } from './core-connection.js';
import { listDevices } from './list-devices.js';
import { noSamples } from './face-sample.js';
import { measureQuality } from './measure-quality.js';
import { openCamera } from './open-camera.js';
import { photograph } from './photograph.js';
import type { Message, Request } from '../protocol/vault.js';
import { readPicture } from './read-picture.js';
import { scan } from './scan.js';
import { scanTestCard } from './scan-test-card.js';
import { millisecondsSince, type CaptureResult, toDoor } from './capture-result.js';
import type { TaskContext } from './task-context.js';
import { throttled } from './throttle.js';
import { viewTestCard } from './view-test-card.js';

type Task = Exclude<Request, { do: 'cancel' | 'load' }>;

/**
 * Runs one task at a time, until the core disconnects or breaks the protocol: a second task at once, or
 * `load` again.
 */
export async function serve(core: CoreConnection, models: FaceModels): Promise<void> {
  const samples = noSamples();
  let underWay: AbortController | undefined;
  for await (const request of core.requests) {
    if (request.do === 'cancel') {
      underWay?.abort();
      continue;
    }
    if (underWay || request.do === 'load') return;
    const { signal } = (underWay = new AbortController());
    void perform(request, { models, samples, report: throttled(core.send), signal }).then((end) => {
      underWay = undefined;
      core.send(signal.aborted ? { is: 'cancelled' } : end);
    });
  }
}

async function perform(task: Task, context: TaskContext): Promise<Message> {
  switch (task.do) {
    case 'find-devices': {
      const devices = await listDevices(task);
      return devices.ok ? { is: 'devices', devices: devices.value } : failed(devices.error);
    }
    case 'scan':
      return toMessage(await scan(task, context), task);
    case 'photograph':
      return toMessage(await photograph(openCamera(task.camera), context, task.challenge ?? false), task);
    case 'read-picture':
      return toMessage(ok(await readPicture(task, context)), task);
    case 'measure-quality':
      return measureQuality(task, context);
    case 'check-camera': {
      const seen = await checkCamera(openCamera(task.camera), context.signal);
      return seen.ok ? { is: 'camera-checked', seen: seen.value } : failed(seen.error);
    }
    case 'check-scanner': {
      const seen = await checkScanner(task, context);
      return seen.ok ? { is: 'scanner-checked', seen: seen.value } : failed(seen.error);
    }
    case 'scan-test-card': {
      const seen = await scanTestCard(task, context);
      return seen.ok ? { is: 'card-scanned', ...withSeen(seen.value) } : failed(seen.error);
    }
    case 'view-test-card': {
      const seen = await viewTestCard(openCamera(task.camera), context);
      return seen.ok ? { is: 'card-viewed', ...withSeen(seen.value) } : failed(seen.error);
    }
    case 'compare': {
      const begun = performance.now();
      const similarity = await compare(context.models, context.samples);
      if (similarity === undefined) return failed('vault-nonsense');
      return { is: 'compared', similarity, ...timeOf(task, millisecondsSince(begun)) };
    }
  }
}

function toMessage(result: Result<CaptureResult, FaultCode>, task: Timed): Message {
  if (!result.ok) return failed(result.error);
  const { usable, findings, milliseconds, cues } = result.value;
  return {
    is: 'taken',
    usable,
    findings: toDoor(findings),
    ...timeOf(task, milliseconds),
    ...(cues ? { cues } : {}),
  };
}

type Timed = { readonly timed?: true | undefined };

function timeOf({ timed }: Timed, milliseconds: number): { readonly milliseconds?: number } {
  return timed ? { milliseconds } : {};
}

function withSeen<T>(seen: T | undefined): { readonly seen?: T } {
  return seen ? { seen } : {};
}

function failed(fault: FaultCode): Message {
  return { is: 'failed', fault };
}
