import { lstat, rename, unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';

import { type Door, doors } from '../panel/link.js';
import { err, ok, type Result } from '../result.js';
import { PanelServer } from './panel-server.js';
import type { Sockets } from './state-folder.js';

export type SocketFault = 'socket-in-use' | 'socket-failed';

/** `sun_path` holds 107 bytes (unix(7)), and a stale socket is renamed to a path 8 bytes longer. */
const maxPathBytes = 107 - 8;

/** A panel that reads nothing for this long counts as dead. */
const defaultReadTimeoutMs = 10_000;

/**
 * Listens for panels on Unix sockets that only this user may open. Stale sockets of a dead core are replaced.
 *
 * @param readTimeoutMs a panel that has not read its view by then is dropped
 * @returns `socket-in-use` if another core listens; `socket-failed` if a path has more than 99 bytes, its folder is
 *   missing or not writable, or another kind of file is there
 */
export function listen(
  sockets: Sockets,
  readTimeoutMs = defaultReadTimeoutMs,
): Promise<Result<PanelServer, SocketFault>> {
  return serve((door) => bindFile(sockets[door]), readTimeoutMs);
}

/** Listens on sockets that systemd opened; their units set who may connect. */
export function listenOn(
  descriptors: Readonly<Record<Door, number>>,
  readTimeoutMs = defaultReadTimeoutMs,
): Promise<Result<PanelServer, SocketFault>> {
  return serve(async (door) => served(await bind({ fd: descriptors[door] })), readTimeoutMs);
}

/** Opens one door after another: the first is the lock, and only the core that has it opens the others. */
async function serve(
  open: (door: Door) => Promise<Result<Server, SocketFault>>,
  readTimeoutMs: number,
): Promise<Result<PanelServer, SocketFault>> {
  const panels = new PanelServer(readTimeoutMs);
  for (const door of doors) {
    const server = await open(door);
    if (!server.ok) {
      await panels.close();
      return server;
    }
    panels.open(door, server.value);
  }
  return ok(panels);
}

async function bindFile(path: string): Promise<Result<Server, SocketFault>> {
  if (Buffer.byteLength(path) > maxPathBytes) return err('socket-failed');
  const first = await bind(path);
  if (first !== 'EADDRINUSE') return served(first);
  const moved = await removeStale(path);
  return moved.ok ? served(await bind(path)) : moved;
}

function served(bound: Server | string): Result<Server, SocketFault> {
  if (typeof bound !== 'string') return ok(bound);
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
