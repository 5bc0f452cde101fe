import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { CameraLight } from '../../appliance/core/camera-light.js';
import { clockOf } from '../../appliance/clock/clock.js';
import { Health } from '../../appliance/core/health.js';
import { DeviceManager } from '../../appliance/core/device-manager.js';
import { visitEffects } from '../../appliance/core/visit-effects.js';
import type { FaultCode } from '../../appliance/findings.js';
import { faultIn } from '../../appliance/health/check.js';
import type { PanelServer } from '../../appliance/core/panel-server.js';
import { listen } from '../../appliance/core/panel-sockets.js';
import { socketsIn } from '../../appliance/core/state-folder.js';
import { err, ok, type Result } from '../../appliance/result.js';
import { SpareVault } from '../../appliance/vault-client/spare-vault.js';
import type { Picture } from '../../appliance/visit/news.js';
import { panelSettingsOf } from '../../appliance/panel/lights/wiring.js';
import { defaults } from '../../appliance/settings/settings.js';
import { everyScene } from '../panel/views.js';
import { until } from '../../hardware-tests/counter/until.js';
import { attachTo, Bench, good, nobody, type Obey, obedient, StandIn } from './camera-bench.js';

const pin = defaults.lights.camera;

describe('the camera light', () => {
  const path = process.env.PATH;
  const bench = new Bench(nobody);
  const spare = new SpareVault();
  let server: PanelServer;
  let light: CameraLight;
  let lights: StandIn;
  let lost: FaultCode[] = [];

  const clock = clockOf(bench.folder);
  const supply = new DeviceManager({ scanner: 'auto', camera: 'auto' }, () =>
    Promise.resolve(
      ok({
        scanners: [{ choice: { kind: 'sane', name: 'none' }, label: 'none' }],
        cameras: [{ choice: { kind: 'raspberry-pi' }, label: 'a module' }],
      }),
    ),
  );
  const health = new Health({
    customModel: {},
    recordFile: join(bench.folder, 'records.jsonl'),
    tpm: () => 'none',
    onBox: false,
    settings: () => ({ problems: 0, line: undefined, kept: true, drawable: true }),
    udevLive: () => true,
    resolution: 300,
    lights: () => light.status,
    clock: () => Promise.resolve(clock.judge(clock.read(), undefined)),
    camera: () => Promise.resolve(ok({ choice: { kind: 'raspberry-pi' } })),
    withCameraLight: (work) => light.whileLit(work),
  });
  const effects = visitEffects(
    {
      spare,
      get cameraLight() {
        return light;
      },
      records: () => undefined,
      entryContext: { municipality: '', counter: '', software: '' },
      inForce: () => ({ settings: '0'.repeat(64), weakened: [], changed: [] }),
      resolution: 300,
      threshold: { score: undefined, falseMatchRate: undefined },
      challenge: false,
      clock,
      devices: supply,
    },
    {
      vaultLost: (fault) => lost.push(fault),
      erased: () => undefined,
      begun: () => undefined,
      recorded: () => undefined,
    },
  );
  const never = new AbortController().signal;

  before(async () => {
    process.env.PATH = bench.path;
    await supply.refresh();
    assert(supply.select().ok);
    assert((await effects.takeVault(never)).ok);
  });
  after(async () => {
    await effects.erase(never);
    await spare.close();
    process.env.PATH = path;
    rmSync(bench.folder, { recursive: true });
  });

  /** Lights that obey as told, at the socket of a core that needs them or not. */
  async function begin(obey: Obey, required = false, picture = nobody): Promise<void> {
    bench.begin(picture);
    lost = [];
    const listening = await listen(socketsIn(bench.folder));
    assert(listening.ok);
    server = listening.value;
    server.settle(panelSettingsOf(defaults));
    light = new CameraLight(required, () => {
      server.show({ ...everyScene.photographing, cameraLight: light.isRequested });
    });
    server.on('lights', (known) => light.update(known));
    lights = new StandIn(await attachTo(socketsIn(bench.folder).lights), bench, obey);
    await until('the lights', () => server.lights);
  }
  afterEach(() => server.close());

  type Photograph = { readonly end: Promise<Result<Picture, FaultCode>>; readonly stop: () => void };

  function photograph(): Photograph {
    const left = new AbortController();
    return { end: effects.photograph(() => undefined, left.signal), stop: () => left.abort() };
  }
  const cameraStarted = async (runs = 1): Promise<void> => {
    await until(`camera run ${runs}`, () => bench.runs().length >= runs);
  };
  async function anotherVault(): Promise<void> {
    await effects.erase(never);
    assert((await effects.takeVault(never)).ok);
  }

  /** The light was lit before the camera's program began, and lowered when no such program was left. */
  async function assertOnExactly(): Promise<void> {
    await lights.until(2);
    assert.deepEqual(lights.told, [
      { wanted: true, cameraRuns: false },
      { wanted: false, cameraRuns: false },
    ]);
    assert(bench.runs().length > 0);
    assert(bench.runs().every((run) => run.light === 'lit'));
  }

  it('is on from before the first frame until the camera is closed', async () => {
    await begin(obedient, false, good);
    assert((await photograph().end).ok);
    await assertOnExactly();
  });

  it('goes off after the camera when the photograph is stopped', async () => {
    await begin(obedient);
    const { end, stop } = photograph();
    await cameraStarted();
    stop();
    await end;
    await assertOnExactly();
  });

  it('stays on when the next photograph follows at once', async () => {
    await begin(obedient);
    const first = photograph();
    await cameraStarted();
    first.stop();
    const second = photograph();
    await cameraStarted(2);
    assert.equal(lights.told.length, 1);
    second.stop();
    await second.end;
    await assertOnExactly();
  });

  it('goes out before it is lit again', async () => {
    await begin(obedient);
    for (const run of [1, 2]) {
      const { end, stop } = photograph();
      await cameraStarted(run);
      stop();
      await end;
    }
    await lights.until(4);
    assert.deepEqual(
      lights.told.map(({ wanted }) => wanted),
      [true, false, true, false],
    );
    assert(lights.told.every(({ cameraRuns }) => !cameraRuns));
  });

  it('goes off once the erasure of a dead vault has ended its camera', async () => {
    await begin(obedient);
    const { end } = photograph();
    await cameraStarted();
    process.kill(bench.vaultOf(), 'SIGKILL');
    assert.deepEqual(await end, err('vault-died'));
    assert.deepEqual(lost, ['vault-died']);
    // Only the erasure sees that its processes are gone. What the core had to tell before came before this answer.
    lights.say({ press: 'next' });
    await once(server, 'press');
    assert(light.isRequested);
    assert.equal(lights.told.length, 1);
    await anotherVault();
    await assertOnExactly();
  });

  it('goes off once an erasure in the middle of it has ended the camera', async () => {
    await begin(obedient);
    photograph();
    await cameraStarted();
    await anotherVault();
    await assertOnExactly();
  });

  it('is on while the self-test looks through the camera', async () => {
    await begin(obedient);
    const tested = await health.selfTest(() => undefined);
    assert(tested.ok);
    assert.deepEqual(
      tested.value.checks.filter(({ check }) => check === 'camera').map(({ verdict }) => verdict),
      ['ok'],
    );
    await assertOnExactly();
  });

  it('is not waited for long where it is not required', async () => {
    await begin(() => undefined, false, good);
    assert((await photograph().end).ok);
  });

  it('holds nothing up where there are no lights', async () => {
    await begin(() => assert.fail(), false, good);
    lights.socket.destroy();
    await until('the lights to be gone', () => !server.lights);
    assert((await photograph().end).ok);
  });

  describe('where it is required', () => {
    for (const [how, obey] of [
      ['says that it does not light', (wanted) => (wanted ? 'failed' : 'dark')],
      ['says nothing', () => undefined],
    ] as const satisfies [string, Obey][]) {
      it(`lets no camera run when it ${how}`, async () => {
        await begin(obey, true);
        assert(light.isUsable);
        assert.deepEqual(await photograph().end, err('light-failed'));
        assert.deepEqual(bench.runs(), []);
        await lights.until(2);
      });
    }

    it('lets no camera run when there are no lights', async () => {
      await begin(obedient, true);
      lights.socket.destroy();
      await until('the lights to be gone', () => !server.lights);
      assert(!light.isUsable);
      assert.deepEqual(await photograph().end, err('light-failed'));
      assert.deepEqual(bench.runs(), []);
    });

    it('lets no self-test look through the camera without it', async () => {
      await begin((wanted) => (wanted ? 'failed' : 'dark'), true);
      const tested = await health.selfTest(() => undefined);
      assert(tested.ok);
      assert.equal(faultIn(tested.value.checks), 'light-failed');
      assert.deepEqual(bench.runs(), []);
    });

    it('ends a self-test of the camera when it fails', async () => {
      await begin(obedient, true);
      const tested = health.selfTest(() => undefined);
      await cameraStarted();
      lights.say({ 'camera-light': 'failed', pin });
      const { value } = (await tested) as Extract<Awaited<typeof tested>, { ok: true }>;
      assert.equal(faultIn(value.checks), 'light-failed');
      assert(!bench.cameraRuns());
    });

    for (const [how, fail] of [
      ['goes out', () => lights.say({ 'camera-light': 'dark', pin })],
      ['fails', () => lights.say({ 'camera-light': 'failed', pin })],
      ['is gone', () => lights.socket.destroy()],
    ] as const) {
      it(`ends the photograph when it ${how}`, async () => {
        await begin(obedient, true);
        const { end } = photograph();
        await cameraStarted();
        fail();
        assert.deepEqual(await end, err('light-failed'));
        await anotherVault();
        assert(!bench.cameraRuns());
        assert(!light.isRequested);
      });
    }
  });
});
