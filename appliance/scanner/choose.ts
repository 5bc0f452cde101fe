import { encodeValue, type Option } from './sane/option.js';

/** The resolutions at which a document may be scanned, in dots per inch. */
export const lowestResolution = 300;
export const highestResolution = 600;

/**
 * Colour if available, else grey; of each the mode with 8 bits a sample, else a deeper one. Drivers name their modes
 * differently ("color", "Color24", "24bit Color[Fast]", "True Gray"): README.md lists them.
 */
export function chooseMode(option: Option | undefined): string | undefined {
  const modes = textValues(option).filter((mode) => !withoutTones.test(mode));
  return colourOrGrey(modes.filter((mode) => !deep.test(mode))) ?? colourOrGrey(modes);
}

/** Modes of single dots, and of film. */
const withoutTones = /lineart|halftone|dither|diffusion|negative/i;

/** 10 to 16 bits a sample, or three times as many a pixel; but not "16 million colors". */
const deep = /(?<!\d)(10|12|14|16|30|36|42|48)(?!\d| ?mill)/i;

function colourOrGrey(modes: readonly string[]): string | undefined {
  const names = [/^colou?r$/i, /colou?r|^rgb/i, /^gr[ae]y$/i, /gr[ae]y/i];
  return names.flatMap((name) => modes.find((mode) => name.test(mode)) ?? []).at(0);
}

/** The glass, on a scanner that also has a feeder or a lamp for film. */
export function chooseSource(option: Option | undefined): string | undefined {
  return textValues(option).find((source) => glass.test(source));
}

const glass = /flat[- ]?bed|document (table|glass)|platen|reflective|^(fb|normal|glass)$/i;
const film = /transparen|negative|positive|slide|film|^(tpu|tma|xpa)/i;

/** Whether the scanner takes film only, so that no card can be laid on it. */
export function isForFilm(option: Option | undefined): boolean {
  const sources = textValues(option);
  return sources.length > 0 && sources.every((source) => film.test(source));
}

/** 8 bits a sample, else the next deeper choice. Some drivers list the depths as texts. */
export function chooseDepth(option: Option | undefined): number | string | undefined {
  if (option?.type === 'string') {
    const texts = textValues(option).filter((depth) => Number(depth) >= 8);
    return texts.sort((a, b) => Number(a) - Number(b)).at(0);
  }
  const depths = numbersAround(option, 8).filter((depth) => depth >= 8);
  return depths.length > 0 ? Math.min(...depths) : undefined;
}

/**
 * The resolution within 300 to 600 dpi nearest to `requested` from above, else from below, that all the options allow:
 * one, or one a direction. Undefined if there is none.
 */
export function chooseResolution(options: readonly Option[], requested: number): number | undefined {
  const isAllowed = (dpi: number) =>
    dpi >= lowestResolution &&
    dpi <= highestResolution &&
    options.every((option) => encodeValue(option, dpi).ok);
  const candidates = options.flatMap((option) => numbersAround(option, requested)).filter(isAllowed);
  const above = candidates.filter((dpi) => dpi >= requested);
  return above.length > 0 ? Math.min(...above) : candidates.length > 0 ? Math.max(...candidates) : undefined;
}

/**
 * The resolution of a scanner that has no option for it: as many dots as the glass is wide. Where the width is unknown
 * too, 300 dpi, as cardscan's scanners have (sane-cardscan(5)), unless the page were then wider than A3.
 *
 * @param width in dots
 * @param millimetres the width of the glass, if known
 */
export function fixedResolution(width: number, millimetres: number | undefined): number {
  if (millimetres !== undefined && millimetres > 0) return Math.round((width / millimetres) * 25.4);
  const widest = (297 / 25.4) * lowestResolution;
  return width <= widest ? lowestResolution : highestResolution;
}

/** The option's smallest or largest value: an edge of the glass. */
export function chooseEdge(option: Option | undefined, edge: 'near' | 'far'): number | undefined {
  if (option?.type !== 'int' && option?.type !== 'fixed') return undefined;
  const { constraint } = option;
  switch (constraint.kind) {
    case 'none':
      return undefined;
    case 'list':
      return edge === 'near' ? Math.min(...constraint.values) : Math.max(...constraint.values);
    case 'range':
      return edge === 'near' ? constraint.min : steps(constraint, constraint.max, Math.floor);
  }
}

function textValues(option: Option | undefined): readonly string[] {
  return option?.type === 'string' && option.constraint.kind === 'list' ? option.constraint.values : [];
}

function numbersAround(option: Option | undefined, requested: number): readonly number[] {
  if (option?.type !== 'int' && option?.type !== 'fixed') return [];
  const { constraint } = option;
  switch (constraint.kind) {
    case 'none':
      return [requested];
    case 'list':
      return constraint.values;
    case 'range': {
      const clamped = Math.min(Math.max(requested, constraint.min), constraint.max);
      return [steps(constraint, clamped, Math.ceil), steps(constraint, clamped, Math.floor)].filter(
        (value) => value <= constraint.max,
      );
    }
  }
}

/** The allowed value next to `value`: `min` plus a whole number of quanta. */
function steps(
  range: { readonly min: number; readonly quant: number },
  value: number,
  round: (steps: number) => number,
): number {
  return range.quant === 0 ? value : range.min + round((value - range.min) / range.quant) * range.quant;
}
