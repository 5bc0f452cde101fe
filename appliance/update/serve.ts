import { withBundle } from './bundle.js';
import { dropNote, readNote, trialOf, writeNote } from './note.js';
import { run } from '../stick/program.js';
import type { Message, Request, UpdateFault } from './protocol.js';
import { install, readSlots, refuseOther } from './rauc.js';
import { isThere, type Stick } from '../stick/sticks.js';
import type { Running } from './running.js';
import type { Version } from './version.js';

type Tell = (message: Message) => void;

/** One conversation with the core. It restarts the box only for what was installed in its course. */
export class Conversation {
  readonly #running: Running;
  readonly #tell: Tell;
  #stop = new AbortController();
  #installed = false;

  constructor(running: Running, tell: Tell) {
    this.#running = running;
    this.#tell = tell;
  }

  /** Stops an installation of which nothing is written yet. */
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
        if (trialOf(await readNote(), this.#running)?.is === 'returned') await dropNote();
        return { is: 'forgotten' };
    }
  }

  #look(): Promise<Message> {
    const { signal } = (this.#stop = new AbortController());
    return withBundle<Message>(this.#running.version, signal, (judged) => {
      if (signal.aborted) return Promise.resolve({ is: 'cancelled' });
      if (!judged) return Promise.resolve({ is: 'nothing' });
      return Promise.resolve(
        judged.ok ? { is: 'found', version: judged.value.version } : { is: 'refused', why: judged.error },
      );
    });
  }

  async #install(agreed: Version): Promise<Message> {
    const { signal } = (this.#stop = new AbortController());
    const { bootId } = this.#running;
    // It would be written over the version that is kept.
    if (trialOf(await readNote(), this.#running)?.is === 'under-way') return { is: 'refused', why: 'busy' };
    this.#tell({ is: 'progress', fraction: 0, writing: false });
    return withBundle<Message>(this.#running.version, signal, async (judged, stick) => {
      if (signal.aborted) return { is: 'cancelled' };
      if (!judged) return { is: 'refused', why: 'no-stick' };
      if (!judged.ok) return { is: 'refused', why: judged.error };
      const { file, version } = judged.value;
      if (version !== agreed) return { is: 'refused', why: 'changed' };
      if (!(await writeNote({ is: 'installing', version, bootId })))
        return { is: 'failed', why: 'not-set-up' };
      const why = await this.#write(file, version, stick!);
      if (why) {
        await dropNote();
        return { is: 'failed', why };
      }
      this.#installed = true;
      return { is: 'installed' };
    });
  }

  async #write(file: string, version: Version, stick: Stick): Promise<UpdateFault | undefined> {
    const why = await install(file, (progress) => this.#tell({ is: 'progress', ...progress }));
    if (why) return (await isThere(stick)) ? why : 'stick-lost';
    const { bootId } = this.#running;
    // The stick could show rauc another bundle than was looked at: what counts is what rauc says that it wrote.
    const slots = await readSlots();
    if (slots?.next === version && (await writeNote({ is: 'trial', version, bootId }))) return undefined;
    await refuseOther();
    return slots?.next === version ? 'write-failed' : 'changed';
  }

  async #restart(): Promise<Message> {
    if (!this.#installed) return { is: 'failed', why: 'restart-failed' };
    const { code } = await run('systemctl', ['reboot']);
    return code === 0 ? { is: 'restarting' } : { is: 'failed', why: 'restart-failed' };
  }
}
