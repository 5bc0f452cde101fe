import type { FromPanel } from '../link.js';
import type { View } from '../view.js';
import type { Key } from '../../protocol/key.js';
import { CameraLamp } from './camera-lamp.js';
import type { Button, Lines } from './lines.js';
import { patternOf } from './patterns.js';
import { Player } from './player.js';
import { Presses } from './presses.js';
import { soundOf } from './sounds.js';

/** The key of each button. */
const keys: Readonly<Record<Button, Key>> = { yes: 'enter', no: 'next', cancel: 'cancel' };

/** Shows views by lights and sounds, and reports presses, stuck buttons and the state of the camera light. */
export class Lights {
  readonly #lines: Lines;
  readonly #send: (message: FromPanel) => void;
  readonly #camera: CameraLamp;
  readonly #player: Player;
  readonly #presses: Presses;
  #newest: View | undefined;

  /** @param pin the line of the camera light */
  constructor(lines: Lines, pin: number, send: (message: FromPanel) => void) {
    this.#lines = lines;
    this.#send = send;
    this.#camera = new CameraLamp(lines, (state) => send({ 'camera-light': state, pin }));
    this.#player = new Player(lines);
    send({ lights: lines.driver });
    this.#presses = new Presses(
      lines,
      (button) => this.#press(button),
      (stuck) => send({ stuck: [...stuck] }),
    );
  }

  show(view: View): void {
    // First, because the camera waits for it.
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

  /** Before the first view there is nothing to answer; only `cancel` needs no question. */
  #press(button: Button): void {
    if (this.#newest !== undefined || button === 'cancel') this.#send({ press: keys[button] });
  }
}
