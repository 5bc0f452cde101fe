import { setTimeout as wait } from 'node:timers/promises';

import type { Scene, View } from '../../appliance/panel/view.js';
import type { Key } from '../../appliance/protocol/key.js';

/** Somebody at an appliance's panel: reads what it shows, and presses its keys. */
export class Clerk {
  readonly #send: (key: Key) => unknown;
  readonly #patience: number;
  readonly #views: View[] = [];
  #waitedFor: [] | [View] = [];
  #shown: string[] = [];
  #changed = (): void => undefined;

  /** `patience` is in milliseconds, by default less than mocha's: what was shown instead can still be told. */
  constructor(send: (key: Key) => unknown, patience = 40_000) {
    this.#send = send;
    this.#patience = patience;
  }

  /** Takes in what the panel shows now. */
  see(view: View): void {
    this.#views.push(view);
    this.#shown = [...this.#shown, told(view)].slice(-12);
    this.#changed();
  }

  /** Waits for a view of this scene, after the last one that was waited for. */
  async scene<N extends Scene['name']>(name: N, choices = 0): Promise<Extract<Scene, { name: N }>> {
    const late = AbortSignal.timeout(this.#patience);
    late.addEventListener('abort', () => this.#changed());
    for (;;) {
      const seen = this.#views.findIndex(
        (view) => view.scene.name === name && view.choices.length >= choices,
      );
      if (seen >= 0) {
        this.#waitedFor = this.#views.splice(0, seen + 1).slice(-1) as [View];
        const [{ scene }] = this.#waitedFor;
        return scene as Extract<Scene, { name: N }>;
      }
      if (late.aborted) throw new Error(`waited for ${name} and was shown ${this.#shown.join(', ')}`);
      await new Promise<void>((resolve) => (this.#changed = resolve));
    }
  }

  /** Forgets what was shown before, and reads on from what is shown now. */
  catchUp(): void {
    this.#views.splice(0, this.#views.length - 1);
  }

  /** The view that was waited for last can be waited for again. */
  again(): void {
    this.#views.unshift(...this.#waitedFor);
  }

  /** Presses a key as somebody does who has read the screen: the core takes no Enter that comes at once. */
  async press(key: Key): Promise<void> {
    await wait(250);
    await this.#send(key);
  }

  /** Takes the choice in focus in the view that was waited for last, or the first one if none is. */
  async takeFirst(): Promise<void> {
    const [shown] = this.#waitedFor;
    if (shown?.focus === undefined) await this.press('right');
    await this.press('enter');
  }

  /** Goes from idle as far as a scene, by the choice that is offered first at each step. */
  async goTo<N extends Scene['name']>(name: N): Promise<Extract<Scene, { name: N }>> {
    const steps = ['idle', 'reason', 'notice', 'place-document', 'before-photograph', 'result'] as const;
    for (const step of steps) {
      if (step === (name as string)) break;
      await this.scene(step, 1);
      await this.takeFirst();
      if (following[step].includes(name)) break;
    }
    return this.scene(name);
  }
}

/** A scene's name, and what is wrong in it. */
function told({ scene, choices }: View): string {
  const fault = 'fault' in scene && scene.fault !== undefined ? ` (${scene.fault})` : '';
  return `${scene.name}${fault}/${choices.length}`;
}

const following: Record<string, readonly string[]> = {
  idle: ['reason'],
  reason: ['notice'],
  notice: ['place-document'],
  'place-document': ['scanning', 'document-poor', 'before-photograph'],
  'before-photograph': ['photographing', 'photograph-poor', 'comparing', 'result'],
  result: ['erasing', 'erased'],
};
