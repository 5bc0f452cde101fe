import { mostChanges, type Scene } from '../../panel/view.js';
import type { ShownProcedure } from './shown.js';

export function changesScene({ context: { changes } }: ShownProcedure<'changes'>): Scene {
  const shown = changes.slice(0, mostChanges);
  return { name: 'changes', changes: shown, more: changes.length - shown.length };
}
