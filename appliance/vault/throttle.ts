import { newsIntervalMs } from '../protocol/vault.js';
import type { TaskContext } from './task-context.js';

/** Leaves out news of a kind that comes sooner than `newsIntervalMs` after the last. A wait is always told, and its end. */
export function throttled(send: TaskContext['report']): TaskContext['report'] {
  const sent = new Map<string, number>();
  return (news) => {
    if (news.is === 'waiting') sent.clear();
    const now = performance.now();
    if (now - (sent.get(news.is) ?? -Infinity) < newsIntervalMs) return;
    if (news.is !== 'waiting') sent.set(news.is, now);
    send(news);
  };
}
