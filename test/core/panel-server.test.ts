import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync, readFileSync, readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import fc from 'fast-check';

import { toLine } from '../../appliance/json-lines.js';
import type { PanelServer } from '../../appliance/core/panel-server.js';
import { listen } from '../../appliance/core/panel-sockets.js';
import { type Sockets, socketsIn } from '../../appliance/core/state-folder.js';
import { type Door, doors, fromPanel } from '../../appliance/panel/link.js';
import type { Lights } from '../../appliance/protocol/lights.js';
import type { View } from '../../appliance/panel/view.js';
import type { Key } from '../../appliance/protocol/key.js';
import { panelSettingsOf } from '../../appliance/panel/lights/wiring.js';
import { defaults } from '../../appliance/settings/settings.js';
import { everyScene } from '../panel/views.js';
import { until } from '../../hardware-tests/counter/until.js';

const pin = defaults.lights.camera;

/** Every kind of message, and who may say it. */
const messages: readonly { readonly message: unknown; readonly owner: readonly Door[] }[] = [
  { message: { want: 'settings' }, owner: ['screen', 'lights'] },
  { message: { press: 'enter' }, owner: ['screen', 'lights'] },
  { message: { press: 'next' }, owner: ['screen', 'lights'] },
  { message: { press: 'back' }, owner: ['screen', 'doctor'] },
  { message: { press: 'left' }, owner: ['screen'] },
  { message: { screen: 'here' }, owner: ['screen'] },
  { message: { lights: 'sysfs' }, owner: ['lights'] },
  { message: { lights: 'absent' }, owner: ['lights'] },
  { message: { 'camera-light': 'lit', pin }, owner: ['lights'] },
  { message: { ask: 'self-test' }, owner: ['doctor'] },
  { message: { press: 'quit' }, owner: [] },
  { message: { lights: 'candle' }, owner: [] },
  { message: { 'camera-light': true }, owner: [] },
];

