import type { FromPanel } from '../link.js';
import type { View } from '../view.js';
import type { Key } from '../../protocol/key.js';
import { CameraLamp } from './camera-lamp.js';
import type { Button, Lines } from './lines.js';
import { patternOf } from './patterns.js';
import { Player } from './player.js';
import { Presses } from './presses.js';
import { soundOf } from './sounds.js';

/** What each button is. */
const keys: Readonly<Record<Button, Key>> = { yes: 'enter', no: 'next', cancel: 'cancel' };

/** Shows views by lights and sounds, and says what was pressed and what the camera light does. */
export class Lights {
  readonly #lines: Lines;
  readonly #say: (said: FromPanel) => void;
  readonly #camera: CameraLamp;
  readonly #player: Player;
  readonly #presses: Presses;
  #newest: View | undefined;

  constructor(lines: Lines, say: (said: FromPanel) => void) {
    this.#lines = lines;
    this.#say = say;
    this.#camera = new CameraLamp(lines, (state) => say({ 'camera-light': state }));
    this.#player = new Player(lines);
    say({ lights: lines.driver });
    this.#presses = new Presses(lines, (button) => this.#press(button));
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
    this.#presses.close();
    this.#lines.close();
  }

  /** Nobody answers what was not shown yet; to cancel needs no question. */
  #press(button: Button): void {
    if (this.#newest !== undefined || button === 'cancel') this.#say({ press: keys[button] });
  }
}
