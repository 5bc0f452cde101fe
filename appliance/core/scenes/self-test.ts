import type { Scene } from '../../panel/view.js';
import type { ShownProcedure } from './shown.js';

export function selfTestScene({ value, context }: ShownProcedure<'self-test'>): Scene {
  const { now, waiting } = context;
  const checks = [...context.checks];
  if (value !== 'testing') return { name: 'self-tested', checks };
  return { name: 'self-test', checks, ...(now ? { now } : {}), ...(waiting ? { waiting } : {}) };
}
