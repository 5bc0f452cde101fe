import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync, readFileSync, readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import fc from 'fast-check';

import { toLine } from '../../appliance/json-lines.js';
import { listen, type PanelServer } from '../../appliance/core/panel-server.js';
import type { Lights } from '../../appliance/protocol/lights.js';
import type { View } from '../../appliance/panel/view.js';
import type { Key } from '../../appliance/protocol/key.js';
import { panelSettingsOf } from '../../appliance/panel/lights/wiring.js';
import { defaults } from '../../appliance/settings/settings.js';
import { everyScene } from '../panel/views.js';
import { until } from '../../hardware-tests/counter/until.js';

const pin = defaults.lights.camera;

describe('the panels’ socket', () => {
  let folder: string;
  let path: string;
  const open: { close(): Promise<void> | void }[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'panel-'));
    path = join(folder, 'panel.sock');
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
    rmSync(folder, { recursive: true });
  });

  async function serve(waitFor?: number): Promise<PanelServer> {
    const server = await listen(path, waitFor);
    assert.ok(server.ok);
    open.push(server.value);
    return server.value;
  }

  async function attach(): Promise<Socket> {
    const socket = connect(path);
    // A dropped panel may get an error while it writes.
    socket.on('error', () => undefined);
    open.push({ close: () => void socket.destroy() });
    await once(socket, 'connect');
    return socket;
  }

  const nextView = async (lines: AsyncIterator<string>) =>
    JSON.parse((await lines.next()).value as string) as View;
  const linesOf = (socket: Socket) => createInterface(socket)[Symbol.asyncIterator]();

  it('sends every panel the newest view, new ones too', async () => {
    const server = await serve();
    const [first, second] = [linesOf(await attach()), linesOf(await attach())];
    server.show(everyScene.idle);
    assert.deepEqual([await nextView(first), await nextView(second)], [everyScene.idle, everyScene.idle]);
    server.show(everyScene.notice);
    assert.deepEqual(await nextView(linesOf(await attach())), everyScene.notice);
    assert.deepEqual(await nextView(first), everyScene.notice);
  });

  it('receives the keys of every panel', async () => {
    const server = await serve();
    const heard: Key[] = [];
    server.on('press', (key) => heard.push(key));
    const [first, second] = [await attach(), await attach()];
    first.write(toLine({ press: 'enter' }));
    await once(server, 'press');
    second.write(toLine({ press: 'cancel' }) + toLine({ press: 'language' }));
    await until('three presses', () => heard.length >= 3, { seen: () => heard });
    assert.deepEqual(heard, ['enter', 'cancel', 'language']);
  });

  it('tells whoever asks the settings in force, once they are settled, and nobody else', async () => {
    const server = await serve();
    const early = await attach();
    early.write(toLine({ want: 'settings' }));
    const silent = linesOf(await attach());
    const settings = panelSettingsOf({ ...defaults, panel: { screen: 'none', lights: 'off' } });
    setImmediate(() => server.settle(settings));
    assert.deepEqual(await nextView(linesOf(early)), { settings });
    const late = await attach();
    late.write(toLine({ want: 'settings' }));
    assert.deepEqual(await nextView(linesOf(late)), { settings });
    server.show(everyScene.idle);
    assert.deepEqual(await nextView(silent), everyScene.idle);
  });

  it('counts as lit only the line that is in force', async () => {
    const server = await serve();
    const lit = async (pin: number) => {
      const lights = await attach();
      lights.write(toLine({ lights: 'sysfs' }) + toLine({ 'camera-light': 'lit', pin }));
      await until('the light', () => server.lights && server.lights.cameraLight !== 'dark');
      const state = server.lights?.cameraLight;
      lights.destroy();
      await until('no lights', () => !server.lights);
      return state;
    };
    assert.equal(await lit(pin), 'failed', 'none is in force yet');
    server.settle(panelSettingsOf({ ...defaults, lights: { ...defaults.lights, camera: 27 } }));
    assert.equal(await lit(pin), 'failed');
    assert.equal(await lit(27), 'lit');
  });

  it('reports the state of the lights until they disconnect', async () => {
    const server = await serve();
    server.settle(panelSettingsOf(defaults));
    const known: (Lights | undefined)[] = [];
    server.on('lights', (lights) => known.push(lights));
    const lights = await attach();
    lights.write(toLine({ lights: 'sysfs' }) + toLine({ 'camera-light': 'lit', pin }));
    await until('the lights', () => known.length >= 2, { seen: () => known });
    // Other lights, which find the lines taken, and a panel that is no lights.
    (await attach()).write(toLine({ lights: 'absent' }) + toLine({ press: 'left' }));
    await once(server, 'press');
    (await attach()).write(toLine({ 'camera-light': 'dark', pin }) + toLine({ press: 'left' }));
    await once(server, 'press');
    lights.destroy();
    await until('the lights to be gone', () => known.length >= 3, { seen: () => known });
    const driver = 'sysfs';
    assert.equal(server.lights, undefined);
    assert.deepEqual(known, [{ driver, cameraLight: 'dark' }, { driver, cameraLight: 'lit' }, undefined]);
  });

  it('remembers that lights reported themselves absent', async () => {
    const server = await serve();
    const known: (Lights | undefined)[] = [];
    server.on('lights', (lights) => known.push(lights));
    const none = await attach();
    none.end(toLine({ lights: 'absent' }));
    await once(none.resume(), 'close');
    (await attach()).write(toLine({ lights: 'character-device' }));
    await until('the lights', () => known.length >= 2, { seen: () => known });
    const cameraLight = 'dark';
    assert.deepEqual(known, [
      { driver: 'absent', cameraLight },
      { driver: 'character-device', cameraLight },
    ]);
  });

  it('drops a panel that violates the protocol, and no other', async () => {
    const server = await serve();
    server.show(everyScene.idle);
    const good = await attach();
    for (const nonsense of [
      '{}\n',
      'enter\n',
      '{"press":"begin"}\n',
      '{"press":"quit"}\n',
      '{"press":"enter","x":1}\n',
      '{"lights":"candle"}\n',
      '{"camera-light":true}\n',
      'x'.repeat(100),
    ]) {
      const bad = await attach();
      bad.resume();
      bad.write(nonsense);
      await once(bad, 'close');
    }
    good.write(toLine({ press: 'left' }));
    assert.deepEqual(await once(server, 'press'), ['left']);
  });

  it('takes no nonsense for a key', async () => {
    const server = await serve();
    let heard = 0;
    server.on('press', () => heard++);
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
        const panel = await attach();
        panel.resume();
        panel.end(`${text}\n`);
        await once(panel, 'close');
      }),
      { numRuns: 50 },
    );
    assert.equal(heard, 0);
  });

  it('queues only the newest view for a slow panel', async () => {
    const server = await serve();
    const slow = await attach();
    const rounds = 20_000;
    for (let round = 1; round <= rounds; round++) {
      server.show({ ...everyScene.idle, secondsLeft: round });
      if (round % 1000 === 0) await new Promise(setImmediate);
    }
    let shown = 0;
    let last: View | undefined;
    const lines = linesOf(slow);
    while (last?.secondsLeft !== rounds) {
      last = await nextView(lines);
      shown++;
    }
    assert.ok(shown < rounds / 4, `${shown} views were kept`);
  });

  it('drops a panel that does not read', async () => {
    const server = await serve(1);
    const deaf = await attach();
    await until('the panel to be dropped', () => {
      for (let round = 0; round < 1000; round++) server.show(everyScene.idle);
      return isDropped(deaf);
    });
  });

  it('is accessible to this user alone, and removed when closed', async () => {
    const server = await serve();
    assert.equal(statSync(path).mode & 0o777, 0o600);
    const panel = await attach();
    panel.resume();
    const gone = once(panel, 'close');
    await server.close();
    await gone;
    assert.ok(!existsSync(path));
    await serve();
  });

  it('is not shared by two appliances', async () => {
    const server = await serve();
    assert.deepEqual(await listen(path), { ok: false, error: 'socket-in-use' });
    const panel = await attach();
    panel.write(toLine({ press: 'enter' }));
    assert.deepEqual(await once(server, 'press'), ['enter']);
  });

  it('replaces the socket of a dead core', async () => {
    await leaveStale(path);
    assert.ok(statSync(path).isSocket());
    const server = await serve();
    server.show(everyScene.idle);
    assert.deepEqual(await nextView(linesOf(await attach())), everyScene.idle);
    assert.deepEqual(readdirSync(folder), ['panel.sock']);
  });

  it('is taken by one of two cores that replace a stale one at once', async () => {
    await leaveStale(path);
    const both = await Promise.all([listen(path), listen(path)]);
    const won = both.flatMap((server) => (server.ok ? [server.value] : []));
    open.push(...won);
    assert.equal(won.length, 1);
    assert.ok(both.some((server) => !server.ok && server.error === 'socket-in-use'));
    await attach();
  });

  it('replaces no other kind of file', async () => {
    writeFileSync(path, 'a note');
    assert.deepEqual(await listen(path), { ok: false, error: 'socket-failed' });
    assert.equal(readFileSync(path, 'utf8'), 'a note');
  });

  it('returns a fault if the path is too long or its folder is missing', async () => {
    assert.deepEqual(await listen(join(folder, 'x'.repeat(100))), { ok: false, error: 'socket-failed' });
    assert.deepEqual(await listen(join(folder, 'missing', 'panel.sock')), {
      ok: false,
      error: 'socket-failed',
    });
  });
});

/** Whether the other end has closed: then a write fails. */
function isDropped(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    socket.write(toLine({ press: 'left' }), (error) => {
      resolve(Boolean(error));
    });
  });
}

/** A socket file whose owner was killed. */
async function leaveStale(path: string): Promise<void> {
  const owner = spawn(process.execPath, [
    '-e',
    `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`,
  ]);
  await once(owner, 'exit');
}
