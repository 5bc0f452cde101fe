import type { Lights } from '../protocol/lights.js';
import { type Checked, notMade, warning, well } from './check.js';

/**
 * The lights' driver, or what is wrong: the camera light does not obey (`failed`), a button stays down (`stuck`), their
 * process does not answer (`silent`), a visit uses them (`in-use`), or the settings switch them off.
 */
export type LightsKnown = Lights['driver'] | 'failed' | 'stuck' | 'silent' | 'in-use' | 'off';

export function checkLights(lights: LightsKnown): Checked {
  switch (lights) {
    case 'sysfs':
    case 'character-device':
      return well('lights');
    case 'failed':
      return warning('lights', 'light-failed');
    case 'stuck':
      return warning('lights', 'button-stuck');
    case 'in-use':
      return notMade('lights', 'visit-under-way');
    case 'silent':
      return warning('lights', 'lights-silent');
    case 'absent':
      return notMade('lights', 'lights-absent');
    case 'off':
      return notMade('lights', 'lights-off');
  }
}
