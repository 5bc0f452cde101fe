import type { FromPanel } from '../link.js';
import type { Key, View } from '../view.js';
import { Buttons } from './buttons.js';
import { CameraLamp } from './camera-lamp.js';
import type { Button, Lines } from './lines.js';
import { patternOf } from './patterns.js';
import { Player } from './player.js';
import { soundOf } from './sounds.js';

/** What each button is. */
const keys: Readonly<Record<Button, Key>> = { yes: 'enter', no: 'next', cancel: 'cancel' };

/** Shows views by lights and sounds, and says what was pressed and what the camera light does. */
export class Lights {
  readonly #lines: Lines;
  readonly #say: (said: FromPanel) => void;
  readonly #camera: CameraLamp;
  readonly #player: Player;
  readonly #buttons: Buttons;
  #newest: View | undefined;
  #again: NodeJS.Timeout | undefined;

  constructor(lines: Lines, say: (said: FromPanel) => void) {
    this.#lines = lines;
    this.#say = say;
    this.#camera = new CameraLamp(lines, (state) => say({ 'camera-light': state }));
    this.#player = new Player(lines);
    this.#buttons = new Buttons(this.#isDown);
    say({ lights: lines.driver });
    lines.watch(() => this.#read());
  }

  show(view: View): void {
    // First of all: until it is lit the camera waits.
    this.#camera.turn(view.cameraLight);
    this.#player.show(patternOf(view));
    this.#player.sound(soundOf(this.#newest, view));
    this.#newest = view;
  }

  close(): void {
    this.#camera.close();
    this.#player.stop();
    clearTimeout(this.#again);
    this.#lines.close();
  }

  readonly #isDown = (button: Button): boolean => this.#lines.isDown(button) === true;

  #read(): void {
    clearTimeout(this.#again);
    for (const button of this.#buttons.read(this.#isDown, performance.now())) this.#press(button);
    const { dueAt } = this.#buttons;
    if (dueAt === undefined) return;
    this.#again = setTimeout(() => this.#read(), Math.max(0, dueAt - performance.now()));
  }

  /** Nobody answers what was not shown yet; to cancel needs no question. */
  #press(button: Button): void {
    if (this.#newest !== undefined || button === 'cancel') this.#say({ press: keys[button] });
  }
}
