import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { isChip } from './lines.js';

/**
 * The number of a chip's first line in the global numbering of `/sys/class/gpio`; undefined if there is no such chip or
 * it has no line `last`.
 *
 * @param label the chip's label, or `auto`
 */
export function baseOf(label: string, last: number, folder: string): number | undefined {
  return chipsIn(folder).find((chip) => isChip(chip.label, label) && last < chip.count)?.base;
}

type Chip = { readonly label: string; readonly base: number; readonly count: number };

function chipsIn(folder: string): Chip[] {
  return names(folder)
    .filter((name) => /^gpiochip\d+$/.test(name))
    .flatMap((name) => {
      const read = (file: string) => readFileSync(join(folder, name, file), 'utf8').trim();
      try {
        return [{ label: read('label'), base: wholeNumber(read('base')), count: wholeNumber(read('ngpio')) }];
      } catch {
        return [];
      }
    });
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder).sort(new Intl.Collator('en', { numeric: true }).compare);
  } catch {
    return [];
  }
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new RangeError(`${text} is no count of lines`);
  return Number(text);
}
