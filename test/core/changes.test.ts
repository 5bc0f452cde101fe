import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { bech32 } from '@scure/base';
import fc from 'fast-check';

import { type Agreed, readAgreed, writeAgreed } from '../../appliance/core/agreed.js';
import { Changes, type ChangesParts } from '../../appliance/core/changes.js';
import type { LoadedModel } from '../../appliance/core/models.js';
import { type Change, change } from '../../appliance/record/change.js';
import { inForce } from '../../appliance/record/in-force.js';
import { defaults, settings, type Settings } from '../../appliance/settings/settings.js';
import { anySettings } from '../settings/arbitrary.js';

const key = (letter: string) => `ed25519:${letter.repeat(43)}=`;
const age = bech32.encodeFromBytes('age', new Uint8Array(32));

/** The defaults, but for these. */
function withSettings(changed: { readonly [Table in keyof Settings]?: Partial<Settings[Table]> }): Settings {
  return settings.parse(
    Object.fromEntries(
      Object.entries(defaults).map(([table, values]) => [
        table,
        { ...values, ...changed[table as keyof Settings] },
      ]),
    ),
  );
}

const model = (threshold = 0.46, more: object = {}): LoadedModel => ({
  recogniser: {
    model: 'dlib-resnet',
    modelHash: 'a'.repeat(64),
    threshold: 0.46,
    bounds: [],
    golden: { ppm: 0 },
    ...more,
  },
  threshold,
});

/** What the boxes of a test write is written before their folder goes. */
const boxes: Changes[] = [];
const closeBoxes = async () => {
  for (const box of boxes.splice(0)) await box.close();
};

