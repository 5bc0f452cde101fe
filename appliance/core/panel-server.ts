import { EventEmitter } from 'node:events';
import { lstat, rename, unlink } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';

import { toLine } from '../json-lines.js';
import { err, ok, type Result } from '../result.js';
import { type FromPanel, fromPanel, linesFrom, longestFromPanel } from '../panel/link.js';
import type { Lights, LightsDriver, PanelSettings } from '../protocol/lights.js';
import type { View } from '../panel/view.js';
import type { Key } from '../protocol/key.js';

export type SocketFault = 'socket-in-use' | 'socket-failed';

/** `sun_path` holds 107 bytes (unix(7)), and a stale socket is renamed to a path 8 bytes longer. */
const maxPathBytes = 107 - 8;

/** A panel that reads nothing for this long counts as dead. */
const defaultReadTimeoutMs = 10_000;

/**
 * Listens for panels on a Unix socket that only this user may open. The stale socket of a dead core is replaced.
 *
 * @param readTimeoutMs a panel that has not read its view by then is dropped
 * @returns `socket-in-use` if another core listens; `socket-failed` if the path has more than 99 bytes, its folder is
 *   missing or not writable, or another kind of file is there
 */
export async function listen(
  path: string,
  readTimeoutMs = defaultReadTimeoutMs,
): Promise<Result<PanelServer, SocketFault>> {
  if (Buffer.byteLength(path) > maxPathBytes) return err('socket-failed');
  const first = await bind(path);
  if (first !== 'EADDRINUSE') return served(first, readTimeoutMs);
  const moved = await removeStale(path);
  return moved.ok ? served(await bind(path), readTimeoutMs) : moved;
}

/** Listens on a socket that systemd opened; its unit sets who may connect. */
export async function listenOn(
  fd: number,
  readTimeoutMs = defaultReadTimeoutMs,
): Promise<Result<PanelServer, SocketFault>> {
  return served(await bind({ fd }), readTimeoutMs);
}

function served(bound: Server | string, readTimeoutMs: number): Result<PanelServer, SocketFault> {
  if (typeof bound !== 'string') return ok(new PanelServer(bound, readTimeoutMs));
  return err(bound === 'EADDRINUSE' ? 'socket-in-use' : 'socket-failed');
}

function bind(where: string | { readonly fd: number }): Promise<Server | string> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? error.name);
    });
    server.once('listening', () => {
      resolve(server);
    });
    // listen() creates the file under this umask, so it is never open to others.
    const umask = process.umask(0o177);
    server.listen(where);
    process.umask(umask);
  });
}

/** Removes a socket that nobody listens on. It is renamed first, so that of two new cores neither removes the other's. */
async function removeStale(path: string): Promise<Result<undefined, SocketFault>> {
  try {
    if (!(await lstat(path)).isSocket()) return err('socket-failed');
    if (await isListening(path)) return err('socket-in-use');
    const aside = `${path}.${process.pid}`;
    await rename(path, aside);
    if (await isListening(aside)) {
      await rename(aside, path);
      return err('socket-in-use');
    }
    await unlink(aside);
    return ok();
  } catch (error) {
    // ENOENT: another core is removing it too.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? ok() : err('socket-failed');
  }
}

/** Whether somebody listens on the socket; after any error but a refusal, somebody might. */
function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path);
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT');
    });
  });
}

/**
 * Sends the newest view to every panel, and receives the keys of all. It emits `lights` when their state changes, with
 * undefined once they disconnect, and `screen` when the first screen connects and when the last one disconnects.
 */
