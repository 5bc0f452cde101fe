import type { Scene } from '../../panel/view.js';
import type { ShownProcedure } from './shown.js';

export function selfTestScene({ value, context: { checks, now } }: ShownProcedure<'self-test'>): Scene {
  if (value === 'testing') return { name: 'self-test', checks: [...checks], ...(now ? { now } : {}) };
  return { name: 'self-tested', checks: [...checks] };
}
