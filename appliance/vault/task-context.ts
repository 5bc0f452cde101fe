import type { FaceModels } from '../face/sessions.js';
import type { Message } from '../protocol/vault.js';
import type { Holdings } from './holdings.js';

/** What the vault provides to each task. */
export type TaskContext = {
  readonly models: FaceModels;
  readonly holdings: Holdings;
  readonly tell: (news: Extract<Message, { is: 'progress' | 'guidance' }>) => void;
  readonly signal: AbortSignal;
};
