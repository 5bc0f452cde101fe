import { err, ok, type Result } from '../../result.js';

/** The values allowed for a number (SANE Standard 1.06, 4.2.9.8). In a range: min + k·quant, any if quant is 0. */
export type NumberConstraint =
  | { readonly kind: 'none' }
  | { readonly kind: 'range'; readonly min: number; readonly max: number; readonly quant: number }
  | { readonly kind: 'list'; readonly values: readonly number[] };

export type TextConstraint =
  { readonly kind: 'none' } | { readonly kind: 'list'; readonly values: readonly string[] };

export const units = ['none', 'pixel', 'bit', 'mm', 'dpi', 'percent', 'microsecond'] as const;

/** One option of a scanner (SANE Standard 1.06, 4.2.9). */
export type Option = {
  readonly index: number;
  /** Empty for a group, and for option 0, which holds the number of options. */
  readonly name: string;
  readonly title: string;
  readonly unit: (typeof units)[number];
  readonly active: boolean;
  readonly settable: boolean;
  readonly readable: boolean;
} & OptionType;

export type OptionType =
  | { readonly type: 'bool' }
  /** `count` numbers; an array if there are several. */
  | { readonly type: 'int' | 'fixed'; readonly count: number; readonly constraint: NumberConstraint }
  /** `size` bytes including the terminating NUL. */
  | { readonly type: 'string'; readonly size: number; readonly constraint: TextConstraint }
  | { readonly type: 'button' }
  | { readonly type: 'group' };

/** Setting a button to `true` presses it; it has no value to read. */
export type OptionValue = boolean | number | readonly number[] | string;

const wordSize = 4;

/** SANE_Fixed is in units of 1/65536 (SANE Standard 1.06, 4.2.4). */
const fixedScale = 65536;

function toWord(type: 'int' | 'fixed', value: number): number {
  return type === 'fixed' ? Math.round(value * fixedScale) : value;
}

export function fromWord(type: 'int' | 'fixed', word: number): number {
  return type === 'fixed' ? word / fixedScale : word;
}

/** The size in bytes of the option's value (SANE Standard 1.06, 4.2.9.6). */
export function valueSize(option: Option): number {
  switch (option.type) {
    case 'bool':
      return wordSize;
    case 'int':
    case 'fixed':
      return option.count * wordSize;
    case 'string':
      return option.size;
    case 'button':
    case 'group':
      return 0;
  }
}

/** The value as bytes for the driver; `not-allowed` unless type and constraint allow it exactly. */
export function encodeValue(option: Option, value: OptionValue): Result<Uint8Array, 'not-allowed'> {
  switch (option.type) {
    case 'bool':
      return typeof value === 'boolean' ? ok(bytesOf([value ? 1 : 0])) : err('not-allowed');
    case 'int':
    case 'fixed':
      return encodeNumbers(option, value);
    case 'string':
      return encodeText(option, value);
    case 'button':
      return value === true ? ok(new Uint8Array(0)) : err('not-allowed');
    case 'group':
      return err('not-allowed');
  }
}

/** The value in the driver's bytes, of which there are at least `valueSize(option)`. */
export function decodeValue(option: Option, bytes: Uint8Array): OptionValue {
  switch (option.type) {
    case 'bool':
      return wordAt(bytes, 0) !== 0;
    case 'int':
    case 'fixed': {
      const { type } = option;
      const numbers = Array.from({ length: option.count }, (_, i) => fromWord(type, wordAt(bytes, i)));
      return option.count === 1 ? numbers[0] : numbers;
    }
    case 'string': {
      const end = bytes.indexOf(0);
      return Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)).toString('utf8');
    }
    case 'button':
    case 'group':
      return true;
  }
}

function encodeNumbers(
  option: Option & { type: 'int' | 'fixed' },
  value: OptionValue,
): Result<Uint8Array, 'not-allowed'> {
  const numbers = typeof value === 'number' ? [value] : value;
  if (!Array.isArray(numbers) || numbers.length !== option.count) return err('not-allowed');
  const words = (numbers as readonly number[]).map((number) => toWord(option.type, number));
  return words.every((word) => wordAllowed(option, word)) ? ok(bytesOf(words)) : err('not-allowed');
}

function wordAllowed({ type, constraint }: Option & { type: 'int' | 'fixed' }, word: number): boolean {
  if (word !== (word | 0)) return false;
  switch (constraint.kind) {
    case 'none':
      return true;
    case 'list':
      return constraint.values.some((value) => toWord(type, value) === word);
    case 'range': {
      const [min, max, quant] = [constraint.min, constraint.max, constraint.quant].map((n) =>
        toWord(type, n),
      );
      return word >= min && word <= max && (quant === 0 || (word - min) % quant === 0);
    }
  }
}

function encodeText(
  option: Option & { type: 'string' },
  value: OptionValue,
): Result<Uint8Array, 'not-allowed'> {
  if (typeof value !== 'string' || value.includes('\0')) return err('not-allowed');
  if (option.constraint.kind === 'list' && !option.constraint.values.includes(value))
    return err('not-allowed');
  const text = Buffer.from(value, 'utf8');
  if (text.length + 1 > option.size) return err('not-allowed');
  // The whole buffer: a driver that chooses another value writes that one back.
  const bytes = new Uint8Array(option.size);
  bytes.set(text);
  return ok(bytes);
}

function bytesOf(words: readonly number[]): Uint8Array {
  return new Uint8Array(Int32Array.from(words).buffer);
}

function wordAt(bytes: Uint8Array, index: number): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).readInt32LE(index * wordSize);
}
