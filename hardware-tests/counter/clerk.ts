import { setTimeout as wait } from 'node:timers/promises';

import { isDeepStrictEqual } from 'node:util';

import type { Scene, View } from '../../appliance/panel/view.js';
import type { Choice } from '../../appliance/protocol/choice.js';
import type { Key } from '../../appliance/protocol/key.js';
import { until } from './until.js';

/** How long somebody takes to read what is new before pressing a key, in milliseconds: the core takes no Enter sooner. */
const readingMs = 250;

/** Somebody at an appliance's panel: reads what it shows, and presses its keys. */
export class Clerk {
  readonly #send: (key: Key) => unknown;
  readonly #patience: number;
  readonly #views: View[] = [];
  #waitedFor: [] | [View] = [];
  #view: View | undefined;
  /** When something new was seen or a key was pressed. */
  #busyAt = -Infinity;
  #shown: string[] = [];
  #changed = (): void => undefined;

  /** `patience` is in milliseconds, by default less than mocha's: what was shown instead can still be told. */
  constructor(send: (key: Key) => unknown, patience = 40_000) {
    this.#send = send;
    this.#patience = patience;
  }

  /** The newest view, whether it was waited for or not. */
  get view(): View | undefined {
    return this.#view;
  }

  /** Takes in what the panel shows now. */
  see(view: View): void {
    if (!isAskedAlike(view, this.#view)) this.#busyAt = performance.now();
    this.#view = view;
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

  /** Presses a key as somebody does who has read the screen. */
  async press(key: Key): Promise<void> {
    await this.#read();
    this.#busyAt = performance.now();
    await this.#send(key);
  }

  /** Waits until a choice is offered, moves the focus there, and takes it. */
  async choose(choice: Choice): Promise<void> {
    const steps = () => this.#view!.choices.indexOf(choice) - (this.#view!.focus ?? -1);
    await this.waitFor(({ choices }) => choices.includes(choice), `${choice} among the choices`);
    await this.#read();
    for (let left = steps(); left !== 0; left = steps()) {
      await this.press(left > 0 ? 'right' : 'left');
      await this.waitFor(() => steps() !== left, `the focus to move towards ${choice}`);
    }
    await this.press('enter');
  }

  /** Waits until the newest view is of this kind. @param what names it in the error */
  async waitFor(matches: (view: View) => boolean, what: string): Promise<void> {
    const options = { timeoutMs: this.#patience, seen: () => this.#view };
    await until(what, () => this.#view && matches(this.#view), options);
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
      if (step === 'idle') await this.#agreeToChanges();
      if (following[step].includes(name)) break;
    }
    return this.scene(name);
  }

  /** Says that changes were seen, if they are shown instead of a visit, and begins again. */
  async #agreeToChanges(): Promise<void> {
    await this.waitFor(({ scene }) => scene.name !== 'idle', 'a visit, or what has changed');
    if (this.#view?.scene.name !== 'changes') return;
    await this.choose('seen-changes');
    await this.scene('idle', 1);
    await this.takeFirst();
  }

  /** Waits until nothing new was seen, and no key pressed, for as long as reading takes. */
  async #read(): Promise<void> {
    for (;;) {
      const left = this.#busyAt + readingMs - performance.now();
      if (left <= 0) return;
      await wait(left);
    }
  }
}

/** Whether a panel that showed one view and shows another now asks for the same. */
function isAskedAlike(a: View, b: View | undefined): boolean {
  const asked = ({ scene, choices, focus }: View) => [scene.name, choices, focus];
  return b !== undefined && isDeepStrictEqual(asked(a), asked(b));
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
