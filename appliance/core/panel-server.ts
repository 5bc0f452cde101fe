import { EventEmitter, once } from 'node:events';
import type { Server, Socket } from 'node:net';

import { toLine } from '../json-lines.js';
import { type Door, doors, type FromPanel, fromPanel, linesFrom, longestFromPanel } from '../panel/link.js';
import type {
  CameraLightReport,
  Lights,
  LightsDriver,
  PanelSettings,
  StuckReport,
} from '../protocol/lights.js';
import type { View } from '../panel/view.js';
import type { Key } from '../protocol/key.js';
import { Panel } from './panel-connection.js';
import { Places } from './places.js';

/**
 * Sends the newest view to every panel, and receives the keys of all. It emits `lights` when their state changes, with
 * undefined once they disconnect, and `screen` when the first screen connects and when the last one disconnects.
 */
export class PanelServer extends EventEmitter<{
  /** The key, and the door that it came through. */
  press: [Key, Door];
  ask: ['self-test'];
  lights: [Lights | undefined];
  screen: [boolean];
}> {
  readonly #servers: Server[] = [];
  readonly #readTimeoutMs: number;
  readonly #places = { screen: new Places(4), lights: new Places(1), doctor: new Places(4) };
  readonly #screens = new Set<Panel>();
  #newest: string | undefined;
  #settings: PanelSettings | undefined;
  /** Panels that asked for the settings before they were settled. */
  readonly #asking = new Set<Panel>();
  #lights: (Lights & { readonly panel: Panel }) | undefined;

  constructor(readTimeoutMs: number) {
    super();
    this.#readTimeoutMs = readTimeoutMs;
  }

  /** Lets in who connects to a server that listens at this door. */
  open(door: Door, server: Server): void {
    this.#servers.push(server);
    server.on('connection', (socket) => {
      this.#connect(socket, door);
    });
    // A panel whose connection could not be accepted tries again.
    server.on('error', () => undefined);
  }

  get lights(): Lights | undefined {
    if (!this.#lights) return undefined;
    const { panel: _, ...lights } = this.#lights;
    return lights;
  }

  /** Tells panels that ask which settings are in force; until then they wait. */
  settle(settings: PanelSettings): void {
    this.#settings = settings;
    for (const panel of this.#asking) panel.tell(settings);
    this.#asking.clear();
  }

  show(view: View): void {
    this.#newest = toLine(view);
    for (const panel of this.#panels()) panel.show(this.#newest);
  }

  /** Closes all connections, and removes the sockets' files. */
  async close(): Promise<void> {
    for (const panel of this.#panels()) panel.drop();
    await Promise.all(this.#servers.map((server) => once(server.close(), 'close')));
  }

  #panels(): Panel[] {
    return doors.flatMap((door) => [...this.#places[door].taken]);
  }

  #connect(socket: Socket, door: Door): void {
    const panel = new Panel(socket, this.#readTimeoutMs);
    if (!this.#places[door].admit(panel)) return;
    socket.once('close', () => {
      this.#places[door].leave(panel);
      this.#asking.delete(panel);
      if (this.#screens.delete(panel) && this.#screens.size === 0) this.emit('screen', false);
      if (this.#lights?.panel === panel && this.#lights.driver !== 'absent') this.#setLights(undefined);
    });
    if (this.#newest !== undefined) panel.show(this.#newest);
    void this.#readMessages(socket, panel, door);
  }

  async #readMessages(socket: Socket, panel: Panel, door: Door): Promise<void> {
    const lines = linesFrom<FromPanel>(socket, fromPanel[door], longestFromPanel);
    for await (const line of lines) {
      if (!line.ok) break;
      panel.hasSpoken = true;
      this.#handle(line.value, panel, door);
    }
    socket.destroy();
  }

  #handle(message: FromPanel, panel: Panel, door: Door): void {
    if ('want' in message) this.#tellSettings(panel);
    else if ('press' in message) this.emit('press', message.press, door);
    else if ('ask' in message) this.emit('ask', message.ask);
    else if ('screen' in message) this.#addScreen(panel);
    else if ('lights' in message) this.#addLights(message.lights, panel);
    else if (this.#lights?.panel === panel) this.#setLights({ ...this.#lights, ...this.#reported(message) });
  }

  #reported(message: CameraLightReport | StuckReport): Partial<Lights> {
    if ('stuck' in message) return message;
    const isAsked = message.pin === this.#settings?.wiring.outputs.camera;
    return { cameraLight: isAsked ? message['camera-light'] : 'failed' };
  }

  #tellSettings(panel: Panel): void {
    if (this.#settings) panel.tell(this.#settings);
    else this.#asking.add(panel);
  }

  #addScreen(panel: Panel): void {
    this.#screens.add(panel);
    if (this.#screens.size === 1) this.emit('screen', true);
  }

  #addLights(driver: LightsDriver, panel: Panel): void {
    this.#setLights({ driver, cameraLight: 'dark', stuck: [], panel });
  }

  #setLights(lights: (Lights & { readonly panel: Panel }) | undefined): void {
    this.#lights = lights;
    this.emit('lights', this.lights);
  }
}
