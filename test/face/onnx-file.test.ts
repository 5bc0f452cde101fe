import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import protobuf from 'protobufjs';

import { readManifest, readModel } from '../../appliance/face/manifest.js';
import { hasExternalData } from '../../appliance/face/onnx-file.js';
import { InferenceSession, Tensor } from '../../appliance/face/onnxruntime.js';
import { installation } from '../../appliance/installation.js';
import { encodeOnnx, type OnnxGraph } from '../../models/convert/onnx.js';

/** The parts of onnx.proto3 (ONNX 1.15.0) that can hold a tensor, with the standard's numbers. */
const onnx = protobuf.parse(`
  syntax = "proto3";
  package onnx;
  message ModelProto {
    int64 ir_version = 1;
    string producer_name = 2;
    GraphProto graph = 7;
    repeated OperatorSetIdProto opset_import = 8;
    repeated TrainingInfoProto training_info = 20;
    repeated FunctionProto functions = 25;
  }
  message OperatorSetIdProto { string domain = 1; int64 version = 2; }
  message TrainingInfoProto { GraphProto initialization = 1; GraphProto algorithm = 2; }
  message GraphProto {
    repeated NodeProto node = 1;
    string name = 2;
    repeated TensorProto initializer = 5;
    repeated bytes input = 11;
    repeated bytes output = 12;
    repeated SparseTensorProto sparse_initializer = 15;
  }
  message FunctionProto {
    string name = 1;
    repeated NodeProto node = 7;
    repeated AttributeProto attribute_proto = 11;
  }
  message NodeProto {
    repeated string input = 1;
    repeated string output = 2;
    string name = 3;
    string op_type = 4;
    repeated AttributeProto attribute = 5;
  }
  message AttributeProto {
    string name = 1;
    TensorProto t = 5;
    GraphProto g = 6;
    repeated TensorProto tensors = 10;
    repeated GraphProto graphs = 11;
    int32 type = 20;
    SparseTensorProto sparse_tensor = 22;
    repeated SparseTensorProto sparse_tensors = 23;
  }
  message SparseTensorProto { TensorProto values = 1; TensorProto indices = 2; repeated int64 dims = 3; }
  message StringStringEntryProto { string key = 1; string value = 2; }
  message TensorProto {
    repeated int64 dims = 1;
    int32 data_type = 2;
    string name = 8;
    bytes raw_data = 9;
    repeated StringStringEntryProto external_data = 13;
    int32 data_location = 14;
  }
`).root;
const model = onnx.lookupType('onnx.ModelProto');

const tensor = { dims: [1], dataType: 1, name: 'w' };
const inside = { ...tensor, rawData: Buffer.alloc(4) };
const outside = { ...tensor, externalData: [{ key: 'location', value: 'weights' }], dataLocation: 1 };
type TensorFields = typeof inside | typeof outside;

/** Every place of a tensor, as the standard nests them. */
const places: Readonly<Record<string, (tensor: TensorFields) => object>> = {
  'an initializer': (tensor) => ({ graph: { initializer: [tensor] } }),
  'the values of a sparse one': (values) => ({ graph: { sparseInitializer: [{ values }] } }),
  'its indices': (indices) => ({ graph: { sparseInitializer: [{ values: inside, indices }] } }),
  'an attribute': (t) => ({ graph: { node: [{ attribute: [{ t }] }] } }),
  'a list in an attribute': (t) => ({ graph: { node: [{ attribute: [{ tensors: [inside, t] }] }] } }),
  'a sparse attribute': (values) => ({ graph: { node: [{ attribute: [{ sparseTensor: { values } }] }] } }),
  'a list of them': (values) => ({ graph: { node: [{ attribute: [{ sparseTensors: [{ values }] }] }] } }),
  'a graph in a graph': (tensor) => ({
    graph: { node: [{ attribute: [{ g: { node: [{ attribute: [{ g: { initializer: [tensor] } }] }] } }] }] },
  }),
  'one of several graphs': (tensor) => ({
    graph: { node: [{ attribute: [{ graphs: [{}, { initializer: [tensor] }] }] }] },
  }),
  'a function': (t) => ({ functions: [{ node: [{ attribute: [{ t }] }] }] }),
  "a function's default": (t) => ({ functions: [{ attributeProto: [{ t }] }] }),
  'the initialization of a training': (tensor) => ({
    trainingInfo: [{ initialization: { initializer: [tensor] } }],
  }),
  'its algorithm': (tensor) => ({ trainingInfo: [{ algorithm: { initializer: [tensor] } }] }),
};

