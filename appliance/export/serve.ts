import { setTimeout as wait } from 'node:timers/promises';

import { err, ok, type Result } from '../result.js';
import { lookAtSticks, type Seen } from '../stick/sticks.js';
import { Copy } from './copy.js';
import type { ExportFault, Label, Message, Request } from './protocol.js';

/** Wait this long for the updater, which may be reading the stick. */
const timeoutMs = 10_000;
const retryAfterMs = 500;

/** One connection of the core. It makes one copy at a time. */
export class Session {
  #copy: Copy | undefined;

  /**
   * The answer, or undefined if the request is out of order.
   *
   * @param report receives the progress
   */
  async answer(request: Request, report: (progress: Message) => void): Promise<Message | undefined> {
    switch (request.do) {
      case 'look':
        return { is: isEmpty(await lookAtSticks()) ? 'no-stick' : 'stick' };
      case 'begin': {
        if (this.#copy) return undefined;
        const begun = await begin(request.label, request.bytes);
        if (begun.ok) this.#copy = begun.value;
        return answerTo(begun, () => ({ is: 'ready' }));
      }
      case 'piece': {
        const added = await this.#copy?.add(Buffer.from(request.base64, 'base64'));
        if (added?.ok === false) this.#copy = undefined;
        return added && answerTo(added, () => ({ is: 'ready' }));
      }
      case 'finish': {
        const finished = await this.#copy?.finish(request.sha256, request.beside, (fraction) =>
          report({ is: 'progress', fraction }),
        );
        this.#copy = undefined;
        return finished && answerTo(finished, (name) => ({ is: 'done', name }));
      }
      case 'cancel':
        await this.end();
        return { is: 'cancelled' };
    }
  }

  /** Deletes an unfinished copy. */
  async end(): Promise<void> {
    await this.#copy?.abort();
    this.#copy = undefined;
  }
}

function isEmpty({ sticks, unusable }: Seen): boolean {
  return sticks.length === 0 && unusable === undefined;
}

function answerTo<T>(result: Result<T, ExportFault>, success: (value: T) => Message): Message {
  return result.ok ? success(result.value) : { is: 'failed', why: result.error };
}

/** Starts a copy on the first stick that accepts it. The error is that of the first stick. */
async function begin(label: Label, bytes: number): Promise<Result<Copy, ExportFault>> {
  const seen = await whenFree();
  if (!seen.ok) return seen;
  let refused: Result<never, ExportFault> | undefined;
  for (const stick of seen.value.sticks) {
    const begun = await Copy.begin(stick, label, bytes);
    if (begun.ok) return begun;
    refused ??= begun;
  }
  return refused ?? err(seen.value.unusable ?? 'no-stick');
}

/** Waits until no other program of ours has a stick mounted: a read-only mount rules out a writable one. */
async function whenFree(): Promise<Result<Seen, 'busy'>> {
  for (const deadline = performance.now() + timeoutMs; ;) {
    const seen = await lookAtSticks();
    if (seen.sticks.every(({ mounts }) => mounts === 0)) return ok(seen);
    if (performance.now() > deadline) return err('busy');
    await wait(retryAfterMs);
  }
}
