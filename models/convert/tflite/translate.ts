import { type Net, NetLayout, type Value } from '../net.js';
import type { Operand } from '../operands.js';
import { Unconvertible } from '../unconvertible.js';
import type { TfliteModel, TfliteTensor } from './model.js';
import { operators } from './operators.js';

/** Translates a TensorFlow Lite model to a net whose output is named `output`. Throws `Unconvertible`. */
export function translateTflite(model: TfliteModel, output: string): Net {
  const net = new NetLayout(shapeOf(tensorAt(model, model.input)));
  const values = new Map<number, Value>([[model.input, net.input]]);

  const operandAt = (index: number): Operand => {
    const { shape, data, name } = tensorAt(model, index);
    const operand = values.get(index) ?? (data && { shape, data });
    if (!operand) throw new Unconvertible(`${name} is read before anything computes it`);
    return operand;
  };

  for (const { operator, inputs, output: index, options } of model.operators) {
    const translated = operators.get(operator);
    if (!translated) throw new Unconvertible(`${operator} is not supported`);
    const value = translated(net, options, inputs.map(operandAt));
    const { name, ...stated } = tensorAt(model, index);
    if (value.shape.join() !== shapeOf(stated).join())
      throw new Unconvertible(`${name}: not of the stated shape`);
    values.set(index, value);
  }

  const result = values.get(model.output);
  if (!result || result === net.input) throw new Unconvertible('nothing computes the output');
  return net.finish({ [output]: result });
}

function tensorAt(model: TfliteModel, index: number): TfliteTensor {
  if (!(index in model.tensors)) throw new Unconvertible(`there is no tensor ${index}`);
  return model.tensors[index];
}

/** [channels, height, width] of a picture, [features] of a vector, without the batch. */
function shapeOf({ shape: [, ...shape] }: Pick<TfliteTensor, 'shape'>): number[] {
  const [height, width, channels] = shape;
  return shape.length === 3 ? [channels, height, width] : shape;
}
