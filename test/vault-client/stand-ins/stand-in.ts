import { Socket } from 'node:net';

import { readyMessage } from './ready-message.js';

/** The connection of a stand-in for the vault's program, which misbehaves once a test wants it to. */
export const connection = new Socket({ fd: 3 });
connection.on('error', () => undefined);
connection.on('close', () => process.exit());

export const send = (message: object) => connection.write(`${JSON.stringify(message)}\n`);
export const ready = () => send(readyMessage);

/** Calls `act` at the first task, after the line that names the models to load. */
export function onRequest(act: () => void): void {
  let lines = 0;
  connection.on('data', (data: Buffer) => {
    lines += data.toString().split('\n').length - 1;
    if (lines > 1) act();
  });
}
