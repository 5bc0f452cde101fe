import type { FaceModels } from '../face/sessions.js';
import type { Message } from '../protocol/vault.js';
import type { FaceSamples } from './face-sample.js';

/** What the vault provides to each task. */
export type TaskContext = {
  readonly models: FaceModels;
  readonly samples: FaceSamples;
  readonly report: (news: Extract<Message, { is: 'progress' | 'waiting' | 'guidance' }>) => void;
  readonly signal: AbortSignal;
};
