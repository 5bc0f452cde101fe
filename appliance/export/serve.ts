import { setTimeout as wait } from 'node:timers/promises';

import { err, type Result } from '../result.js';
import { findSticks, type Stick } from '../stick/sticks.js';
import { Copy } from './copy.js';
import type { ExportFault, Label, Message, Request } from './protocol.js';

/** In milliseconds: whoever looks at a stick for an update is waited for so long, looking this often. */
const patience = 10_000;
const again = 500;

/** One conversation with the core: it makes one copy at a time. */
export class Conversation {
  #copy: Copy | undefined;

  /**
   * The answer; undefined where a request has no place here.
   *
   * @param tell what comes before it
   */
  async answer(request: Request, tell: (progress: Message) => void): Promise<Message | undefined> {
    switch (request.do) {
      case 'look':
        return { is: (await findSticks()).length > 0 ? 'stick' : 'no-stick' };
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
        const finished = await this.#copy?.finish(request.sha256, (fraction) =>
          tell({ is: 'progress', fraction }),
        );
        this.#copy = undefined;
        return finished && answerTo(finished, (name) => ({ is: 'done', name }));
      }
      case 'cancel':
        await this.end();
        return { is: 'cancelled' };
    }
  }

  /** Takes away what was begun and not finished. */
  async end(): Promise<void> {
    await this.#copy?.giveUp();
    this.#copy = undefined;
  }
}

function answerTo<T>(result: Result<T, ExportFault>, success: (value: T) => Message): Message {
  return result.ok ? success(result.value) : { is: 'failed', why: result.error };
}

/** Begins a copy on the first stick that takes it, or tells what stood against the first that does not. */
async function begin(label: Label, bytes: number): Promise<Result<Copy, ExportFault>> {
  const sticks = await freeSticks();
  if (!sticks.ok) return sticks;
  let refused: Result<never, ExportFault> = err('no-stick');
  for (const stick of sticks.value) {
    const begun = await Copy.begin(stick, label, bytes);
    if (begun.ok) return begun;
    if (refused.error === 'no-stick') refused = begun;
  }
  return refused;
}

/** The sticks, once none of our own programs has them: mounted to be read, they cannot be mounted to be written. */
async function freeSticks(): Promise<Result<readonly Stick[], 'busy'>> {
  for (const deadline = performance.now() + patience; ;) {
    const sticks = await findSticks();
    if (sticks.every(({ taken }) => taken === 0)) return { ok: true, value: sticks };
    if (performance.now() > deadline) return err('busy');
    await wait(again);
  }
}
