import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

import { Appliance } from '../../appliance/core/appliance.js';
import type { ApplianceOptions } from '../../appliance/core/options.js';
import { stateOf } from '../../appliance/counter/snapshot.js';
import type { FaultCode } from '../../appliance/findings.js';
import { installation } from '../../appliance/installation.js';
import type { Scene } from '../../appliance/panel/view.js';
import type { Choice } from '../../appliance/protocol/choice.js';
import { err, ok, type Result } from '../../appliance/result.js';
import { defaults } from '../../appliance/settings/settings.js';
import { Updater } from '../../appliance/update/updater.js';
import type { Vault } from '../../appliance/vault-client/vault.js';
import { until as poll } from '../../hardware-tests/counter/until.js';
import { practiceOptions } from './practice-options.js';

type Started = Result<Vault, FaultCode>;

const vault: Vault = {
  recogniser: {
    model: 'stand-in',
    modelHash: '0'.repeat(64),
    threshold: 0.45,
    bounds: [{ similarity: 0.4, upper95: 0.001 }],
    golden: { ppm: 0 },
  },
  run: () => Promise.resolve(err('vault-died')),
  lost: new Promise(() => undefined),
  erase: () => Promise.resolve(ok()),
};

/** The test decides when vaults start, and whether they start at all. */
describe('an appliance', () => {
  let folder: string;
  let appliance: Appliance;
  let scenes: Scene[];
  let offered: readonly Choice[] = [];
  let starts: ((started: Started) => void)[];

  function begin(parts: Partial<ApplianceOptions> = {}): void {
    appliance = start(parts, folder, scenes);
  }

  function start(parts: Partial<ApplianceOptions>, folder: string, scenes: Scene[]): Appliance {
    const appliance = new Appliance(
      {
        ...practiceOptions(folder),
        startVault: () =>
          new Promise<Started>((resolve) => {
            starts.push(resolve);
          }),
        ...parts,
      },
      {
        view: ({ scene, choices }) => {
          offered = choices;
          if (scenes.at(-1)?.name !== scene.name) scenes.push(scene);
        },
        recorded: () => undefined,
        udevLive: () => undefined,
        bug: (thrown) => {
          throw thrown;
        },
      },
    );
    appliance.start();
    return appliance;
  }

  const names = () => scenes.map(({ name }) => name);

  /** Chooses what the screen offers, once it does. */
  const choose = async (...wanted: Choice[]): Promise<void> => {
    for (const each of wanted) {
      await until(() => offered.includes(each), each);
      appliance.choose(each);
    }
  };

  const until = (condition: () => boolean, what: string) => poll(what, condition, { seen: names });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'terashi-ready-'));
    [scenes, starts] = [[], []];
  });
  afterEach(async () => {
    starts.forEach((end) => {
      end(err('vault-died'));
    });
    await appliance.stop();
    rmSync(folder, { recursive: true });
  });

  it('is ready before the built-in models have loaded, and afterwards', async () => {
    begin();
    await until(() => names().includes('idle') && starts.length === 1, 'a ready appliance');
    starts[0](ok(vault));
    await choose('begin', 'compare-faces', 'agree');
    await until(() => names().at(-1) === 'place-document', 'a visit that has the vault');
    assert.deepEqual(names(), ['starting', 'idle', 'reason', 'notice', 'place-document']);
    assert.equal(starts.length, 1);
  });

  it('stops being ready when they fail to load, until they load', async () => {
    begin();
    await until(() => starts.length === 1, 'a vault');
    starts[0](err('model-mismatch'));
    await until(() => names().at(-1) === 'unavailable', 'the fault');
    assert.deepEqual(scenes.at(-1), { name: 'unavailable', fault: 'model-mismatch' });
    await until(() => starts.length === 2, 'a second try');
    starts[1](err('model-mismatch'));
    await until(() => starts.length === 3, 'a third try');
    assert.equal(names().at(-1), 'unavailable');
    starts.at(-1)!(ok(vault));
    await until(() => names().at(-1) === 'idle', 'a ready appliance');
    assert.deepEqual(names(), ['starting', 'idle', 'unavailable', 'idle']);
  });

  it('keeps a vault that was loaded after its visit was cancelled', async () => {
    let erased = 0;
    const counted = {
      ...vault,
      erase: () => {
        erased += 1;
        return Promise.resolve(ok());
      },
    };
    begin();
    await until(() => starts.length === 1, 'a vault that loads');
    await choose('begin', 'compare-faces', 'agree');
    appliance.press('cancel');
    await until(() => names().at(-1) === 'erased', 'the end of the visit');
    starts[0](ok(counted));
    appliance.choose('done');
    await until(() => names().at(-1) === 'idle', 'a ready appliance');
    await choose('begin', 'clear-by-sight');
    await until(() => names().filter((name) => name === 'erased').length === 2, 'the end of a second visit');
    assert.equal(erased, 0);
  });

  it('is ready again after a visit whose models loaded', async () => {
    begin();
    await until(() => starts.length === 1, 'a vault that loads');
    await choose('begin', 'compare-faces');
    starts[0](err('vault-died'));
    await setImmediate();
    appliance.choose('agree');
    await until(() => starts.length === 2, 'a second vault');
    starts[1](ok(vault));
    await until(() => stateOf(appliance.snapshot) === 'place-document', 'a visit that goes on');
    appliance.press('cancel');
    await until(() => names().at(-1) === 'erased', 'its end');
    await until(() => starts.length === 3, 'a third vault');
    starts[2](ok(vault));
    appliance.choose('done');
    await until(() => names().at(-1) === 'idle', 'a ready appliance');
    assert(!names().includes('unavailable'), names().join(' '));
  });

  it('reports a missing scanner before it waits for custom models', async () => {
    begin({
      settings: { ...defaults, visit: { ...defaults.visit, threshold: 0.5 } },
      devices: { scanner: 'no such scanner', camera: 'auto', frames: join(installation.practice, 'camera') },
    });
    await until(() => names().at(-1) === 'unavailable', 'the fault');
    assert.deepEqual(scenes.at(-1), { name: 'unavailable', fault: 'scanner-missing' });
  });

  it('waits for custom models', async () => {
    begin({ settings: { ...defaults, visit: { ...defaults.visit, threshold: 0.5 } } });
    await until(() => starts.length === 1, 'a vault');
    // An appliance with built-in models that starts later is ready earlier.
    const seen: Scene[] = [];
    const later = start({}, mkdtempSync(join(folder, 'later-')), seen);
    await until(() => seen.some(({ name }) => name === 'idle') && starts.length === 2, 'the later one');
    starts[1](ok(vault));
    await later.stop();
    assert.deepEqual(names(), ['starting']);
    starts[0](err('model-mismatch'));
    await until(() => names().at(-1) === 'unavailable', 'the fault');
  });

  it('does not check sticks when it is stopped while models load', async () => {
    let requests = 0;
    const socket = join(folder, 'update.sock');
    const updates = createServer((connection) => {
      requests += 1;
      connection.destroy();
    }).listen(socket);
    await once(updates, 'listening');
    begin({
      updater: new Updater(socket),
      startVault: (signal) =>
        new Promise<Started>((resolve) => {
          starts.push(resolve);
          signal.addEventListener('abort', () => resolve(err('vault-died')));
        }),
    });
    await until(() => starts.length === 1, 'a vault that loads');
    await appliance.stop();
    // Connections are accepted in order, so an earlier one would be counted too.
    await once(connect(socket).resume(), 'close');
    updates.close();
    assert.equal(requests, 1);
  });
});
