import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { hardestStrangers } from '../../appliance/calibration/hardest.js';
import { type Manifest, manifest as schema, readManifest, readModel } from '../../appliance/face/manifest.js';
import { installation } from '../../appliance/installation.js';
import { recogniserName } from '../../appliance/protocol/vault.js';
import { adviseThreshold } from '../../models/calibrate/advice.js';
import { upperBoundOfMean } from '../../models/hoeffding.js';
import { modelsOf } from '../../models/build-model.js';
import { builtManifest, builtModel } from './built.js';

describe('the manifest of the models', () => {
  let manifest: Manifest;
  let folder: string;

  before(() => {
    manifest = builtManifest();
    folder = mkdtempSync(join(tmpdir(), 'terashi-models-'));
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('names the files that the build makes', () => {
    for (const model of modelsOf(manifest)) {
      const bytes = readFileSync(join(installation.models, model.file));
      assert.equal(createHash('sha256').update(bytes).digest('hex'), model.sha256);
      assert.equal(bytes.length, model.bytes);
    }
  });

  it('detects a flipped bit in a file', () => {
    const bytes = builtModel(manifest.mesh);
    const path = join(folder, manifest.mesh.file);
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 7 }), (at, bit) => {
        const flipped = Uint8Array.from(bytes);
        flipped[at] = flipped[at] ^ (1 << bit);
        writeFileSync(path, flipped);
        assert.deepEqual(readModel(folder, manifest.mesh), { ok: false, error: 'model-mismatch' });
      }),
      { numRuns: 20 },
    );
    writeFileSync(path, bytes);
    assert.ok(readModel(folder, manifest.mesh).ok);
  });

  it('reports a missing file', () => {
    assert.deepEqual(readModel(join(folder, 'nowhere'), manifest.mesh), {
      ok: false,
      error: 'model-missing',
    });
    assert.deepEqual(readManifest(join(folder, 'nowhere.json')), { ok: false, error: 'model-missing' });
  });

  it('is refused if anything is left out or added', () => {
    for (const path of pathsOf(manifest).filter((each) => !mayBeAbsent(each))) {
      const without = structuredClone(manifest) as unknown as Tree;
      remove(without, path);
      assert.ok(!schema.safeParse(without).success, `without ${path.join('.')}`);
    }
    assert.ok(!schema.safeParse({ ...manifest, also: 1 }).success);
    assert.ok(!schema.safeParse({ ...manifest, mesh: { ...manifest.mesh, also: 1 } }).success);
    assert.ok(!schema.safeParse({ ...manifest, version: 2 }).success);
  });

  it('is refused whatever else the file holds', () => {
    const path = join(folder, 'manifest.json');
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        writeFileSync(path, text);
        assert.deepEqual(readManifest(path), { ok: false, error: 'model-mismatch' });
      }),
    );
  });

  it('cannot name a file outside the folder of the models', () => {
    for (const file of ['../mesh.onnx', '/etc/mesh.onnx', 'a/b.onnx', '.onnx', 'mesh.onnx/..', 'mesh.bin']) {
      assert.ok(!schema.safeParse({ ...manifest, mesh: { ...manifest.mesh, file } }).success, file);
    }
  });

  it('bounds the chance of a false match from its own counts', () => {
    for (const { calibration, threshold } of [
      manifest.recogniser,
      ...manifest.alternatives,
      ...manifest.fusions,
    ]) {
      const { any, sameGender, alike } = calibration.strata;
      assert.ok(sameGender && alike);
      for (const { comparisons, independent, points } of [any, sameGender, alike]) {
        for (const { falseMatches, upper95 } of points) {
          assert.equal(upper95, upperBoundOfMean(falseMatches / comparisons, independent));
        }
      }
      assert.ok(adviseThreshold(hardestStrangers(calibration).stratum.points).threshold <= threshold);
    }
  });

  it('has the recognisers and fusions that the settings can name', () => {
    const all = [manifest.recogniser, ...manifest.alternatives, ...manifest.fusions];
    assert.deepEqual(all.map(({ id }) => id).sort(), recogniserName.options.toSorted());
    assert.equal(recogniserName.options[0], manifest.default);
  });

  it('is refused if a fusion has a member that it lacks', () => {
    assert.ok(!schema.safeParse({ ...manifest, alternatives: [] }).success);
  });

  it('is refused if it lacks its default, which may be a fusion', () => {
    for (const usual of recogniserName.options) {
      assert.ok(schema.safeParse({ ...manifest, default: usual }).success, usual);
    }
    assert.ok(!schema.safeParse({ ...manifest, default: 'nobody' }).success);
  });

  it('is refused if its calibration is impossible', () => {
    const { any } = manifest.recogniser.calibration.strata;
    const { points } = any;
    const withStratum = (changed: object) => {
      const calibration = { data: 'test', strata: { any: { ...any, ...changed } } };
      return schema.safeParse({ ...manifest, recogniser: { ...manifest.recogniser, calibration } }).success;
    };
    const withPoints = (changed: typeof points) => withStratum({ points: changed });
    assert.ok(withPoints(points));
    assert.ok(!withPoints([]));
    assert.ok(!withPoints(points.slice(1)));
    assert.ok(!withPoints([...points].reverse()));
    assert.ok(!withPoints([points[0], { ...points[1], upper95: 0 }]));
    assert.ok(!withPoints([points[0], { ...points[1], falseMatches: any.comparisons + 1 }]));
    assert.ok(!withPoints([...points.slice(0, 2), { ...points[2], upper95: 1 }]));
    assert.ok(!withStratum({ independent: any.comparisons + 1 }));
    assert.ok(!withStratum({ people: 1 }));
    assert.ok(!withStratum({ groups: { east_asian: 0 } }));
  });
});

/** A calibration need not have the harder strata, nor any certain group. */
function mayBeAbsent(path: readonly string[]): boolean {
  return path.at(-2) === 'groups' || ['sameGender', 'alike'].includes(path.at(-1)!);
}

type Tree = Record<string, unknown>;

/** Every key of the manifest, through its lists and objects. */
function pathsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = Array.isArray(value) ? [] : [[...path, key]];
    return [...here, ...pathsOf(inner, [...path, key])];
  });
}

function remove(tree: Tree, path: string[]): void {
  const parent = path.slice(0, -1).reduce<Tree>((node, key) => node[key] as Tree, tree);
  Reflect.deleteProperty(parent, path.at(-1)!);
}
