import { type Message, newsIntervalMs } from '../protocol/vault.js';
import type { Task, TaskEnd, TaskProgress } from './vault.js';

type Sent = { readonly news: readonly TaskProgress['is'][]; readonly end: TaskEnd['is'] };

/** What a vault sends during each task, besides `alive`, and the result that ends it, besides `failed` and `cancelled`. */
const sentBy: Readonly<Record<Task['do'], Sent>> = {
  'find-devices': { news: [], end: 'devices' },
  scan: { news: ['progress', 'waiting'], end: 'taken' },
  photograph: { news: ['progress', 'guidance'], end: 'taken' },
  'read-picture': { news: [], end: 'taken' },
  'measure-quality': { news: [], end: 'quality' },
  compare: { news: [], end: 'compared' },
  'check-camera': { news: [], end: 'camera-checked' },
  'check-scanner': { news: ['progress', 'waiting'], end: 'scanner-checked' },
  'scan-test-card': { news: ['progress', 'waiting'], end: 'card-scanned' },
  'view-test-card': { news: ['progress'], end: 'card-viewed' },
};

/** Waits and a vault that was held up send more at once. */
const burst = 50;

/** Tells whether a message is one that the running task may send, by its kind and by how many came before it. */
export class TaskMessages {
  readonly #sent: Sent;
  readonly #task: Task;
  readonly #begun = performance.now();
  #news = 0;

  constructor(task: Task) {
    this.#task = task;
    this.#sent = sentBy[task.do];
  }

  allows(message: Message): boolean {
    if (message.is === 'alive' || message.is === 'failed' || message.is === 'cancelled') return true;
    if (this.#sent.news.some((kind) => kind === message.is)) return ++this.#news <= this.#mostNews();
    return message.is === this.#sent.end && !this.#tellsUnasked(message);
  }

  #mostNews(): number {
    const elapsed = performance.now() - this.#begun;
    return burst + this.#sent.news.length * (elapsed / newsIntervalMs);
  }

  /** Times and cues are told only if asked for. */
  #tellsUnasked(message: Message): boolean {
    const task = this.#task;
    const timed = 'timed' in task && task.timed;
    const challenge = 'challenge' in task && task.challenge;
    if (message.is === 'taken' && message.cues && !challenge) return true;
    const untimed = message.is === 'taken' || message.is === 'compared';
    return untimed && message.milliseconds !== undefined && !timed;
  }
}
