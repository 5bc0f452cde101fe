import type { Layer, Net } from './net.js';

/**
 * Replaces relu(x) + s · (x − |x|), as TensorFlow Lite's older converter writes a PReLU, by one layer: x − |x| is 0 or
 * 2 x, so that the slopes are 2 s, and no rounding differs.
 */
export function foldPrelu(net: Net): Net {
  const makers = new Map(net.layers.map((layer) => [layer.name, layer]));
  return withoutUnread({ ...net, layers: net.layers.map((layer) => preluOf(layer, makers) ?? layer) });
}

function preluOf(sum: Layer, makers: ReadonlyMap<string, Layer>): Layer | undefined {
  if (sum.operation.kind !== 'add') return undefined;
  const [positive, scaled] = sum.inputs.map((name) => makers.get(name));
  if (positive?.operation.kind !== 'clamp' || scaled?.operation.kind !== 'scale') return undefined;
  const { low, high } = positive.operation;
  const twice = makers.get(scaled.inputs[0]);
  if (low !== 0 || high !== Infinity || twice?.operation.kind !== 'subtract') return undefined;
  const [input, size] = twice.inputs;
  const absolute = makers.get(size);
  if (absolute?.operation.kind !== 'absolute') return undefined;
  if (positive.inputs[0] !== input || absolute.inputs[0] !== input) return undefined;
  const slopes = scaled.operation.factors.map((factor) => 2 * factor);
  return { ...sum, operation: { kind: 'prelu', slopes }, inputs: [input] };
}

/** Leaves out the layers that no output needs. */
function withoutUnread(net: Net): Net {
  const read = new Set(net.outputs.map(({ name }) => name));
  const kept: Layer[] = [];
  for (const layer of net.layers.toReversed()) {
    if (!read.has(layer.name)) continue;
    kept.push(layer);
    layer.inputs.forEach((name) => read.add(name));
  }
  return { ...net, layers: kept.reverse() };
}
