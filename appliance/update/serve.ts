import { withBundle } from './bundle.js';
import { findToken } from './token.js';
import { deleteNote, readNote, trialOf, writeNote } from './note.js';
import type { Message, Request, UpdateFault } from './protocol.js';
import { install, readSlots, rejectOther } from './rauc.js';
import { restartBox } from './restart.js';
import { findSticks, isPluggedIn, type Stick } from '../stick/sticks.js';
import type { Running } from './running.js';
import type { Version } from './version.js';

type Send = (message: Message) => void;

/** One connection of the core. It restarts the box only for a version that it has installed itself. */
export class Session {
  readonly #running: Running;
  readonly #send: Send;
  #stop = new AbortController();
  #installed = false;

  constructor(running: Running, send: Send) {
    this.#running = running;
    this.#send = send;
  }

  /** Stops an installation that has not begun to write. */
  cancel(): void {
    this.#stop.abort();
  }

  async answer(request: Exclude<Request, { do: 'cancel' }>): Promise<Message> {
    switch (request.do) {
      case 'look':
        return this.#look();
      case 'install':
        return this.#install(request.version);
      case 'restart':
        return this.#restart();
      case 'status': {
        const trial = trialOf(await readNote(), this.#running);
        return { is: 'status', running: this.#running.version, ...(trial ? { trial } : {}) };
      }
      case 'forget':
        if (trialOf(await readNote(), this.#running)?.is === 'returned') await deleteNote();
        return { is: 'forgotten' };
    }
  }

  async #look(): Promise<Message> {
    const { signal } = (this.#stop = new AbortController());
    const found = await findToken(signal);
    if (found)
      return found.ok ? { is: 'token', token: found.value } : { is: 'token-refused', why: found.error };
    return withBundle<Message>(this.#running.version, signal, (candidate) => {
      if (signal.aborted) return Promise.resolve({ is: 'cancelled' });
      if (!candidate) return Promise.resolve({ is: 'nothing' });
      return Promise.resolve(
        candidate.ok
          ? { is: 'found', version: candidate.value.version }
          : { is: 'refused', why: candidate.error },
      );
    });
  }

  async #install(agreed: Version): Promise<Message> {
    const { signal } = (this.#stop = new AbortController());
    const { bootId } = this.#running;
    // It would overwrite the old version, which the box may still need.
    if (trialOf(await readNote(), this.#running)?.is === 'under-way') return { is: 'refused', why: 'busy' };
    this.#send({ is: 'progress', fraction: 0, writing: false });
    return withBundle<Message>(this.#running.version, signal, async (candidate, stick) => {
      if (signal.aborted) return { is: 'cancelled' };
      if (!candidate)
        return { is: 'refused', why: (await findSticks()).length > 0 ? 'no-update' : 'no-stick' };
      if (!candidate.ok) return { is: 'refused', why: candidate.error };
      const { file, version } = candidate.value;
      if (version !== agreed) return { is: 'refused', why: 'changed' };
      if (!(await writeNote({ is: 'installing', version, bootId })))
        return { is: 'failed', why: 'not-set-up' };
      const why = await this.#write(file, version, stick!);
      if (why) {
        await deleteNote();
        return { is: 'failed', why };
      }
      this.#installed = true;
      return { is: 'installed' };
    });
  }

  async #write(file: string, version: Version, stick: Stick): Promise<UpdateFault | undefined> {
    const why = await install(file, (progress) => this.#send({ is: 'progress', ...progress }));
    if (why) return (await isPluggedIn(stick)) ? why : 'stick-lost';
    const { bootId } = this.#running;
    // The stick may have shown rauc a different bundle than the one inspected: trust what rauc says it wrote.
    const slots = await readSlots();
    if (slots?.next === version && (await writeNote({ is: 'trial', version, bootId }))) return undefined;
    await rejectOther();
    return slots?.next === version ? 'write-failed' : 'changed';
  }

  async #restart(): Promise<Message> {
    const restarts = this.#installed && (await restartBox());
    return restarts ? { is: 'restarting' } : { is: 'failed', why: 'restart-failed' };
  }
}
