import type { Lights } from '../protocol/lights.js';
import { type Checked, notMade, warning, well } from './check.js';

/**
 * What is known of the lights: what drives them, that the camera's does not do as it is told, that they are wanted and
 * do not answer, that they serve a visit, or that they are not wanted.
 */
export type LightsKnown = Lights['driver'] | 'failed' | 'silent' | 'in-use' | 'off';

export function checkLights(lights: LightsKnown): Checked {
  switch (lights) {
    case 'sysfs':
    case 'character-device':
      return well('lights');
    case 'failed':
      return warning('lights', 'light-failed');
    case 'in-use':
      return notMade('lights', 'visit-under-way');
    case 'silent':
      return warning('lights', 'lights-silent');
    case 'absent':
    case 'off':
      return notMade('lights', `lights-${lights}`);
  }
}
