import * as z from 'zod';

import { isTimeZone } from '../clock/zone.js';
import type { Bilingual } from '../protocol/language.js';
import { chipLines, headerLines } from './pins.js';
import { unseenClass } from './unseen.js';

declare const mark: unique symbol;

/** A setting's schema with a description of the values that it accepts. */
type Described = z.ZodType & { readonly [mark]: true };

const descriptions = z.registry<Bilingual>();

/** Describes what a setting accepts. This must be the last step: a schema's methods return copies of it. */
export function described<Schema extends z.ZodType>(schema: Schema, accepts: Bilingual): Schema & Described {
  descriptions.add(schema, accepts);
  return schema as Schema & Described;
}

/** A table of settings; one without a description does not compile. */
export function table<Shape extends Readonly<Record<string, Described>>>(shape: Shape) {
  return z.strictObject(shape);
}

export function descriptionOf(schema: z.ZodType): Bilingual {
  return descriptions.get(schema)!;
}

/** Every character can be seen, or is a blank; none changes the direction of the line. */
const printable = z.string().regex(new RegExp(`^[^${unseenClass}]*$`, 'u'));

/** A name to show on the screen; empty by default. */
export function text(longest: number) {
  return described(printable.max(longest).default(''), {
    ja: `${longest}文字までの文字`,
    en: `text of at most ${longest} characters`,
  });
}

/** The name of a device, or `auto`. */
export function deviceName(device: Bilingual) {
  return described(printable.min(1).max(200).default('auto'), {
    ja: `"auto" か${device.ja}の名前`,
    en: `"auto" or the ${device.en}`,
  });
}

/** A file or folder: beside the settings, or anywhere if it begins with a slash. */
export function path(accepts: Bilingual) {
  return described(printable.min(1).max(500).optional(), accepts);
}

/** A public key, or none. */
export function key(schema: z.ZodString, accepts: Bilingual) {
  return described(schema.optional(), accepts);
}

/**
 * One of several names; the description lists the default first.
 *
 * @param japaneseFor what a name means, for the Japanese description
 */
export function oneOf<Names extends z.core.util.EnumLike>(
  names: z.ZodEnum<Names>,
  byDefault: NoInfer<Names[keyof Names]>,
  japaneseFor?: (name: string) => string,
) {
  const options = [...new Set([byDefault, ...names.options])].map(String);
  return described(names.default(byDefault), namesWords(options, japaneseFor));
}

/** One of several names, or none. */
export function optionalOneOf<Names extends z.core.util.EnumLike>(names: z.ZodEnum<Names>) {
  return described(names.optional(), namesWords(names.options.map(String)));
}

function namesWords(names: readonly string[], japaneseFor?: (name: string) => string): Bilingual {
  const japanese = names.map((name) => (japaneseFor ? `"${name}"（${japaneseFor(name)}）` : `"${name}" `));
  const english = names.map((name) => `"${name}"`);
  return {
    ja: japanese.join('か ').trimEnd(),
    en: new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(english),
  };
}

/** A time zone by its name in the IANA database. */
export function timeZone(byDefault: string) {
  return described(z.string().max(64).refine(isTimeZone).default(byDefault), {
    ja: `"${byDefault}" のような、地域の時間帯の名前`,
    en: `the name of a time zone, such as "${byDefault}"`,
  });
}

export function yesOrNo(byDefault: boolean) {
  return described(z.boolean().default(byDefault), { ja: 'true か false', en: 'true or false' });
}

/** A whole number within the bounds that its schema has. */
export function whole(schema: z.ZodNumber, byDefault: number, unit: Bilingual = { ja: '', en: '' }) {
  const { minValue: least, maxValue: most } = schema;
  return described(schema.default(byDefault), {
    ja: `${least}から${most}までの整数${unit.ja}`,
    en: `a whole number${unit.en} from ${least} to ${most}`,
  });
}

export function seconds(least: number, most: number, byDefault: number) {
  const schema = z.number().int().min(least).max(most);
  return whole(schema, byDefault, { ja: '（秒）', en: ' of seconds' });
}

/** A line of the GPIO chip: on a Raspberry Pi its BCM number. `misplacedPins` checks the narrower range there. */
export function pin(byDefault: number) {
  const { first, last } = headerLines;
  return described(z.number().int().min(chipLines.first).max(chipLines.last).default(byDefault), {
    ja: `${first}から${last}までのBCM番号（chip に名前を書いたときは${chipLines.first}から${chipLines.last}まで）`,
    en: `a BCM number from ${first} to ${last} (${chipLines.first} to ${chipLines.last} where chip has a name)`,
  });
}
