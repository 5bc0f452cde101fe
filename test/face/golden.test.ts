import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { goldenOutputs, deviation, tolerance } from '../../appliance/face/golden.js';
import { readManifest } from '../../appliance/face/manifest.js';
import { InferenceSession, Tensor } from '../../appliance/face/onnxruntime.js';
import { alone } from '../../appliance/face/recogniser.js';
import type { FaceModels } from '../../appliance/face/sessions.js';
import { installation } from '../../appliance/installation.js';
import { textOf } from '../../appliance/signature/municipal-key.js';
import { signatureOf } from '../../appliance/signature/signature.js';
import { startVault } from '../../appliance/vault-client/start-vault.js';
import { encodeOnnx } from '../../models/convert/onnx.js';
import { faceModels } from './samples.js';

type Role = 'detector' | 'mesh' | 'recogniser';
const roles: readonly Role[] = ['detector', 'mesh', 'recogniser'];

describe('the golden template', () => {
  let models: FaceModels;
  before(async () => (models = await faceModels()));

  const holds = async (changed: FaceModels) => (await deviation(changed)) <= tolerance;
  const netOf = (role: Role) => (role === 'recogniser' ? models.recogniser.members[0] : models[role]);
  const withSession = (role: Role, session: InferenceSession): FaceModels => {
    if (role !== 'recogniser') return { ...models, [role]: { ...models[role], session } };
    const [first, ...others] = models.recogniser.members;
    const members = [{ ...first, session }, ...others];
    return { ...models, recogniser: { ...models.recogniser, members } };
  };

  it('is matched by the built models, well within the tolerance', async () => {
    const apart = await deviation(models);
    assert.ok(apart < tolerance / 10, `${apart}`);
  });

  for (const role of roles) {
    it(`is missed by a ${role} with some weights negated`, async () => {
      const bytes = readFileSync(join(installation.models, netOf(role).about.file));
      const at = weightsIn(bytes);
      for (let weight = 0; weight < 64; weight++) bytes[at + 4 * weight + 3] ^= 0x80;
      assert.ok(!(await holds(withSession(role, await InferenceSession.create(bytes)))));
    });

    for (const [what, wrong] of [
      ['nothing', () => 0],
      ['what is no number', () => NaN],
      ['a little too much', (value: number) => value * 1.001],
    ] as const) {
      it(`is missed if the ${role} answers ${what}`, async () => {
        assert.ok(!(await holds(withSession(role, running(netOf(role).session, wrong)))));
      });
    }
  }

  it('is missed by another model', async () => {
    const manifest = readManifest(installation.manifest);
    assert.ok(manifest.ok);
    const other = manifest.value.candidates[0];
    const session = await InferenceSession.create(readFileSync(join(installation.models, other.file)));
    const [{ about }] = models.recogniser.members;
    const alignment = { ...about.alignment, size: other.input.shape[2] };
    const recogniser = alone({ session, about: { ...about, input: other.input, alignment } });
    assert.ok(!(await holds({ ...models, recogniser })));
  });
});

