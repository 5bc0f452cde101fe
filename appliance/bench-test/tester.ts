import type { Answer, Question } from '../protocol/bench-test.js';
import type { Button } from '../protocol/lights.js';

/** The vendor's person at the box. Each request is shown until it is answered. */
export type Tester = {
  /** The answer; undefined if nobody gives one, or the test has ended. */
  ask(question: Question): Promise<Answer | undefined>;
  /** The button that is pressed on the box; undefined if none is, or the tester says that it does nothing. */
  press(button: Button): Promise<Button | undefined>;
};