export class PanelServer extends EventEmitter<{
  press: [Key];
  ask: ['self-test'];
  lights: [Lights | undefined];
  screen: [boolean];
}> {
  readonly #server: Server;
  readonly #readTimeoutMs: number;
  readonly #panels = new Set<Panel>();
  readonly #screens = new Set<Panel>();
  #newest: string | undefined;
  #settings: PanelSettings | undefined;
  /** Panels that asked for the settings before they were settled. */
  readonly #asking = new Set<Panel>();
  #lights: (Lights & { readonly panel: Panel }) | undefined;

  constructor(server: Server, readTimeoutMs: number) {
    super();
    this.#server = server;
    this.#readTimeoutMs = readTimeoutMs;
    server.on('connection', (socket) => {
      this.#connect(socket);
    });
    // A panel whose connection could not be accepted tries again.
    server.on('error', () => undefined);
  }

  get lights(): Lights | undefined {
    return this.#lights && { driver: this.#lights.driver, cameraLight: this.#lights.cameraLight };
  }

  /** Tells panels that ask which settings are in force; until then they wait. */
  settle(settings: PanelSettings): void {
    this.#settings = settings;
    for (const panel of this.#asking) panel.tell(settings);
    this.#asking.clear();
  }

  show(view: View): void {
    this.#newest = toLine(view);
    for (const panel of this.#panels) panel.show(this.#newest);
  }

  /** Closes all connections, and removes the socket's file. */
  close(): Promise<void> {
    for (const panel of this.#panels) panel.drop();
    return new Promise((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
  }

  #connect(socket: Socket): void {
    const panel = new Panel(socket, this.#readTimeoutMs);
    this.#panels.add(panel);
    socket.once('close', () => {
      this.#panels.delete(panel);
      this.#asking.delete(panel);
      if (this.#screens.delete(panel) && this.#screens.size === 0) this.emit('screen', false);
      if (this.#lights?.panel === panel && this.#lights.driver !== 'absent') this.#setLights(undefined);
    });
    if (this.#newest !== undefined) panel.show(this.#newest);
    void this.#readMessages(socket, panel);
  }

  async #readMessages(socket: Socket, panel: Panel): Promise<void> {
    for await (const line of linesFrom(socket, fromPanel, longestFromPanel)) {
      if (line.ok) this.#handle(line.value, panel);
    }
    socket.destroy();
  }

  #handle(message: FromPanel, panel: Panel): void {
    if ('want' in message) this.#tellSettings(panel);
    else if ('press' in message) this.emit('press', message.press);
    else if ('ask' in message) this.emit('ask', message.ask);
    else if ('screen' in message) this.#addScreen(panel);
    else if ('lights' in message) this.#addLights(message.lights, panel);
    else if (this.#lights?.panel === panel) {
      const isAsked = message.pin === this.#settings?.wiring.outputs.camera;
      this.#setLights({ ...this.#lights, cameraLight: isAsked ? message['camera-light'] : 'failed' });
    }
  }

  #tellSettings(panel: Panel): void {
    if (this.#settings) panel.tell(this.#settings);
    else this.#asking.add(panel);
  }

  #addScreen(panel: Panel): void {
    this.#screens.add(panel);
    if (this.#screens.size === 1) this.emit('screen', true);
  }

  /** Working lights are not replaced: their GPIO lines have one owner. */
  #addLights(driver: LightsDriver, panel: Panel): void {
    if (this.#lights && this.#lights.driver !== 'absent') return;
    this.#setLights({ driver, cameraLight: 'dark', panel });
  }

  #setLights(lights: (Lights & { readonly panel: Panel }) | undefined): void {
    this.#lights = lights;
    this.emit('lights', this.lights);
  }
}

/** The connection to one panel. While it has not read its view, only the newest later view is queued. */
class Panel {
  readonly #socket: Socket;
  readonly #readTimeoutMs: number;
  #readTimeout: NodeJS.Timeout | undefined;
  #next: string | undefined;

  constructor(socket: Socket, readTimeoutMs: number) {
    this.#socket = socket;
    this.#readTimeoutMs = readTimeoutMs;
    socket.once('close', () => {
      clearTimeout(this.#readTimeout);
    });
  }

  show(line: string): void {
    if (this.#readTimeout) this.#next = line;
    else this.#write(line);
  }

  /** Not queued like views, of which only the newest is sent. */
  tell(settings: PanelSettings): void {
    this.#socket.write(toLine({ settings }));
  }

  drop(): void {
    this.#socket.destroy();
  }

  #write(line: string): void {
    this.#next = undefined;
    this.#readTimeout = setTimeout(() => {
      this.drop();
    }, this.#readTimeoutMs);
    this.#socket.write(line, () => {
      clearTimeout(this.#readTimeout);
      this.#readTimeout = undefined;
      if (this.#next !== undefined && !this.#socket.destroyed) this.#write(this.#next);
    });
  }
}
