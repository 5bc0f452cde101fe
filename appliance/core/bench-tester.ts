import type { Tester } from '../bench-test/tester.js';
import type { Answer, Question, TesterRequest } from '../protocol/bench-test.js';
import type { Button } from '../protocol/lights.js';
import type { Key } from '../protocol/key.js';
import type { CameraLight } from './camera-light.js';

/** The button that each key of the lights' door stands for. */
const buttonOf: Partial<Record<Key, Button>> = { enter: 'yes', next: 'no', cancel: 'cancel' };

/** The tester at the panel: requests are shown there, and its keys and the box's buttons answer them. */
export class BenchTester implements Tester {
  readonly #cameraLight: CameraLight;
  readonly #show: (request: TesterRequest | undefined) => void;
  readonly #signal: AbortSignal;
  #answer: ((answer: Answer | undefined) => void) | undefined;
  #press: ((button: Button | undefined) => void) | undefined;

  /** @param signal aborts when the test has ended */
  constructor(
    cameraLight: CameraLight,
    show: (request: TesterRequest | undefined) => void,
    signal: AbortSignal,
  ) {
    this.#cameraLight = cameraLight;
    this.#show = show;
    this.#signal = signal;
    signal.addEventListener('abort', () => this.answered(undefined), { once: true });
  }

  /** The lights' program lights what is asked about; the camera light is the core's to switch. */
  async ask(question: Question): Promise<Answer | undefined> {
    if (this.#signal.aborted) return undefined;
    const lease = question === 'camera' ? await this.#cameraLight.acquire() : undefined;
    const answer = await new Promise<Answer | undefined>((resolve) => {
      this.#answer = resolve;
      this.#show({ ask: question });
    });
    if (lease?.ok) lease.value.release();
    this.#show(undefined);
    return answer;
  }

  async press(button: Button): Promise<Button | undefined> {
    if (this.#signal.aborted) return undefined;
    const pressed = await new Promise<Button | undefined>((resolve) => {
      this.#press = resolve;
      this.#show({ press: button });
    });
    this.#show(undefined);
    return pressed;
  }

  /** What the panel answers; undefined if nobody does, or a button does nothing. */
  answered(answer: Answer | undefined): void {
    const [answered, pressed] = [this.#answer, this.#press];
    [this.#answer, this.#press] = [undefined, undefined];
    answered?.(answer);
    pressed?.(undefined);
  }

  /** Whether a key from the box's own buttons was waited for. */
  pressed(key: Key): boolean {
    const pressed = this.#press;
    const button = buttonOf[key];
    if (!pressed || button === undefined) return false;
    this.#press = undefined;
    pressed(button);
    return true;
  }
}
