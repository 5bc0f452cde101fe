import { EventEmitter } from 'node:events';
import { lstat, rename, unlink } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';

import { toLine } from '../json-lines.js';
import { err, ok, type Result } from '../result.js';
import { type FromPanel, fromPanel, linesFrom, longestFromPanel } from '../panel/link.js';
import type { Lights, LightsDriver } from '../protocol/lights.js';
import type { View } from '../panel/view.js';
import type { Key } from '../protocol/key.js';

export type SocketFault = 'socket-in-use' | 'socket-failed';

/** `sun_path` holds 107 bytes (unix(7)); a dead core's socket is moved aside under a name 8 bytes longer. */
const longestPath = 107 - 8;

/** A panel that stops reading for this long, in milliseconds, is taken for dead. */
const patience = 10_000;

/**
 * Listens for panels on a Unix socket that only this user may open. The socket file of a core that died is
 * replaced; where a living one listens, this is a second appliance: `socket-in-use`. `socket-failed`: the path
 * is longer than 99 bytes, its folder is missing or closed, or something else lies there. A panel that has not
 * read its view after `waitFor` milliseconds is dropped.
 */
export async function listen(path: string, waitFor = patience): Promise<Result<PanelServer, SocketFault>> {
  if (Buffer.byteLength(path) > longestPath) return err('socket-failed');
  const first = await bind(path);
  if (first !== 'EADDRINUSE') return served(first, waitFor);
  const moved = await removeStale(path);
  return moved.ok ? served(await bind(path), waitFor) : moved;
}

/** Listens where systemd does so already, on a file descriptor: whoever may open the socket is the unit's to say. */
export async function listenOn(fd: number, waitFor = patience): Promise<Result<PanelServer, SocketFault>> {
  return served(await bind({ fd }), waitFor);
}

function served(bound: Server | string, waitFor: number): Result<PanelServer, SocketFault> {
  if (typeof bound !== 'string') return ok(new PanelServer(bound, waitFor));
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
    // The file is made within listen(), so there is no moment at which others could open it.
    const umask = process.umask(0o177);
    server.listen(where);
    process.umask(umask);
  });
}

/**
 * Clears away a socket that nobody listens on. It is moved before it is removed: of two cores that start at
 * once, neither takes the other's for the dead one.
 */
async function removeStale(path: string): Promise<Result<undefined, SocketFault>> {
  try {
    if (!(await lstat(path)).isSocket()) return err('socket-failed');
    if (await answers(path)) return err('socket-in-use');
    const aside = `${path}.${process.pid}`;
    await rename(path, aside);
    if (await answers(aside)) {
      await rename(aside, path);
      return err('socket-in-use');
    }
    await unlink(aside);
    return ok();
  } catch (error) {
    // Gone meanwhile: another core is clearing it away as well.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? ok() : err('socket-failed');
  }
}

/** Whether somebody listens: only a refusal says that nobody does. */
function answers(path: string): Promise<boolean> {
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
 * The core's end of the panels: every panel is shown the newest view, and any of them may press keys. `lights`
 * tells each change of what is known of the lights; undefined once they are gone. `screen` tells when there comes
 * to be one, and when there is none any more.
 */
export class PanelServer extends EventEmitter<{
  press: [Key];
  ask: ['self-test'];
  lights: [Lights | undefined];
  screen: [boolean];
}> {
  readonly #server: Server;
  readonly #waitFor: number;
  readonly #panels = new Set<Panel>();
  readonly #screens = new Set<Panel>();
  #newest: string | undefined;
  #lights: (Lights & { readonly panel: Panel }) | undefined;

  constructor(server: Server, waitFor: number) {
    super();
    this.#server = server;
    this.#waitFor = waitFor;
    server.on('connection', (socket) => {
      this.#welcome(socket);
    });
    // A connection that could not be accepted is the panel's to try again.
    server.on('error', () => undefined);
  }

  get lights(): Lights | undefined {
    return this.#lights && { driver: this.#lights.driver, cameraLight: this.#lights.cameraLight };
  }

  show(view: View): void {
    this.#newest = toLine(view);
    for (const panel of this.#panels) panel.show(this.#newest);
  }

  /** Ends every connection and removes the socket's file. */
  close(): Promise<void> {
    for (const panel of this.#panels) panel.drop();
    return new Promise((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
  }

  #welcome(socket: Socket): void {
    const panel = new Panel(socket, this.#waitFor);
    this.#panels.add(panel);
    socket.once('close', () => {
      this.#panels.delete(panel);
      if (this.#screens.delete(panel) && this.#screens.size === 0) this.emit('screen', false);
      if (this.#lights?.panel === panel && this.#lights.driver !== 'absent') this.#know(undefined);
    });
    if (this.#newest !== undefined) panel.show(this.#newest);
    void this.#listenTo(socket, panel);
  }

  async #listenTo(socket: Socket, panel: Panel): Promise<void> {
    for await (const line of linesFrom(socket, fromPanel, longestFromPanel)) {
      if (line.ok) this.#hear(line.value, panel);
    }
    socket.destroy();
  }

  #hear(said: FromPanel, panel: Panel): void {
    if ('press' in said) this.emit('press', said.press);
    else if ('ask' in said) this.emit('ask', said.ask);
    else if ('screen' in said) this.#seeScreen(panel);
    else if ('lights' in said) this.#meet(said.lights, panel);
    else if (this.#lights?.panel === panel)
      this.#know({ ...this.#lights, cameraLight: said['camera-light'] });
  }

  #seeScreen(panel: Panel): void {
    this.#screens.add(panel);
    if (this.#screens.size === 1) this.emit('screen', true);
  }

  /** Lights that can be driven are not given up for others: those lines have one owner. */
  #meet(driver: LightsDriver, panel: Panel): void {
    if (this.#lights && this.#lights.driver !== 'absent') return;
    this.#know({ driver, cameraLight: 'dark', panel });
  }

  #know(lights: (Lights & { readonly panel: Panel }) | undefined): void {
    this.#lights = lights;
    this.emit('lights', this.lights);
  }
}

/** One panel. While it has not read one view, only the newest of those that follow is kept. */
class Panel {
  readonly #socket: Socket;
  readonly #waitFor: number;
  #writing: NodeJS.Timeout | undefined;
  #next: string | undefined;

  constructor(socket: Socket, waitFor: number) {
    this.#socket = socket;
    this.#waitFor = waitFor;
    socket.once('close', () => {
      clearTimeout(this.#writing);
    });
  }

  show(line: string): void {
    if (this.#writing) this.#next = line;
    else this.#write(line);
  }

  drop(): void {
    this.#socket.destroy();
  }

  #write(line: string): void {
    this.#next = undefined;
    this.#writing = setTimeout(() => {
      this.drop();
    }, this.#waitFor);
    this.#socket.write(line, () => {
      clearTimeout(this.#writing);
      this.#writing = undefined;
      if (this.#next !== undefined && !this.#socket.destroyed) this.#write(this.#next);
    });
  }
}
