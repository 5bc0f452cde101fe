import * as z from 'zod';

import { readWeights, weightsManifest } from './weights.js';
import type { Tensor } from './tensor.js';

const text = z.string().transform((base64) => Buffer.from(base64, 'base64').toString('latin1'));

/** The node attributes that these nets use. */
const attributes = z.object({
  padding: z.object({ s: text }).optional(),
  strides: z.object({ list: z.object({ i: z.array(z.coerce.number()) }) }).optional(),
  dilations: z.object({ list: z.object({ i: z.array(z.coerce.number()) }) }).optional(),
  ksize: z.object({ list: z.object({ i: z.array(z.coerce.number()) }) }).optional(),
  fused_ops: z.object({ list: z.object({ s: z.array(text) }) }).optional(),
  shape: z
    .object({ shape: z.object({ dim: z.array(z.object({ size: z.coerce.number() })) }).optional() })
    .optional(),
});

const node = z.object({
  name: z.string(),
  op: z.string(),
  input: z.array(z.string()).default([]),
  attr: attributes.default({}),
});
export type GraphNode = z.infer<typeof node>;

const graphModel = z.object({
  format: z.literal('graph-model'),
  modelTopology: z.object({ node: z.array(node) }),
  weightsManifest,
});

/** A frozen TensorFlow graph: nodes by name, and its constants. */
export type GraphModel = {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly weights: ReadonlyMap<string, Tensor>;
};

/** Reads a TensorFlow.js graph model from its two files: the topology (JSON) and the weights. */
export function readGraphModel(topology: Uint8Array, weights: Uint8Array): GraphModel {
  const model = graphModel.parse(JSON.parse(Buffer.from(topology).toString('utf8')));
  return {
    nodes: new Map(model.modelTopology.node.map((each) => [each.name, each])),
    weights: readWeights(model.weightsManifest, weights),
  };
}
