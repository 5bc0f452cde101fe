import type { Lights } from '../panel/server.js';
import { type Checked, notMade, warning, well } from './check.js';

/** What is known of the lights: what drives them, that they are wanted and do not answer, or that they are not wanted. */
export type LightsKnown = Lights['driver'] | 'silent' | 'off';

export function checkLights(lights: LightsKnown): Checked {
  switch (lights) {
    case 'sysfs':
    case 'character-device':
      return well('lights');
    case 'silent':
      return warning('lights', 'lights-silent');
    case 'absent':
    case 'off':
      return notMade('lights', `lights-${lights}`);
  }
}
