import koffi from 'koffi';
import * as z from 'zod';

import { cEnum } from './c-enum.js';
import {
  fromWord,
  units,
  type NumberConstraint,
  type Option,
  type OptionType,
  type TextConstraint,
} from './option.js';

// SANE_Option_Descriptor (4.2.9). The constraint's kind says what its union of three pointers is.
const descriptorType = koffi.struct({
  name: 'str',
  title: 'str',
  description: 'str',
  type: 'int',
  unit: 'int',
  size: 'int',
  capabilities: 'int',
  constraintKind: 'int',
  constraint: 'void *',
});
const rangeType = koffi.struct({ min: 'int', max: 'int', quant: 'int' });

/** In bytes. A larger size is the driver's mistake. */
const largestValue = 1 << 20;
const longestList = 4096;

const text = z
  .string()
  .nullable()
  .transform((name) => name ?? '');

/** The fields of a descriptor; the numbers are those of the standard's tables (4.2.9.4 to 4.2.9.8). */
const descriptor = z.object({
  name: text,
  title: text,
  type: cEnum(['bool', 'int', 'fixed', 'string', 'button', 'group']),
  // Only title and type of a group are valid; the other fields are checked where they are used.
  unit: cEnum(units).catch('none'),
  size: z.number(),
  capabilities: z.number(),
  constraintKind: cEnum(['none', 'range', 'words', 'strings', 'unknown']).catch('unknown'),
  constraint: z.bigint().nullable(),
});
type Descriptor = z.infer<typeof descriptor>;

const softSelect = 1;
const softDetect = 4;
const inactive = 32;

/** Reads the descriptor at `address` in the driver's memory; undefined if it is invalid. */
export function readDescriptor(address: bigint, index: number): Option | undefined {
  const parsed = descriptor.safeParse(koffi.decode(address, descriptorType));
  if (!parsed.success) return undefined;
  const { name, title, unit, capabilities } = parsed.data;
  const type = readType(parsed.data);
  return (
    type && {
      index,
      name,
      title,
      unit,
      active: (capabilities & inactive) === 0,
      settable: (capabilities & softSelect) !== 0,
      readable: (capabilities & softDetect) !== 0,
      ...type,
    }
  );
}

function readType(of: Descriptor): OptionType | undefined {
  switch (of.type) {
    case 'bool':
      return of.size === 4 ? { type: 'bool' } : undefined;
    case 'int':
    case 'fixed': {
      const constraint = readNumberConstraint(of, of.type);
      if (!constraint || !isValidSize(of.size) || of.size % 4 !== 0) return undefined;
      return { type: of.type, count: of.size / 4, constraint };
    }
    case 'string': {
      const constraint = readTextConstraint(of);
      return constraint && isValidSize(of.size) ? { type: 'string', size: of.size, constraint } : undefined;
    }
    case 'button':
    case 'group':
      return { type: of.type };
  }
}

function isValidSize(size: number): boolean {
  return size > 0 && size <= largestValue;
}

function readNumberConstraint(of: Descriptor, type: 'int' | 'fixed'): NumberConstraint | undefined {
  if (of.constraintKind === 'none') return { kind: 'none' };
  if (of.constraint === null) return undefined;
  if (of.constraintKind === 'range') {
    const range = koffi.decode(of.constraint, rangeType) as { min: number; max: number; quant: number };
    if (range.min > range.max || range.quant < 0) return undefined;
    const [min, max, quant] = [range.min, range.max, range.quant].map((word) => fromWord(type, word));
    return { kind: 'range', min, max, quant };
  }
  if (of.constraintKind !== 'words') return undefined;
  // The first word is the list's length (4.2.9.8).
  const length = koffi.decode.int32(of.constraint);
  if (length < 1 || length > longestList) return undefined;
  const [, ...words] = koffi.decode(of.constraint, 'int', length + 1) as Iterable<number>;
  return { kind: 'list', values: words.map((word) => fromWord(type, word)) };
}

function readTextConstraint(of: Descriptor): TextConstraint | undefined {
  if (of.constraintKind === 'none') return { kind: 'none' };
  if (of.constraintKind !== 'strings' || of.constraint === null) return undefined;
  const values: string[] = [];
  for (const address of pointersAt(of.constraint, longestList)) values.push(koffi.decode.string(address));
  return { kind: 'list', values };
}

/** The pointers of a null-terminated list, at most `longest`. */
export function* pointersAt(list: bigint, longest: number): Generator<bigint> {
  const pointerSize = BigInt(koffi.sizeof('void *'));
  for (let i = 0; i < longest; i++) {
    const address = koffi.decode(list + BigInt(i) * pointerSize, 'void *') as bigint | null;
    if (address === null) return;
    yield address;
  }
}
