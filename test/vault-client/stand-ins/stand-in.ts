import { Socket } from 'node:net';

/** A vault's program that keeps to the protocol, up to the moment that a test is about. */
export const door = new Socket({ fd: 3 });
door.on('error', () => undefined);
door.on('close', () => process.exit());

export const tell = (message: object) => door.write(`${JSON.stringify(message)}\n`);
export const ready = () =>
  tell({
    is: 'ready',
    model: 'stand-in',
    modelHash: '0'.repeat(64),
    threshold: 0.45,
    bounds: [],
    golden: { ppm: 0, whole: true },
  });

/** Runs once a task was asked for: the first line names the models to load. */
export function onRequest(act: () => void): void {
  let lines = 0;
  door.on('data', (data: Buffer) => {
    lines += data.toString().split('\n').length - 1;
    if (lines > 1) act();
  });
}
