import type { Scene } from '../../panel/view.js';
import type { ShownProcedure } from './shown.js';

export function updateScene({ value, context }: ShownProcedure<'update'>): Scene {
  const { version, progress, why } = context;
  switch (value) {
    case 'update-found':
    case 'restarting':
      return { name: value, version };
    case 'updating':
      return { name: value, version, ...progress };
    case 'update-failed':
      return { name: value, why: why! };
  }
}
