import type { GraphModel } from './graph-model.js';
import { type Net, NetLayout, type Value } from './net.js';
import { operators } from './operators.js';
import { Unconvertible } from './unconvertible.js';

/**
 * Translates a TensorFlow.js graph model to a net. `outputs` maps output names to graph nodes; nodes that no
 * output needs are dropped. Throws `Unconvertible` on an unknown operator.
 */
export function translate(model: GraphModel, outputs: Readonly<Record<string, string>>): Net {
  const net = new NetLayout(inputShape(model));
  const values = new Map<string, Value>();

  const follow = (name: string): Value => {
    const known = values.get(name);
    if (known) return known;
    const node = model.nodes.get(name);
    if (!node) throw new Unconvertible(`the graph has no node ${name}`);
    const operator = operators.get(node.op);
    if (node.op !== 'Placeholder' && !operator)
      throw new Unconvertible(`${name}: ${node.op} is not supported`);
    const value = operator
      ? operator(
          net,
          node,
          node.input.map((input) => model.weights.get(input) ?? follow(input)),
        )
      : net.input;
    values.set(name, value);
    return value;
  };

  return net.finish(Object.fromEntries(Object.entries(outputs).map(([name, node]) => [name, follow(node)])));
}

/**
 * [channels, height, width] of the only placeholder, stored by TensorFlow as [batch, height, width,
 * channels].
 */
function inputShape(model: GraphModel): [number, number, number] {
  const placeholders = [...model.nodes.values()].filter((node) => node.op === 'Placeholder');
  const sizes = placeholders[0]?.attr.shape?.shape?.dim.map((dimension) => dimension.size);
  if (placeholders.length !== 1 || sizes?.length !== 4)
    throw new Unconvertible('expected one picture as the input');
  return [sizes[3], sizes[1], sizes[2]];
}
