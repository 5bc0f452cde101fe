import type { Option } from './sane/option.js';

/** The resolutions at which a document may be scanned, in dots per inch. */
export const lowestResolution = 300;
export const highestResolution = 600;

/** Colour if available, else grey. Drivers name their modes differently ("24bit Color", "True Gray"). */
export function chooseMode(option: Option | undefined): string | undefined {
  const modes = textValues(option);
  return (
    modes.find((mode) => mode === 'Color') ??
    modes.find((mode) => /colou?r/i.test(mode)) ??
    modes.find((mode) => mode === 'Gray') ??
    modes.find((mode) => /gr[ae]y/i.test(mode))
  );
}

/** The flatbed, on a scanner that also has a feeder. Some drivers call it "Normal" or "Document Table". */
export function chooseSource(option: Option | undefined): string | undefined {
  return textValues(option).find((source) => /flatbed|document table|platen|^normal$/i.test(source));
}

/** The resolution within 300 to 600 dpi nearest to `requested` from above, else from below; undefined if none is. */
export function chooseResolution(option: Option | undefined, requested: number): number | undefined {
  const within = (dpi: number) => dpi >= lowestResolution && dpi <= highestResolution;
  const candidates = numbersAround(option, requested).filter(within);
  const above = candidates.filter((dpi) => dpi >= requested);
  return above.length > 0 ? Math.min(...above) : candidates.length > 0 ? Math.max(...candidates) : undefined;
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
