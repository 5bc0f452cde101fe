import assert from 'node:assert/strict';

import fc from 'fast-check';

import type { CounterState } from '../../appliance/counter/snapshot.js';
import { key } from '../../appliance/protocol/key.js';
import { counter, type Happening, walk } from '../counter/counter.js';
import { endings, type Step } from '../counter/explore.js';

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.nat(3).map((n): Step => async (visit) => {
    const choices = visit.choices();
    if (choices.length > 0) await visit.send({ type: choices[n % choices.length] });
  }),
  fc.nat(2).map((n): Step => async (visit) => {
    const asked = visit.open().at(0);
    if (asked) await visit.answer(asked.task, endings[asked.task][n % endings[asked.task].length]);
  }),
  fc.constantFrom(...key.options).map(
    (pressed): Step =>
      (visit) =>
        visit.press(pressed),
  ),
  fc.constantFrom(1_000, 121_000).map(
    (milliseconds): Step =>
      (visit) =>
        visit.wait(milliseconds),
  ),
);

const beginnings: readonly Step[] = [
  (visit) => visit.send({ type: 'available', practice: false }),
  walk.toScan,
  walk.toPhotograph,
];

/** Whether each photograph was asked for after the notice was agreed to, in its own visit. */
function isAgreedTo(story: readonly Happening[]): boolean {
  let state: CounterState = 'starting';
  let agreed = false;
  return story.every((each) => {
    if (each.what === 'reached') {
      if (each.state === 'idle') agreed = false;
      state = each.state;
    }
    if (each.what === 'sent' && each.event.type === 'agree' && state === 'notice') agreed = true;
    return !(each.what === 'asked' && each.task === 'photograph') || agreed;
  });
}

describe('the camera', () => {
  // That its light goes on first, and off after it, is test/appliance/camera-light.test.ts.
  it('The camera runs only after the notice, and while its light is on', async () => {
    let photographs = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...beginnings),
        fc.array(anyStep, { minLength: 10, maxLength: 50 }),
        async (beginning, steps) => {
          const visit = counter();
          for (const step of [beginning, ...steps]) await step(visit);
          assert(isAgreedTo(visit.story));
          photographs += visit.story.filter(
            (each) => each.what === 'asked' && each.task === 'photograph',
          ).length;
        },
      ),
      { numRuns: 300 },
    );
    assert(photographs > 10, 'some of these visits reach the camera');
  });
});