describe('the panels’ sockets', () => {
  let folder: string;
  let sockets: Sockets;
  const open: { close(): Promise<void> | void }[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'panel-'));
    sockets = socketsIn(folder);
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
    rmSync(folder, { recursive: true });
  });

  async function serve(waitFor?: number): Promise<PanelServer> {
    const server = await listen(sockets, waitFor);
    assert.ok(server.ok);
    open.push(server.value);
    return server.value;
  }

  async function attach(door: Door = 'screen'): Promise<Socket> {
    const socket = connect(sockets[door]);
    // A dropped panel may get an error while it writes.
    socket.on('error', () => undefined);
    open.push({ close: () => void socket.destroy() });
    await once(socket, 'connect');
    return socket;
  }

  const nextView = async (lines: AsyncIterator<string>) =>
    JSON.parse((await lines.next()).value as string) as View;
  const linesOf = (socket: Socket) => createInterface(socket)[Symbol.asyncIterator]();

  it('send every panel the newest view, new ones too', async () => {
    const server = await serve();
    const [first, second] = [linesOf(await attach()), linesOf(await attach())];
    server.show(everyScene.idle);
    assert.deepEqual([await nextView(first), await nextView(second)], [everyScene.idle, everyScene.idle]);
    server.show(everyScene.notice);
    assert.deepEqual(await nextView(linesOf(await attach())), everyScene.notice);
    assert.deepEqual(await nextView(first), everyScene.notice);
  });

  it('receive the keys of every panel', async () => {
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

  it('tell whoever asks the settings in force, once they are settled, and nobody else', async () => {
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

  it('count as lit only the line that is in force', async () => {
    const server = await serve();
    const lit = async (pin: number) => {
      const lights = await attach('lights');
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

  it('report the state of the lights until they disconnect', async () => {
    const server = await serve();
    server.settle(panelSettingsOf(defaults));
    const known: (Lights | undefined)[] = [];
    server.on('lights', (lights) => known.push(lights));
    const lights = await attach('lights');
    lights.write(toLine({ lights: 'sysfs' }) + toLine({ 'camera-light': 'lit', pin }));
    await until('the lights', () => known.length >= 2, { seen: () => known });
    const others = await attach('lights');
    await once(others.resume(), 'close');
    lights.destroy();
    await until('the lights to be gone', () => known.length >= 3, { seen: () => known });
    const driver = 'sysfs';
    assert.equal(server.lights, undefined);
    const stuck: Lights['stuck'] = [];
    assert.deepEqual(known, [
      { driver, cameraLight: 'dark', stuck },
      { driver, cameraLight: 'lit', stuck },
      undefined,
    ]);
  });

  it('remember that lights reported themselves absent', async () => {
    const server = await serve();
    const known: (Lights | undefined)[] = [];
    server.on('lights', (lights) => known.push(lights));
    const none = await attach('lights');
    none.end(toLine({ lights: 'absent' }));
    await once(none.resume(), 'close');
    (await attach('lights')).write(toLine({ lights: 'character-device' }));
    await until('the lights', () => known.length >= 2, { seen: () => known });
    const rest = { cameraLight: 'dark', stuck: [] } as const;
    assert.deepEqual(known, [
      { driver: 'absent', ...rest },
      { driver: 'character-device', ...rest },
    ]);
  });

  it('tell which buttons are stuck', async () => {
    const server = await serve();
    const lights = await attach('lights');
    lights.write(toLine({ lights: 'sysfs' }) + toLine({ stuck: ['yes', 'cancel'] }));
    await until('stuck buttons', () => server.lights?.stuck.length === 2);
    assert.deepEqual(server.lights, { driver: 'sysfs', cameraLight: 'dark', stuck: ['yes', 'cancel'] });
    lights.write(toLine({ stuck: ['cancel'] }));
    await until('one that is released', () => server.lights?.stuck.length === 1);
    lights.write(toLine({ 'camera-light': 'failed', pin }));
    await until('the light', () => server.lights?.cameraLight === 'failed');
    assert.deepEqual(server.lights.stuck, ['cancel']);
  });

  it('drop a panel that violates the protocol, and no other', async () => {
    const server = await serve();
    server.show(everyScene.idle);
    const good = await attach();
    for (const nonsense of [
      '{}\n',
      'enter\n',
      '{"press":"begin"}\n',
      '{"press":"quit"}\n',
      '{"press":"enter","x":1}\n',
      '{"stuck":["yes"]}\n',
      'x'.repeat(100),
    ]) {
      const bad = await attach();
      bad.resume();
      bad.write(nonsense);
      await once(bad, 'close');
    }
    good.write(toLine({ press: 'left' }));
    assert.deepEqual(await once(server, 'press'), ['left', 'screen']);
  });

  it('let through each door what its caller may say, and nothing else', async () => {
    const server = await serve();
    const heard: unknown[] = [];
    for (const event of ['press', 'ask', 'lights', 'screen'] as const)
      server.on(event, (what: unknown) => heard.push(what));
    for (const door of doors) {
      for (const { owner, message } of messages.filter(({ owner }) => !owner.includes(door))) {
        const stranger = await attach(door);
        stranger.resume().write(toLine(message));
        await once(stranger, 'close');
        assert.deepEqual(
          heard,
          [],
          `${JSON.stringify(message)} at the door of the ${door}, as if the ${owner.join()}`,
        );
      }
      for (const { message } of messages.filter(({ owner }) => owner.includes(door)))
        assert.ok(fromPanel[door].safeParse(message).success);
    }
  });

  describe('in a crowd of 2,000', () => {
    /** Connections that stay open as long as the core lets them. */
    async function crowd(door: Door, said = ''): Promise<void> {
      for (let count = 0; count < 2000; count++) {
        const one = connect(sockets[door]);
        one.on('error', () => undefined).resume();
        open.push({ close: () => void one.destroy() });
        await once(one, 'connect');
        one.write(said);
      }
    }
    const descriptors = () => readdirSync('/proc/self/fd').length;

    it('that says nothing, go on serving the screen there is, and let lights and other screens in', async () => {
      const server = await serve();
      server.settle(panelSettingsOf(defaults));
      server.show(everyScene.idle);
      const screen = await attach();
      screen.write(toLine({ screen: 'here' }));
      await once(server, 'screen');
      const lines = linesOf(screen);
      assert.deepEqual(await nextView(lines), everyScene.idle);
      for (const door of doors) await crowd(door);
      server.show(everyScene.notice);
      assert.deepEqual(await nextView(lines), everyScene.notice);
      assert.deepEqual(await nextView(linesOf(await attach())), everyScene.notice);
      (await attach('lights')).write(toLine({ lights: 'sysfs' }));
      await until('the lights', () => server.lights);
    });

    it('that speaks, keep no more than a few, and the lights and the screen that there were', async () => {
      const server = await serve();
      server.settle(panelSettingsOf(defaults));
      const lights = await attach('lights');
      lights.write(toLine({ lights: 'sysfs' }) + toLine({ 'camera-light': 'lit', pin }));
      await until('the light', () => server.lights?.cameraLight === 'lit');
      const screen = await attach();
      screen.write(toLine({ screen: 'here' }));
      await once(server, 'screen');
      const before = descriptors();
      await crowd('screen', toLine({ want: 'settings' }));
      await crowd('lights', toLine({ lights: 'absent' }));
      // Each that stays costs two: both ends are in this process.
      await until('the crowd to be gone', () => descriptors() <= before + 2 * 4, { seen: descriptors });
      assert.equal(server.lights?.cameraLight, 'lit');
      server.show(everyScene.notice);
      assert.deepEqual(await nextView(linesOf(screen)), everyScene.notice);
      lights.write(toLine({ press: 'next' }));
      assert.deepEqual(await once(server, 'press'), ['next', 'lights']);
    });
  });

  it('take no nonsense for a key', async () => {
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

  it('queue only the newest view for a slow panel', async () => {
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

  it('drop a panel that does not read', async () => {
    const server = await serve(1);
    const deaf = await attach();
    await until('the panel to be dropped', () => {
      for (let round = 0; round < 1000; round++) server.show(everyScene.idle);
      return isDropped(deaf);
    });
  });

  it('are accessible to this user alone, and removed when closed', async () => {
    const server = await serve();
    for (const door of doors) assert.equal(statSync(sockets[door]).mode & 0o777, 0o600);
    const panel = await attach();
    panel.resume();
    const gone = once(panel, 'close');
    await server.close();
    await gone;
    assert.deepEqual(readdirSync(folder), []);
    await serve();
  });

  it('are not shared by two appliances', async () => {
    const server = await serve();
    assert.deepEqual(await listen(sockets), { ok: false, error: 'socket-in-use' });
    const panel = await attach();
    panel.write(toLine({ press: 'enter' }));
    assert.deepEqual(await once(server, 'press'), ['enter', 'screen']);
  });

  it('replace those of a dead core', async () => {
    for (const door of doors) await leaveStale(sockets[door]);
    assert.ok(statSync(sockets.screen).isSocket());
    const server = await serve();
    server.show(everyScene.idle);
    assert.deepEqual(await nextView(linesOf(await attach())), everyScene.idle);
    assert.deepEqual(readdirSync(folder), ['doctor.sock', 'lights.sock', 'panel.sock']);
  });

  it('are taken by one of two cores that replace stale ones at once', async () => {
    for (const door of doors) await leaveStale(sockets[door]);
    const both = await Promise.all([listen(sockets), listen(sockets)]);
    const won = both.flatMap((server) => (server.ok ? [server.value] : []));
    open.push(...won);
    assert.equal(won.length, 1);
    assert.ok(both.some((server) => !server.ok && server.error === 'socket-in-use'));
    await attach();
  });

  for (const door of doors) {
    it(`replace no other kind of file: that of the ${door}`, async () => {
      writeFileSync(sockets[door], 'a note');
      assert.deepEqual(await listen(sockets), { ok: false, error: 'socket-failed' });
      assert.equal(readFileSync(sockets[door], 'utf8'), 'a note');
      assert.equal(readdirSync(folder).length, 1);
    });
  }

  it('return a fault if a path is too long or its folder is missing', async () => {
    for (const missing of ['x'.repeat(100), 'missing'])
      assert.deepEqual(await listen(socketsIn(join(folder, missing))), {
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
