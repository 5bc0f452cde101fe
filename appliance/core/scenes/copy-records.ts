import type { Scene } from '../../panel/view.js';
import type { ShownProcedure } from './shown.js';

export function copyRecordsScene({ value, context }: ShownProcedure<'copy-records'>): Scene {
  const { readers, fraction, copied, why } = context;
  switch (value) {
    case 'copy-asked':
      return { name: value, readers };
    case 'copying':
      return { name: value, fraction };
    case 'copied': {
      const { name, count, whole } = copied!;
      return { name: value, copy: name, count, whole };
    }
    case 'copy-failed':
      return { name: value, why: why! };
  }
}