describe('the vault', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-golden-'));
  after(() => rmSync(folder, { recursive: true }));

  const { privateKey } = generateKeyPairSync('ed25519');
  const trust = textOf(privateKey);

  /** Starts with a signed pack; returns the deviation from its golden outputs in ppm, or the fault. */
  async function startWith(recogniser: object, signed = true) {
    const manifest = Buffer.from(JSON.stringify({ version: 1, recogniser }));
    const file = join(folder, 'manifest.json');
    writeFileSync(file, manifest);
    rmSync(`${file}.sig`, { force: true });
    if (signed) writeFileSync(`${file}.sig`, signatureOf(manifest, 'pack', privateKey));
    const vault = await startVault({ pack: folder, trust });
    if (vault.ok) await vault.value.erase();
    return vault.ok ? vault.value.recogniser.golden.ppm : vault.error;
  }

  /** The built-in recogniser as a pack with this golden output. */
  async function packWith(golden: readonly number[] | undefined) {
    const { recogniser } = await faceModels();
    const [{ about }] = recogniser.members;
    copyFileSync(join(installation.models, about.file), join(folder, about.file));
    const { source: _, ...net } = about as typeof about & { source: unknown };
    return { ...net, id: 'own', outputs: [{ ...about.outputs[0], golden }] };
  }

  it('does not start with a recogniser that misses its golden template, signed or not', async () => {
    const { recognisers } = await goldenOutputs(await faceModels());
    const [first, ...rest] = recognisers[0].template;
    assert.equal(await startWith(await packWith([first + 0.01, ...rest])), 'model-unsound');
    assert.equal(await startWith(await packWith(rest)), 'model-unsound');
    assert.equal(await startWith(await packWith(undefined)), 'model-mismatch');
    const right = await packWith([first, ...rest]);
    assert.equal(await startWith(right, false), 'model-unsigned');
    const ppm = await startWith(right);
    assert.ok(typeof ppm === 'number' && ppm < 10, `${ppm}`);
  });

  it('does not start with a net that answers the same to every picture, whatever its golden template', async () => {
    const { file: _, ...right } = await packWith([1, ...new Array<number>(127).fill(0)]);
    const [{ shape }] = right.outputs;
    const length = Number(shape[1]);
    const constant = encodeOnnx({
      name: 'constant',
      inputs: [{ name: right.input.name, type: 'float32', shape: [...right.input.shape] }],
      outputs: [{ name: right.outputs[0].name, type: 'float32', shape: ['N', length] }],
      constants: [
        { name: 'zero', shape: [1], data: Float32Array.of(0) },
        {
          name: 'one',
          shape: [1, length],
          data: Float32Array.of(1, ...new Array<number>(length - 1).fill(0)),
        },
        { name: 'flat', shape: [2], data: BigInt64Array.of(0n, -1n) },
        { name: 'axes', shape: [1], data: BigInt64Array.of(1n) },
      ],
      nodes: [
        { operator: 'Mul', inputs: [right.input.name, 'zero'], outputs: ['nothing'] },
        { operator: 'Reshape', inputs: ['nothing', 'flat'], outputs: ['row'] },
        { operator: 'ReduceSum', inputs: ['row', 'axes'], outputs: ['sum'] },
        { operator: 'Add', inputs: ['sum', 'one'], outputs: [right.outputs[0].name] },
      ],
    });
    writeFileSync(join(folder, 'constant.onnx'), constant);
    const sha256 = createHash('sha256').update(constant).digest('hex');
    const forged = { ...right, file: 'constant.onnx', sha256, bytes: constant.length };
    assert.equal(await startWith(forged), 'model-unsound');
    assert.equal(await startWith({ ...forged, id: 'dlib-resnet' }), 'model-mismatch');
  });
});

/** An offset in a net's file that is within its weights: a long run of small numbers. */
function weightsIn(bytes: Buffer): number {
  const isWeight = (at: number) => {
    const value = Math.abs(bytes.readFloatLE(at));
    return value > 1e-6 && value < 5;
  };
  const isRun = (at: number) => Array.from({ length: 256 }, (_, i) => at + 4 * i).every(isWeight);
  const at = Array.from({ length: bytes.length / 2 }, (_, i) => Math.floor(bytes.length / 4) + i).find(isRun);
  assert.ok(at !== undefined);
  return at;
}

/** A session that changes every answer. */
function running(session: InferenceSession, change: (value: number) => number): InferenceSession {
  const run = async (feeds: Record<string, Tensor>) => {
    const outputs = await session.run(feeds);
    return Object.fromEntries(
      Object.entries(outputs).map(([name, { data, dims }]) => [
        name,
        new Tensor('float32', (data as Float32Array).map(change), dims),
      ]),
    );
  };
  return { run } as unknown as InferenceSession;
}
