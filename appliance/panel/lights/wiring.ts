import type { Settings } from '../../settings/settings.js';
import type { Wiring } from './lines.js';

export function wiringOf({ lights, buttons }: Pick<Settings, 'lights' | 'buttons'>): Wiring {
  const { chip, required: _, 'active-low': activeLow, ...outputs } = lights;
  return { chip, outputs, activeLow, buttons };
}
