import { buttons, type Lines, outputs } from '../panel/lights/lines.js';
import { failed, notMade, passed, type StepResult } from './step.js';
import type { Tester } from './tester.js';
import { type Said, words } from './words.js';

/** Lights each light in turn, and sounds the buzzer: does somebody see it, and hear it? */
export async function tryLights(
  lines: Pick<Lines, 'set'>,
  tester: Tester,
  say: (said: Said) => void,
): Promise<StepResult> {
  for (const [tried, light] of outputs.entries()) {
    say(words.lookAt[light]);
    lines.set(light, true);
    const answer = await tester.ask();
    lines.set(light, false);
    if (answer === undefined)
      return notMade('lights', { code: 'no-answer', about: light }, { lights: tried });
    if (answer === 'no') return failed('lights', { code: 'light-not-seen', about: light }, { lights: tried });
  }
  return passed('lights', { lights: outputs.length });
}

/** Has each button pressed in turn: is it that one which is felt? */
export async function tryButtons(tester: Tester, say: (said: Said) => void): Promise<StepResult> {
  for (const [tried, button] of buttons.entries()) {
    say(words.press[button]);
    if ((await tester.button()) !== button)
      return failed('buttons', { code: 'button-not-felt', about: button }, { buttons: tried });
  }
  return passed('buttons', { buttons: buttons.length });
}
