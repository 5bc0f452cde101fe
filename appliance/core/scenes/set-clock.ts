import type { Scene } from '../../panel/view.js';
import type { ShownProcedure } from './shown.js';

export function setClockScene({ value, context }: ShownProcedure<'set-clock'>): Scene {
  const { entry, battery, why } = context;
  const { time, stop, opened } = entry;
  switch (value) {
    case 'setting-clock':
      return { name: 'set-clock', time, stop, open: opened !== undefined };
    case 'applying-clock':
      return { name: value, time };
    case 'clock-set':
      return { name: value, time, battery: battery! };
    case 'clock-not-set':
      return { name: value, time, why: why! };
  }
}
