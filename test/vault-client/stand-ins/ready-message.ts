import type { Message } from '../../../appliance/protocol/vault.js';

/** What a vault sends once its models are loaded. */
export const readyMessage: Message = {
  is: 'ready',
  model: 'stand-in',
  modelHash: '0'.repeat(64),
  threshold: 0.45,
  bounds: [],
  golden: { ppm: 0 },
};