describe('what has changed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-changes-'));
  after(() => rmSync(folder, { recursive: true }));
  afterEach(closeBoxes);
  beforeEach(() => rmSync(join(folder, 'in-force.json'), { force: true }));

  type Given = Partial<Pick<ChangesParts, 'settings' | 'software' | 'unattended'>> & {
    readonly camera?: string | undefined;
    readonly scanner?: string | undefined;
    readonly loaded?: LoadedModel | undefined;
    readonly records?: boolean;
  };

  /** A box that starts with what it has agreed to in the folder. */
  async function start(given: Given = {}) {
    const usual = { camera: 'HD Webcam', scanner: 'fi-65F', loaded: model() };
    const now = { ...usual, ...given };
    const told: (readonly Change[])[] = [];
    let newKeys = 0;
    const changes = new Changes(
      {
        settings: given.settings ?? defaults,
        software: given.software ?? '0.3.0',
        folder,
        agreed: await readAgreed(folder),
        unattended: given.unattended ?? false,
        devices: {
          get camera() {
            return { label: now.camera };
          },
          get scanner() {
            return { label: now.scanner };
          },
        } as unknown as ChangesParts['devices'],
        loaded: () => now.loaded,
        hasRecords: () => given.records ?? false,
      },
      { changed: (changes) => told.push(changes), keysAgreed: () => newKeys++ },
    );
    changes.check();
    boxes.push(changes);
    return { changes, now, shown: () => told.at(-1) ?? [], newKeys: () => newKeys };
  }

  /** What is shown at the next start after one with other values, to which the clerk had agreed. */
  async function between(before: Given, after: Given): Promise<readonly Change[]> {
    const first = await start(before);
    first.changes.agree(first.shown());
    await first.changes.close();
    return (await start(after)).shown();
  }

  it('is nothing on a new box, nor at any later start, nor while a scanner is unplugged', async () => {
    const box = await start();
    assert.deepEqual(box.shown(), []);
    await box.changes.close();
    const again = await start({ scanner: undefined, loaded: undefined });
    assert.deepEqual(again.shown(), []);
    again.now.scanner = 'fi-65F';
    again.now.loaded = model();
    again.changes.check();
    assert.deepEqual(again.shown(), []);
  });

  it('is nothing for any settings that stay as they are', async () => {
    await fc.assert(
      fc.asyncProperty(anySettings, async (same) => {
        rmSync(join(folder, 'in-force.json'), { force: true });
        assert.deepEqual(await between({ settings: same }, { settings: same }), []);
      }),
      { numRuns: 30 },
    );
  });

  it('is before and after, the weaker first', async () => {
    const before = withSettings({ visit: { liveness: 'required' }, place: { counter: '1番窓口' } });
    const after = withSettings({ visit: { liveness: 'off', photographs: 5 }, place: { counter: '2番窓口' } });
    const shown = await between(
      { settings: before },
      { settings: after, software: '0.4.0', camera: 'imx708_wide', loaded: model(0.3) },
    );
    const weaker = true;
    assert.deepEqual(shown, [
      { what: 'threshold', before: '0.46', after: '0.3', weaker },
      { what: 'visit.liveness', before: 'required', after: 'off', weaker },
      { what: 'visit.photographs', before: '3', after: '5', weaker },
      { what: 'software', before: '0.3.0', after: '0.4.0' },
      { what: 'place.counter', before: '1番窓口', after: '2番窓口' },
      { what: 'camera', before: 'HD Webcam', after: 'imx708_wide' },
    ]);
  });

  const strict = {
    visit: { liveness: 'required', policy: 'always', scans: 2, fmr: 0.01 },
    lights: { required: true },
  } as const;
  for (const [what, after] of [
    ['visit.liveness', { ...strict, visit: { ...strict.visit, liveness: 'advisory' } }],
    ['visit.policy', { ...strict, visit: { ...strict.visit, policy: 'in-doubt' } }],
    ['visit.scans', { ...strict, visit: { ...strict.visit, scans: 3 } }],
    ['visit.fmr', { ...strict, visit: { ...strict.visit, fmr: 0.1 } }],
    ['lights.required', { ...strict, lights: { required: false } }],
  ] as const)
    it(`is marked as weaker if ${what} is, and not the other way round`, async () => {
      const [one, other] = [strict, after].map((changed) => ({
        settings: withSettings(changed),
        loaded: undefined,
      }));
      assert.deepEqual(
        (await between(one, other)).map(({ what, weaker }) => [what, weaker]),
        [[what, true]],
      );
      rmSync(join(folder, 'in-force.json'));
      assert.deepEqual(
        (await between(other, one)).map(({ what, weaker }) => [what, weaker]),
        [[what, undefined]],
      );
    });

  it('is told of another net and another calibration, though their names stay the same', async () => {
    const pack = { model: { pack: 'sface', calibration: 'own.json' } };
    const loaded = (net: string, own: string) =>
      model(0.46, { model: 'sface', modelHash: net.repeat(64), calibrationHash: own.repeat(64) });
    const of = (net: string, own: string) => ({ settings: withSettings(pack), loaded: loaded(net, own) });
    assert.deepEqual(await between(of('1', 'a'), of('2', 'b')), [
      { what: 'recogniser', before: 'sface 11111111', after: 'sface 22222222' },
      { what: 'calibration', before: 'aaaaaaaa', after: 'bbbbbbbb' },
    ]);
    assert.deepEqual(await between({}, of('2', 'b')), await between({}, of('2', 'b')));
  });

  it('leads to a load of the recogniser before a visit if the settings may give another', async () => {
    const first = await start({ settings: withSettings({ visit: { threshold: 0.3 } }), loaded: model(0.3) });
    await first.changes.close();
    assert.ok((await start({ loaded: undefined })).changes.recogniserMayDiffer);
    assert.ok(
      !(await start({ settings: withSettings({ visit: { threshold: 0.3 } }) })).changes.recogniserMayDiffer,
    );
  });

  it('is recorded with the first visit after it, and only there', async () => {
    const before = { settings: withSettings({ visit: { liveness: 'required' } }) };
    const first = await start(before);
    await first.changes.close();
    const box = await start({ camera: 'imx708_wide' });
    box.changes.agree(box.shown());
    await box.changes.close();
    // Even if the power fails before that visit.
    const next = await start({ camera: 'imx708_wide' });
    assert.deepEqual(next.shown(), []);
    assert.deepEqual(next.changes.inForce.changed.toSorted(), ['camera', 'protections']);
    next.changes.visitBegun();
    assert.deepEqual(next.changes.inForce.changed, []);
  });

  it('is agreed to and recorded without a clerk', async () => {
    await (await start({ unattended: true })).changes.close();
    const settings = withSettings({ visit: { liveness: 'required' }, keys: { signing: key('A') } });
    const box = await start({ unattended: true, settings });
    assert.deepEqual(box.shown(), []);
    assert.equal(box.changes.signingKey, key('A'));
    assert.deepEqual(box.changes.inForce.changed.toSorted(), ['keys', 'protections']);
  });

  it('is not agreed to if it is not what the clerk saw', async () => {
    await (await start()).changes.close();
    const box = await start({ camera: 'imx708_wide' });
    const seen = box.shown();
    box.now.camera = 'another';
    box.changes.check();
    box.changes.agree(seen);
    box.changes.check();
    assert.deepEqual(box.shown(), [{ what: 'camera', before: 'HD Webcam', after: 'another' }]);
  });

  it('is not known if the list is lost or torn, and the clerk is told so', async () => {
    assert.deepEqual((await start({ records: true })).shown(), [{ what: 'forgotten' }]);
    await (await start()).changes.close();
    const whole = readFileSync(join(folder, 'in-force.json'));
    writeFileSync(join(folder, 'in-force.json'), whole.subarray(0, 40));
    assert.deepEqual((await start({ records: true })).shown(), [{ what: 'forgotten' }]);
  });

  it('fits the panel and the records, whatever the settings are', async () => {
    await fc.assert(
      fc.asyncProperty(anySettings, anySettings, async (one, other) => {
        rmSync(join(folder, 'in-force.json'), { force: true });
        for (const each of await between({ settings: one }, { settings: other })) change.parse(each);
        const box = await start({ settings: other });
        box.changes.agree(box.shown());
        inForce.parse(box.changes.inForce);
        await box.changes.close();
        const kept = await readAgreed(folder);
        assert.ok(kept);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a key of the settings', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-keys-'));
  after(() => rmSync(folder, { recursive: true }));
  afterEach(closeBoxes);
  beforeEach(() => rmSync(join(folder, 'in-force.json'), { force: true }));

  const start = async (keys: Settings['keys']) => {
    let shown: readonly Change[] = [];
    let agreedTo = 0;
    const changes = new Changes(
      {
        settings: withSettings({ keys }),
        software: '0.3.0',
        folder,
        agreed: await readAgreed(folder),
        unattended: false,
        devices: { camera: {}, scanner: {} } as unknown as ChangesParts['devices'],
        loaded: () => undefined,
        hasRecords: () => false,
      },
      { changed: (changes) => (shown = changes), keysAgreed: () => agreedTo++ },
    );
    changes.check();
    boxes.push(changes);
    return { changes, shown: () => shown, agreedTo: () => agreedTo };
  };

  it('is not used before it was agreed to, and that once', async () => {
    const box = await start({ signing: key('A'), export: age });
    assert.deepEqual([box.changes.signingKey, box.changes.exportKey], [undefined, undefined]);
    assert.deepEqual(
      box.shown().map(({ what, before, after }) => [what, before, after?.slice(0, 12)]),
      [
        ['keys.signing', undefined, 'ed25519:AAAA'],
        ['keys.export', undefined, 'age1qqqqqqqq'],
      ],
    );
    box.changes.agree(box.shown());
    assert.deepEqual([box.changes.signingKey, box.changes.exportKey], [key('A'), age]);
    assert.equal(box.agreedTo(), 1);
    await box.changes.close();
    const again = await start({ signing: key('A'), export: age });
    assert.deepEqual([again.changes.signingKey, again.shown()], [key('A'), []]);
  });

  it('is the one before until another was agreed to', async () => {
    const first = await start({ signing: key('A'), export: age });
    first.changes.agree(first.shown());
    await first.changes.close();
    const box = await start({ signing: key('E') });
    assert.deepEqual([box.changes.signingKey, box.changes.exportKey], [key('A'), age]);
    assert.deepEqual(
      box.shown().map(({ what, weaker }) => [what, weaker]),
      [
        // Without it anybody reads the copies.
        ['keys.export', true],
        ['keys.signing', undefined],
      ],
    );
    const withOld = box.changes.inForce.keys;
    box.changes.agree(box.shown());
    assert.deepEqual([box.changes.signingKey, box.changes.exportKey], [key('E'), undefined]);
    assert.notEqual(box.changes.inForce.keys, withOld);
  });
});

describe('the list of what was agreed to', () => {
  it('cannot be read as anything else, whatever is in its file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'terashi-agreed-'));
    try {
      const agreed: Agreed = {
        version: 1,
        agreed: { software: '1', settings: { 'visit.scans': 2 } },
        changed: ['keys'],
      };
      await writeAgreed(folder, agreed);
      assert.deepEqual(await readAgreed(folder), agreed);
      const file = join(folder, 'in-force.json');
      for (const text of [
        '',
        '{}',
        '[]',
        '\0'.repeat(300),
        JSON.stringify({ ...agreed, version: 2 }),
        ' '.repeat(1e6),
      ]) {
        writeFileSync(file, text);
        assert.equal(await readAgreed(folder), undefined);
      }
      // A folder that is gone, as on a disk that fails, stops nothing.
      await writeAgreed(join(folder, 'nowhere'), agreed);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
