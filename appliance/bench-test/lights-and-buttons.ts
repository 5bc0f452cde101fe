import { buttons, type Lines, outputs } from '../panel/lights/lines.js';
import { failed, notMade, passed, type StepResult } from './step.js';
import type { Tester } from './tester.js';

/** Switches each light and the buzzer on in turn, and asks the tester whether it works. */
export async function testLights(lines: Pick<Lines, 'set'>, tester: Tester): Promise<StepResult> {
  for (const [tested, light] of outputs.entries()) {
    lines.set(light, true);
    const answer = await tester.ask(light);
    lines.set(light, false);
    if (answer === undefined)
      return notMade('lights', { code: 'no-answer', about: light }, { lights: tested });
    if (answer === 'no')
      return failed('lights', { code: 'light-not-seen', about: light }, { lights: tested });
  }
  return passed('lights', { lights: outputs.length });
}

/** Asks the tester to press each button in turn, and checks that the right one arrives. */
export async function testButtons(tester: Tester): Promise<StepResult> {
  for (const [tested, button] of buttons.entries()) {
    if ((await tester.press(button)) !== button)
      return failed('buttons', { code: 'button-not-felt', about: button }, { buttons: tested });
  }
  return passed('buttons', { buttons: buttons.length });
}
