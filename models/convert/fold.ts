import type { Layer, Net, Operation } from './net.js';
import type { Tensor } from './tensor.js';

/**
 * Merges adjacent layers: a scale or shift into the convolution before it, and two clamps into one. Keeps
 * values that are read twice or are outputs.
 */
export function fold(net: Net): Net {
  const layers: Layer[] = [];
  const readers = countReaders(net);
  for (const layer of net.layers) {
    const before = layers.find(({ name }) => name === layer.inputs[0]);
    const merged =
      before && readers.get(before.name) === 1 ? merge(before.operation, layer.operation) : undefined;
    if (before && merged) layers.splice(layers.indexOf(before), 1);
    layers.push(before && merged ? { ...layer, operation: merged, inputs: before.inputs } : layer);
  }
  return { ...net, layers };
}

function countReaders(net: Net): Map<string, number> {
  const readers = new Map<string, number>();
  const read = [...net.layers.flatMap((layer) => layer.inputs), ...net.outputs.map((output) => output.name)];
  for (const name of read) readers.set(name, (readers.get(name) ?? 0) + 1);
  return readers;
}

function merge(first: Operation, second: Operation): Operation | undefined {
  if (first.kind === 'clamp' && second.kind === 'clamp') {
    const within = (value: number) => Math.min(Math.max(value, second.low), second.high);
    return { kind: 'clamp', low: within(first.low), high: within(first.high) };
  }
  if (first.kind !== 'convolution') return undefined;
  if (second.kind === 'shift') {
    return { ...first, bias: first.bias.map((bias, channel) => bias + second.terms[channel]) };
  }
  if (second.kind === 'scale') {
    return {
      ...first,
      weights: scaleFilters(first.weights, second.factors),
      bias: first.bias.map((bias, channel) => bias * second.factors[channel]),
    };
  }
  return undefined;
}

function scaleFilters({ shape, data }: Tensor, factors: Float32Array): Tensor {
  const each = data.length / shape[0];
  return { shape, data: data.map((weight, index) => weight * factors[Math.floor(index / each)]) };
}
