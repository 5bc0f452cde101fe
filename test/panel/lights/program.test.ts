import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { PanelServer } from '../../../appliance/core/panel-server.js';
import { listen } from '../../../appliance/core/panel-sockets.js';
import { socketsIn } from '../../../appliance/core/state-folder.js';
import { toLine } from '../../../appliance/json-lines.js';
import { panelSettingsOf } from '../../../appliance/panel/lights/wiring.js';
import { defaults } from '../../../appliance/settings/settings.js';
import { run } from '../../../hardware-tests/counter/run.js';
import { until } from '../../../hardware-tests/counter/until.js';
import { everyScene } from '../views.js';

const program = join(import.meta.dirname, '../../../appliance/panel/lights/main.js');

/** Stands for the machine's lines: writes down what is opened. */
const opens = `import { appendFileSync } from 'node:fs';
export async function openLines(wiring) {
  appendFileSync(process.env.TEST_OPENED, JSON.stringify(wiring) + '\\n');
  return { driver: 'sysfs', set() {}, isOn: () => true, isDown: () => false, watch() {}, close() {} };
}`;
const hooks = `export async function load(url, context, next) {
  return url.endsWith('/lights/open.js')
    ? { format: 'module', shortCircuit: true, source: ${JSON.stringify(opens)} }
    : next(url, context);
}`;

describe("the lights' process", () => {
  let folder: string;
  let server: PanelServer;
  const path = () => socketsIn(folder).lights;
  const opened = () => join(folder, 'opened');

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lights-'));
    writeFileSync(join(folder, 'hooks.mjs'), hooks);
    const register = `import { register } from 'node:module'; register('./hooks.mjs', import.meta.url);`;
    writeFileSync(join(folder, 'register.mjs'), register);
    await begin();
  });
  afterEach(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  async function begin(): Promise<void> {
    const listening = await listen(socketsIn(folder));
    assert.ok(listening.ok);
    server = listening.value;
  }

  /** With a settings file of its own in its environment, which it must not read. */
  const start = () => {
    writeFileSync(join(folder, 'terashi.toml'), '[lights]\ncamera = 4\n');
    return run(process.execPath, ['--import', join(folder, 'register.mjs'), program, path()], {
      TERASHI_SETTINGS: join(folder, 'terashi.toml'),
      TEST_OPENED: opened(),
    });
  };

  it('opens the lines that the core has in force, after they are told, and no other', async () => {
    const ended = start();
    server.show(everyScene.idle);
    const settings = panelSettingsOf({ ...defaults, lights: { ...defaults.lights, camera: 27 } });
    assert.equal(existsSync(opened()), false);
    server.settle(settings);
    await until('the lights', () => server.lights);
    assert.deepEqual(JSON.parse(readFileSync(opened(), 'utf8')), settings.wiring);
    server.show({ ...everyScene.photographing, cameraLight: true });
    await until('the camera light', () => server.lights?.cameraLight === 'lit');
    await server.close();
    // Started anew by whoever started it, it asks the next core.
    assert.equal((await ended).code, 1);
    await begin();
  });

  it('opens none where the core wants no lights, and asks the next core', async () => {
    const settings = panelSettingsOf({ ...defaults, panel: { ...defaults.panel, lights: 'off' } });
    await server.close();
    const core = createServer((socket) => {
      socket.once('data', () => socket.end(toLine({ settings })));
    }).listen(path());
    assert.deepEqual(await start(), { code: 1, stdout: '', stderr: '' });
    assert.equal(existsSync(opened()), false);
    core.close();
    await begin();
  });
});