const encode = (fields: object) => model.encode(model.fromObject(fields)).finish();

describe('data of a net outside its file', () => {
  for (const [place, at] of Object.entries(places))
    it(`is noticed in ${place}, and only then`, () => {
      assert.equal(hasExternalData(encode(at(outside))), true);
      assert.equal(hasExternalData(encode(at(inside))), false);
      // Either field alone: onnxruntime goes by data_location, another reader by the location.
      assert.equal(hasExternalData(encode(at({ ...inside, dataLocation: 1 }))), true);
      assert.equal(hasExternalData(encode(at({ ...outside, dataLocation: 0 }))), true);
    });

  it('is noticed after a graph without it, since protobuf joins the parts of a message', () => {
    const parts = [{ graph: { initializer: [inside] } }, { graph: { initializer: [outside] } }].map(encode);
    assert.equal(hasExternalData(Buffer.concat(parts)), true);
  });

  it('is in no net of the manifest', () => {
    const manifest = readManifest(installation.manifest);
    assert.ok(manifest.ok);
    const { detector, mesh, recogniser, alternatives, candidates } = manifest.value;
    for (const net of [detector, mesh, recogniser, ...alternatives, ...candidates])
      assert.ok(readModel(installation.models, net).ok, net.id);
  });

  it('makes a net be refused that onnxruntime would run', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'terashi-onnx-'));
    try {
      const vector = { type: 'float32', shape: [1] } as const;
      const graph: OnnxGraph = {
        name: 'added',
        inputs: [{ name: 'x', ...vector }],
        outputs: [{ name: 'y', ...vector }],
        constants: [{ name: 'w', shape: [1], data: Float32Array.of(0.25) }],
        nodes: [{ operator: 'Add', inputs: ['x', 'w'], outputs: ['y'] }],
      };
      const whole = model.toObject(model.decode(encodeOnnx(graph))) as { graph: { initializer: object[] } };
      whole.graph.initializer = [outside];
      const file = join(folder, 'net.onnx');
      const bytes = encode(whole);
      writeFileSync(file, bytes);
      writeFileSync(join(folder, 'weights'), Buffer.from(Float32Array.of(0.25).buffer));
      const session = await InferenceSession.create(file);
      const { y } = await session.run({ x: new Tensor('float32', Float32Array.of(1), [1]) });
      assert.equal(y.data[0], 1.25);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      assert.deepEqual(readModel(folder, { file: 'net.onnx', sha256 }), {
        ok: false,
        error: 'model-external-data',
      });
      const inOne = encodeOnnx(graph);
      writeFileSync(file, inOne);
      assert.ok(
        readModel(folder, { file: 'net.onnx', sha256: createHash('sha256').update(inOne).digest('hex') }).ok,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a file that is not ONNX', () => {
  it("is known, as is one in onnxruntime's own format", () => {
    // A FlatBuffer: the offset of its root, then its identifier (core/flatbuffers/schema/ort.fbs: "ORTM").
    assert.equal(hasExternalData(Buffer.from('\x18\0\0\0ORTM\0\0\0\0', 'latin1')), undefined);
    assert.equal(hasExternalData(Buffer.from('{"graph":1}')), undefined);
    // A group, which proto3 has none of; a graph that is a number; a length beyond the end.
    for (const bytes of [
      [0x3b, 0x3c],
      [0x38, 1],
      [0x3a, 5, 0],
    ])
      assert.equal(hasExternalData(Uint8Array.from(bytes)), undefined);
  });

  it('never throws, whatever it holds', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void hasExternalData(bytes)));
    // A net cut anywhere, or with one byte changed, is read to an answer too.
    const net = encode(places['a graph in a graph'](outside));
    fc.assert(
      fc.property(fc.nat(net.length - 1), fc.nat(255), (at, byte) => {
        hasExternalData(net.subarray(0, at));
        hasExternalData(Buffer.from(net).fill(byte, at, at + 1));
      }),
    );
  });

  it('is refused where it is nested without end', () => {
    let bytes = Uint8Array.of();
    const length = (bytes: Uint8Array) => [(bytes.length & 0x7f) | 0x80, (bytes.length >> 7) & 0x7f];
    for (let depth = 0; depth < 200; depth++) {
      // A graph in an attribute (6) of a node (5) of a graph (1).
      for (const field of [0x32, 0x2a, 0x0a]) bytes = Uint8Array.of(field, ...length(bytes), ...bytes);
    }
    assert.equal(hasExternalData(Uint8Array.of(0x3a, ...length(bytes), ...bytes)), undefined);
  });
});
